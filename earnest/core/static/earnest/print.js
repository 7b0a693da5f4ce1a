/* The button that prints; without a script there is the browser's own menu, and a PDF. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
