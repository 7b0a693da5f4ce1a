// The marks as buttons: each stands at the start of the line one is in; pressed again, it goes.

const MARK = /^[ \t]*[“„"«»!><?+@~][ \t]?/;

// Typed in by the browser, so that undoing works; where it cannot, put in.
function replace(notes, start, end, text) {
  notes.focus();
  notes.setSelectionRange(start, end);
  if (start === end && !text) return;
  const done = document.execCommand(text ? "insertText" : "delete", false, text);
  if (!done) {
    notes.setRangeText(text, start, end, "end");
    notes.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function lineAround(notes) {
  const at = notes.selectionStart;
  const start = at && notes.value.lastIndexOf("\n", at - 1) + 1;
  const next = notes.value.indexOf("\n", at);
  return { at, start, end: next < 0 ? notes.value.length : next };
}

export function mark(notes, sign) {
  const { at, start, end } = lineAround(notes);
  const before = MARK.exec(notes.value.slice(start, end))?.[0] ?? "";
  const after = before.trim() === sign ? "" : `${sign} `;
  replace(notes, start, start + before.length, after);
  const caret = Math.max(start + after.length, at + after.length - before.length);
  notes.setSelectionRange(caret, caret);
}

// A whole line, below the one one is in.
export function line(notes, words) {
  const { start, end } = lineAround(notes);
  const empty = !notes.value.slice(start, end).trim();
  replace(notes, empty ? start : end, end, empty ? `${words}\n` : `\n${words}\n`);
}

export function wire() {
  for (const button of document.querySelectorAll("[data-mark], [data-line]")) {
    const notes = (button.form ?? document).querySelector("textarea");
    // The keyboard of a phone stays open: the notes keep the focus under a finger.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (button.dataset.mark) mark(notes, button.dataset.mark);
      else line(notes, button.dataset.line);
    });
  }
}
