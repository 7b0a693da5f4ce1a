// Which talk this window writes in, and on which sheet: a window that died is taken up again, two
// windows share the talk and have a sheet each, another device goes on where the last one was.

import * as device from "./device.js";

// Random keys also where crypto.randomUUID is not to be had (no HTTPS).
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const whom = (talk) => `${talk.initiative} ${[...talk.people].sort((a, b) => a - b)}`;

// A talk the server has ended or never heard of stays ours only while a word of it is unsent.
function isOver(user, talk, known) {
  const asked = device.sheetsFor(user, talk.key).length > 0 && known && !known.stopped;
  return asked && known.talk !== talk.key && !device.unsent(user, talk.key).length;
}

function choose(user, here, known) {
  const same = device.talksOf(user).filter((talk) => whom(talk) === whom(here));
  for (const talk of same.filter((one) => isOver(user, one, known))) {
    device.dropTalk(user, talk.key);
  }
  const left = device.talksOf(user).filter((talk) => whom(talk) === whom(here) && !talk.ended);
  const asked = left.find((talk) => talk.key === here.asked);
  const found = asked ?? (here.asked ? null : left[0]);
  const talk = found ?? {
    key: known?.talk || here.asked || uuid(),
    begun: known?.begun ?? Date.now(),
    ...here,
  };
  const names = known?.first_names ?? talk.names ?? [];
  device.keepTalk(user, { ...talk, names, asked: undefined });
  return device.talkOf(user, talk.key);
}

// Windows that open at the same moment choose one after the other.
export function chooseTalk(user, here, known) {
  const now = () => choose(user, here, known);
  return navigator.locks ? navigator.locks.request("earnest.choosing", now) : now();
}

// Held as long as this window lives; false where another window holds it.
function hold(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : null;
    });
  });
}

async function freeSheet(user, talk) {
  const mine = sessionStorage.getItem(`earnest.tab.${talk.key}`);
  const sheets = device.sheetsFor(user, talk.key);
  sheets.sort((a, b) => (b.tab === mine) - (a.tab === mine));
  for (const sheet of sheets) {
    if (await hold(`earnest.${talk.key}.${sheet.tab}`)) return sheet;
  }
  return null;
}

// The sheet this window writes on, with the words that stand on it already.
export async function chooseSheet(user, talk, known) {
  const here = device.sheetsFor(user, talk.key).map((sheet) => sheet.tab);
  let sheet = await freeSheet(user, talk);
  if (!sheet) {
    const last = known?.talk === talk.key ? known.last : null;
    const elsewhere = last && !here.includes(last.tab) ? last : null;
    const carries = elsewhere && { tab: elsewhere.tab, revision: elsewhere.revision };
    sheet = { tab: uuid(), revision: 0, text: elsewhere?.text ?? "", carries };
    await hold(`earnest.${talk.key}.${sheet.tab}`);
  }
  sessionStorage.setItem(`earnest.tab.${talk.key}`, sheet.tab);
  return sheet;
}
