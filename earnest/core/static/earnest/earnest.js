// Small comforts; every page works without them.
// Keys: a link or button with data-key="c" is pressed by that key, outside fields; a field is entered.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    if (target.matches("input, textarea")) target.focus();
    else target.click();
  }
});
// A button with data-mark puts its mark at the start of the line one is on.
if (document.querySelector("[data-mark]")) import("./marks.js").then((marks) => marks.wire());
// A time zone nobody chose yet begins with the browser's own.
for (const zone of document.querySelectorAll("select[data-own-zone]")) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((option) => option.value === own)) zone.value = own;
}
// The first field that needs mending takes the focus.
const wrong = document.querySelector("[aria-invalid=true]");
if (wrong) wrong.focus();
// Behind a skip link the address ends in #main, which takes the focus once all is loaded.
if (wrong && location.hash) addEventListener("load", () => setTimeout(() => wrong.focus()));
// Whoever is signed in may have words on this device that the server does not have yet.
const whose = document.querySelector("[data-user]")?.dataset.user;
const waiting = () => import("./listen/waiting.js");
if (whose && window.isSecureContext) {
  try {
    localStorage.setItem("earnest.user", whose);
    const kept = Object.keys(localStorage).some((key) => /^earnest\.(talk|sheet)\./.test(key));
    if (kept) waiting().then((one) => one.begin(whose));
  } catch {
    // the browser keeps nothing for us
  }
  // Where listening may begin from, it can begin without a server from now on.
  const begins = document.querySelector('a[href^="/listen/"]');
  if (begins) navigator.serviceWorker?.register("/listen/sw.js").catch(() => {});
}
// Signing out goes past no unsent word. Pressed before this script was there, the words stay here.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!whose || !form.matches('form[action$="/account/logout/"]')) return;
  event.preventDefault();
  if (form.dataset.pressed) return;
  form.dataset.pressed = "yes";
  waiting()
    .then((one) => one.signOut(whose, form))
    .catch(() => form.submit());
});
// A button with data-copy="id" copies the text of that field, and says so.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(field.value ?? field.textContent);
    button.textContent = button.dataset.copied;
  });
}
// "Use this" under a hint puts the kinder words where the others stand, the so-manieth of them.
function use(button) {
  const field = document.getElementById(button.dataset.in);
  const { use: kinder, said } = button.dataset;
  let at = -said.length;
  for (let passed = Number(button.dataset.which); passed >= 0; passed -= 1) {
    at = field.value.indexOf(said, at + said.length);
    if (at < 0) return;
  }
  // Left out, it takes the space before it along, or the one behind.
  const space = (place) => Number(!kinder && /\s/.test(field.value[place] ?? ""));
  const from = at - space(at - 1);
  const to = at + said.length;
  field.setRangeText(kinder, from, from === at ? to + space(to) : to, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
const showUses = (within) => {
  for (const button of within.querySelectorAll("[data-use]")) button.hidden = false;
};
showUses(document);
document.addEventListener("htmx:afterSwap", (event) => showUses(event.target));
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-use]");
  if (button) use(button);
});
