// Brings what is kept on this device to the server. Sending twice does no harm: the server keeps
// the later revision of each window, and ends a talk once.

import * as device from "./device.js";

const PATIENCE_MS = 12000;
const PAUSE_MS = 700; // after the last key
const LONGEST_PAUSE_MS = 3000; // while somebody types on and on
const WAITS_MS = [1000, 2000, 4000, 8000, 15000, 30000];
const KEEPALIVE_LIMIT = 50000; // a browser sends no more than 64 kB from a page that is leaving

export function cookie(name) {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

// The answer as one of: ok, away (try again), out (signed out), refused (with a sentence). Where
// neither answer nor error comes, as from a worker that does not start, it is away too: what is
// asked meanwhile waits for it.
export function post(path, fields, options = {}) {
  const late = new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS + 1000, { state: "away" });
  });
  return Promise.race([asked(path, fields, options), late]);
}

async function asked(path, fields, { keepalive = false }) {
  const body = new URLSearchParams(fields);
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      body,
      keepalive: keepalive && body.toString().length < KEEPALIVE_LIMIT,
      redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": cookie("csrftoken") },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return { state: "away" };
  }
  if (answer.type === "opaqueredirect" || answer.status === 403) return { state: "out" };
  if (answer.status >= 500 || answer.status === 429) return { state: "away" };
  const said = await answer.json().catch(() => null); // null: cut off on its way
  if (!answer.ok) return { state: "refused", sentence: said?.sentence ?? "" };
  return said ? { state: "ok", ...said } : { state: "away" };
}

function fieldsOf(talk, sheet) {
  const fields = [
    ["talk", talk.key],
    ["tab", sheet.tab],
    ["revision", sheet.revision],
    ["text", sheet.text],
    ["begun", talk.begun],
    ...talk.people.map((pk) => ["with", pk]),
  ];
  if (sheet.carries) {
    fields.push(["carries_tab", sheet.carries.tab], ["carries_revision", sheet.carries.revision]);
  }
  return fields;
}

// Everything of a talk that the server does not have yet, then its end where it was asked for.
export async function send(user, key, options = {}) {
  const talk = device.talkOf(user, key);
  if (!talk) return { state: "ok" };
  const base = `/listen/${talk.initiative}/`;
  let ended = talk.ended ?? "";
  for (const sheet of device.unsent(user, key)) {
    const said = await post(`${base}written/`, fieldsOf(talk, sheet), options);
    if (said.state !== "ok") return said;
    device.noteSent(user, key, sheet.tab, sheet.revision);
    ended = said.ended || ended;
  }
  if (talk.ending && !ended) {
    const said = await post(`${base}ended/`, [["talk", key]], options);
    if (said.state !== "ok") return said;
    ended = said.url;
  }
  if (!ended) return { state: "ok" };
  const here = device.talkOf(user, key);
  if (here) device.keepTalk(user, { ...here, ended });
  device.dropSent(user, key);
  return { state: "ended", url: ended };
}

// Sends one talk again and again, as often as it makes sense, and tells what came of it.
export class Sender {
  constructor(user, key, tell) {
    Object.assign(this, { user, key, tell, tries: 0, timer: 0, since: 0 });
    this.running = null;
    this.again = false;
    window.addEventListener("online", () => this.now());
  }

  // After a pause in the typing.
  soon() {
    this.since ||= Date.now();
    const left = LONGEST_PAUSE_MS - (Date.now() - this.since);
    if (!this.tries) this.at(Math.max(0, Math.min(PAUSE_MS, left)));
  }

  at(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), ms);
  }

  // One at a time; asked for meanwhile, once more afterwards.
  async now(options) {
    clearTimeout(this.timer);
    this.since = 0;
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = send(this.user, this.key, options);
    const said = await this.running;
    this.running = null;
    this.tries = said.state === "away" ? this.tries + 1 : 0;
    if (said.state === "away") {
      const wait = WAITS_MS[Math.min(this.tries, WAITS_MS.length) - 1];
      this.at(wait * (0.75 + Math.random() / 2)); // not everybody at once
    } else if (this.again && said.state === "ok") {
      this.at(0);
    }
    this.again = false;
    this.tell(said, this.tries);
    return said;
  }

  stop() {
    clearTimeout(this.timer);
    this.tell = () => {};
  }
}
