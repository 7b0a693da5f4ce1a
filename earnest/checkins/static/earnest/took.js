/* How long an answer took, measured by the page itself; without it nothing is missing. */
const form = document.querySelector("form[data-took]");
if (form) {
  const shown = performance.now();
  const before = Number(form.elements.seconds.value) || 0; // of a first try, where one tap was missing
  form.addEventListener("submit", () => {
    form.elements.seconds.value = String(before + Math.max(1, Math.round((performance.now() - shown) / 1000)));
  });
}
