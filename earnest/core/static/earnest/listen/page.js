// The page one listens with. Without this script it is a plain form; with it, every word is on the
// device before the next key is pressed, and on the server soon after.

import * as device from "./device.js";
import { chooseSheet, chooseTalk } from "./choosing.js";
import { isSaid, links, notice, sure, tag, title } from "./saying.js";
import { Sender, send } from "./sending.js";

const form = document.getElementById("talk");
const notes = form.elements.text;
const known = JSON.parse(document.getElementById("known")?.textContent || "null");
const user = document.querySelector("[data-listener]")?.dataset.listener || device.user();
const windows = "BroadcastChannel" in window ? new BroadcastChannel("earnest") : null;
const AWAY_AFTER = 2; // tries: a single lost answer is not worth a word
const SILENT_MS = 2000; // who ends a talk is not left waiting without a word

let talk = null;
let sheet = null;
let sender = null;

// Whom and on what: said by the server, or by the address alone.
function address() {
  const query = new URLSearchParams(location.search);
  return {
    initiative: Number(location.pathname.match(/\/listen\/(\d+)\//)?.[1] ?? 0),
    people: known?.people.map((one) => one.pk) ?? [...new Set(query.getAll("with"))].map(Number),
    asked: query.get("talk") ?? undefined,
  };
}

// Typed before this script was there.
function early() {
  const before = notes.defaultValue;
  if (notes.value === before) return "";
  return notes.value.startsWith(before) ? notes.value.slice(before.length) : notes.value;
}

function keep() {
  sheet = { ...sheet, revision: sheet.revision + 1, text: notes.value.replaceAll("\0", "") };
  const kept = device.keepSheet(user, talk.key, sheet);
  tag(kept ? "kept" : "unkept");
  if (isSaid("empty")) notice("");
  sender.soon();
}

// What came of sending. Only what changes something for the writer is said aloud.
function tell(said, tries) {
  if (said.state === "ended") return over(said.url);
  if (said.state === "refused") return refuse(said.sentence);
  if (said.state === "out") return notice("out", { href: signIn() });
  if (said.state === "away") {
    if (device.talkOf(user, talk.key)?.ending) return notice("ending");
    if (tries >= AWAY_AFTER) notice(window.isSecureContext ? "away" : "plain_away");
    return;
  }
  if (!device.unsent(user, talk.key).length) tag("sent");
  if (["away", "plain_away", "out"].some(isSaid)) notice("back");
}

// The words stay here, to be read and copied, until their writer throws them away.
function refuse(sentence) {
  notice("refused", { sentence, press: discard });
}

const signIn = () =>
  `/account/login/?next=${encodeURIComponent(location.pathname + location.search)}`;

// Ended here: on to looking back. Ended elsewhere: what stood here is in the notes of the talk.
function over(url) {
  sender.stop();
  windows?.postMessage({ ended: talk.key, url });
  if (form.dataset.ending) return location.assign(url);
  notes.readOnly = true;
  notice("ended", { href: url });
}

async function finish() {
  const words = [sheet, ...device.sheetsFor(user, talk.key)].some((one) => one.text.trim());
  if (!words) return notice("empty");
  form.dataset.ending = "yes";
  if (!device.sheetOf(user, talk.key, sheet.tab)) keep(); // words taken over and not touched
  device.keepTalk(user, { ...device.talkOf(user, talk.key), ending: true });
  setTimeout(stillEnding, SILENT_MS);
  await sender.now();
}

// Asked for, and not answered either way.
function stillEnding() {
  const here = device.talkOf(user, talk.key);
  if (here?.ending && !here.ended && !["refused", "out", "gone"].some(isSaid)) notice("ending");
}

async function discard() {
  if (!(await sure())) return;
  sender.stop();
  device.dropTalk(user, talk.key);
  await device.settled();
  location.assign(document.querySelector("[data-back]").href);
}

// Another window ended the talk, or signed out: nothing more is written here.
async function heard({ data }) {
  if (data.ended === talk?.key) {
    notes.readOnly = true;
    await sender.now();
    return over(data.url);
  }
  if (data.out === user) {
    sender?.stop();
    notes.readOnly = true;
    notes.value = "";
    notice("gone", { href: signIn() });
  }
}

// On a phone the marks stay above the keyboard.
function aboveTheKeyboard() {
  const seen = window.visualViewport;
  const hidden = window.innerHeight - seen.height - seen.offsetTop;
  document.documentElement.style.setProperty("--keyboard", `${Math.max(0, Math.round(hidden))}px`);
}

function listenToEverything() {
  notes.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    finish();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") sender.now({ keepalive: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if (!window.isSecureContext && device.unsent(user, talk.key).length) event.preventDefault();
  });
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  windows?.addEventListener("message", heard);
  window.visualViewport?.addEventListener("resize", aboveTheKeyboard);
}

// Nothing can be written here: what is on this device can be opened instead.
function closed(name) {
  document.querySelector(".cols").hidden = true;
  document.querySelector("header button").hidden = true;
  notice(name);
  const talks = user ? device.talksOf(user).filter((one) => !one.ended) : [];
  links(talks.map((one) => ({ href: device.pageOf(one), text: one.names?.join(", ") || "…" })));
}

async function begin() {
  if (!user) return closed("nobody");
  device.remember(user);
  await device.heal();
  device.dropUnused(user);
  const here = address();
  if (!here.initiative || !here.people.length) return closed("nowhere");
  talk = await chooseTalk(user, here, known);
  title(talk.names);
  sheet = await chooseSheet(user, talk, known);
  sender = new Sender(user, talk.key, tell);
  const more = early();
  notes.value = sheet.text + more;
  listenToEverything();
  if (more) keep();
  start();
}

// Words of talks that were over before they came: they are further parts of their notes.
function sendLeftOvers() {
  for (const one of device.talksOf(user)) if (one.ended) send(user, one.key);
}

function start() {
  for (const one of document.querySelectorAll("[data-scripted]")) one.hidden = false;
  const others = device.sheetsFor(user, talk.key).filter((one) => one.tab !== sheet.tab);
  if (known?.stopped && sheet.text) refuse(known.stopped);
  else if (!window.isSecureContext) notice("plain");
  else if (others.some((one) => one.text.trim())) notice("other");
  if (sheet.text) tag("kept");
  if (device.unsent(user, talk.key).length || talk.ending) sender.now();
  if (!notes.readOnly) notes.focus();
  notes.setSelectionRange(notes.value.length, notes.value.length);
  form.dataset.ready = "yes";
  sendLeftOvers();
  navigator.serviceWorker?.register("/listen/sw.js").catch(() => {}); // then it opens online alone
}

begin().catch((error) => {
  notice("broken");
  throw error;
});
