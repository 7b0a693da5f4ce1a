// On every other page: what is still only on this device is sent, and one line says so. Signing
// out sends it first, and then leaves nothing of this user behind.

import * as device from "./device.js";
import { send } from "./sending.js";

const WAITS_MS = [2000, 5000, 15000, 30000];
const says = (one) => document.getElementById("waiting-says").content.querySelector(one).cloneNode(true);
const called = (talk) => talk.names?.join(", ") || "…";

function say(name, talk, { sentence = "", href = "" } = {}) {
  const line = says(`[data-say="${name}"]`);
  for (const text of textsIn(line)) text.data = text.data.replace("{names}", called(talk));
  if (sentence) line.querySelector("[data-sentence]").textContent = sentence;
  if (href) line.querySelector("a").href = href;
  line.id = `waiting-${talk.key}`;
  document.getElementById(line.id)?.remove();
  document.getElementById("waiting").append(line);
}

function textsIn(line) {
  const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) found.push(walk.currentNode);
  return found;
}

const waits = (user, talk) => talk.ending || device.unsent(user, talk.key).length > 0;

// One talk; true once there is nothing more to try here.
async function bring(user, talk) {
  const said = await send(user, talk.key);
  if (said.state === "ended") say("ended", talk, { href: said.url });
  else if (said.state === "ok") say("sent", talk);
  else if (said.state === "refused") {
    say("refused", talk, { sentence: said.sentence, href: device.pageOf(talk) });
  } else if (!document.getElementById(`waiting-${talk.key}`)) say("waiting", talk);
  return said.state !== "away";
}

async function bringAll(user, tries = 0) {
  const waiting = device.talksOf(user).filter((talk) => waits(user, talk));
  const done = await Promise.all(waiting.map((talk) => bring(user, talk)));
  if (done.every(Boolean)) return;
  const wait = WAITS_MS[Math.min(tries, WAITS_MS.length - 1)];
  setTimeout(() => bringAll(user, tries + 1), wait * (0.75 + Math.random() / 2));
}

// What could not be sent: true where its writer signs out all the same.
function ask(left) {
  const dialog = says("dialog");
  document.body.append(dialog);
  dialog.querySelector("[data-names]").textContent = left.map(called).join("; ");
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "out");
    });
    dialog.showModal();
  });
}

export async function signOut(user, form) {
  await device.heal();
  for (const talk of device.talksOf(user)) if (waits(user, talk)) await send(user, talk.key);
  const left = device.talksOf(user).filter((talk) => waits(user, talk));
  if (left.length && !(await ask(left))) {
    delete form.dataset.pressed;
    return;
  }
  new BroadcastChannel("earnest").postMessage({ out: user });
  const others = device.dropEverything(user);
  await device.settled();
  if (!others) form.append(hidden("device", "clear")); // the server asks the browser, too
  form.submit();
}

function hidden(name, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

export async function begin(user) {
  await device.heal();
  device.dropUnused(user);
  bringAll(user);
}
