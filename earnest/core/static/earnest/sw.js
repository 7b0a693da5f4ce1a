// Opens the page one listens with where no server answers. Served at /listen/sw.js, so that it
// sees addresses below /listen/ and no other page. It keeps the empty page and the files that page
// names, never a word or a name of anybody: those are in listen/device.js.

const SHELL = new URL("shell/", self.location).pathname;
const PAGE = /^\/listen\/\d+\/$/;
const PATIENCE_MS = 5000; // a network that is there and answers nothing
const NAME = "listen-";
const fromHere = new Set(); // windows that were opened from what is kept

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(event));
});

// The page of the server, while there is one; that is also the time to keep the newest empty page.
async function page(event) {
  try {
    const answer = await fetch(event.request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status < 500) {
      event.waitUntil(keep().catch(() => {}));
      return answer;
    }
  } catch {
    // no network, no server, or too slow
  }
  const kept = await caches.match(SHELL);
  if (!kept) return Response.error();
  fromHere.add(event.resultingClientId);
  return kept;
}

// Files fit their page: to one from here, those kept with it.
async function file(event) {
  if (fromHere.has(event.clientId)) {
    const kept = await caches.match(event.request);
    if (kept) return kept;
  }
  try {
    return await fetch(event.request);
  } catch {
    return (await caches.match(event.request)) ?? Response.error();
  }
}

// The empty page with every file it names, all together or not at all; the former set goes then.
async function keep() {
  const shell = await fetch(SHELL, { redirect: "error" });
  if (!shell.ok) throw new Error("the page cannot be had now");
  const text = await shell.clone().text();
  const files = [...text.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  const name = `${NAME}${Date.now()}`;
  const cache = await caches.open(name);
  try {
    await Promise.all([cache.put(SHELL, shell), cache.addAll([...new Set(files)])]);
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  const names = await caches.keys();
  const older = names.filter((one) => one.startsWith(NAME) && one < name);
  await Promise.all(older.map((one) => caches.delete(one)));
}
