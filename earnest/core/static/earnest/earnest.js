// Small comforts; every page works without them.
// Keys: a link or button with data-key="c" is pressed by that key, outside fields.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});
// A button with data-mark puts its mark at the start of the line one is on.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-mark]");
  const notes = button?.form?.querySelector("textarea");
  if (!notes) return;
  const at = notes.value.lastIndexOf("\n", notes.selectionStart - 1) + 1;
  notes.setRangeText(`${button.dataset.mark} `, at, at, "preserve");
  notes.dispatchEvent(new Event("input", { bubbles: true }));
  notes.focus();
});
// A time zone nobody chose yet begins with the browser's own.
for (const zone of document.querySelectorAll("select[data-own-zone]")) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((option) => option.value === own)) zone.value = own;
}
// The first field that needs mending takes the focus.
const wrong = document.querySelector("[aria-invalid=true]");
if (wrong) wrong.focus();
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
