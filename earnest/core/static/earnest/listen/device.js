// What is kept on this device: talks that are not ended, and the words of each window.
//
// Twice, because each store forgets differently (measured: docs/architecture.md, Decisions).
// localStorage has a word before the next key is pressed, whatever becomes of the window, but
// loses seconds when the whole browser is killed; IndexedDB comes a few milliseconds later and is
// on the disk then. What one has lost, the other heals.
//
// Keys carry the user, so that another user of this device sees nothing; no key outlives the end
// of its talk once the server has every word, nor signing out.

const PREFIX = "earnest.";
const STORE = "kept";
const OPENS_IN_MS = 1500;
const HALF_A_DAY = 12 * 60 * 60 * 1000;
const memory = new Map(); // this window's own: only what the browser would not take

// Without HTTPS anybody on the way could have changed this page: then nothing is kept here.
const storage = window.isSecureContext ? storageOrNone() : null;

function storageOrNone() {
  try {
    return window.localStorage;
  } catch {
    return null; // switched off by the user
  }
}

export const talkKey = (user, talk) => `${PREFIX}talk.${user}.${talk}`;
const sheetsOf = (user, talk) => `${PREFIX}sheet.${user}.${talk}.`;
const sentKey = (user, talk, tab) => `${PREFIX}sent.${user}.${talk}.${tab}`;

// True where the words will still be here when the window is gone.
function put(key, record) {
  const text = JSON.stringify(record);
  mirror(key, text);
  return write(key, text) || database !== null; // full: the other store has more room
}

function write(key, text) {
  try {
    storage.setItem(key, text);
    memory.delete(key);
    return true;
  } catch {
    memory.set(key, text);
    return false;
  }
}

function get(key) {
  const text = storage?.getItem(key) ?? memory.get(key);
  return text ? JSON.parse(text) : null;
}

function drop(key) {
  memory.delete(key);
  storage?.removeItem(key);
  mirror(key, null);
}

function keys(prefix) {
  const all = new Set(memory.keys());
  for (let i = 0; i < (storage?.length ?? 0); i++) all.add(storage.key(i));
  return [...all].filter((key) => key.startsWith(prefix)).sort();
}

// The second store: one transaction at a time, each with the latest of every key.
let database = null;
let busy = false;
const queue = new Map();

function mirror(key, text) {
  if (!storage) return;
  queue.set(key, text);
  flush();
}

function flush() {
  if (!database || busy || !queue.size) return;
  busy = true;
  const write = database.transaction(STORE, "readwrite", { durability: "strict" });
  for (const [key, text] of queue) {
    if (text === null) write.objectStore(STORE).delete(key);
    else write.objectStore(STORE).put(text, key);
  }
  queue.clear();
  write.oncomplete = write.onabort = () => {
    busy = false;
    flush();
  };
  write.commit?.();
}

// A store that does not open in time is not waited for: the first one has every word too.
function open() {
  return new Promise((resolve) => {
    if (!storage || !window.indexedDB) return resolve(null);
    setTimeout(() => resolve(null), OPENS_IN_MS);
    const asked = indexedDB.open("earnest", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onerror = asked.onblocked = () => resolve(null);
    asked.onsuccess = () => {
      asked.result.onversionchange = asked.result.onclose = () => {
        asked.result.close();
        database = null;
      };
      resolve(asked.result.objectStoreNames.contains(STORE) ? asked.result : null);
    };
  });
}

function all(store) {
  return new Promise((resolve) => {
    const found = [];
    const walk = store.transaction(STORE).objectStore(STORE).openCursor();
    walk.onerror = () => resolve(found);
    walk.onsuccess = () => {
      if (!walk.result) return resolve(found);
      found.push([walk.result.key, walk.result.value]);
      walk.result.continue();
    };
  });
}

const revisionOf = (text) => (text ? (JSON.parse(text).revision ?? 0) : -1);

// Opens the second store, and takes from it what is newer there.
export async function heal() {
  if (database) return;
  database = await open();
  if (!database) return;
  for (const [key, text] of await all(database)) {
    if (revisionOf(text) > revisionOf(storage.getItem(key)) && !queue.has(key)) write(key, text);
  }
  flush();
}

// Who is signed in here, for the page that opens where no server says so.
export const user = () => storage?.getItem(`${PREFIX}user`) ?? "";

export function remember(who) {
  if (user() !== who) storage?.setItem(`${PREFIX}user`, who);
}

// A talk: {key, initiative, people, names, begun, ending}.
export const keepTalk = (who, talk) => put(talkKey(who, talk.key), talk);
export const talkOf = (who, key) => get(talkKey(who, key));
export const talksOf = (who) => keys(talkKey(who, "")).map(get).filter(Boolean);

export const pageOf = (talk) =>
  `/listen/${talk.initiative}/?${new URLSearchParams(talk.people.map((pk) => ["with", pk]))}`;

// A sheet: {tab, revision, text, carries}. What the server has of it is written apart: another
// window may be writing the sheet itself this very moment.
export const keepSheet = (who, talk, sheet) => put(sheetsOf(who, talk) + sheet.tab, sheet);
export const sheetOf = (who, talk, tab) => get(sheetsOf(who, talk) + tab);
export const sheetsFor = (who, talk) => keys(sheetsOf(who, talk)).map(get).filter(Boolean);
export const sentOf = (who, talk, tab) => get(sentKey(who, talk, tab))?.revision ?? -1;

export function noteSent(who, talk, tab, revision) {
  if (sheetOf(who, talk, tab)) put(sentKey(who, talk, tab), { revision });
}

export const unsent = (who, talk) =>
  sheetsFor(who, talk).filter((sheet) => sheet.revision > sentOf(who, talk, sheet.tab));

export function dropTalk(who, talk) {
  for (const sheet of sheetsFor(who, talk)) {
    drop(sheetsOf(who, talk) + sheet.tab);
    drop(sentKey(who, talk, sheet.tab));
  }
  drop(talkKey(who, talk));
}

// The talk is over: what the server has goes. A word written meanwhile stays until it is sent.
export function dropSent(who, talk) {
  if (!unsent(who, talk).length) dropTalk(who, talk);
}

// Pages opened and left without a word leave no name behind.
export function dropUnused(who) {
  for (const talk of talksOf(who)) {
    const old = Date.now() - talk.begun > HALF_A_DAY;
    if (old && !sheetsFor(who, talk.key).length) dropTalk(who, talk.key);
  }
}

// Signing out: nothing of this user stays. True where words of another user are here still.
export function dropEverything(who) {
  for (const kind of ["talk", "sheet", "sent"]) {
    for (const key of keys(`${PREFIX}${kind}.${who}.`)) drop(key);
  }
  storage?.removeItem(`${PREFIX}user`);
  return keys(`${PREFIX}sheet.`).length > 0;
}

// Every deletion is on the disk too; waited for a second at most.
export async function settled() {
  const over = Date.now() + 1000;
  while ((busy || queue.size) && database && Date.now() < over) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
