// A working session. The server knows how long; here it is only counted down between two looks.
// What was typed and not sent yet is kept in this browser, for the next step, a reload or a nap.
const begun = Date.now();
for (const clock of document.querySelectorAll(".clock")) {
  const bar = clock.querySelector("progress");
  const text = clock.querySelector(".time-left").firstChild;
  const left = () => Number(clock.dataset.secondsLeft) - (Date.now() - begun) / 1000;
  let shown = "";
  setInterval(() => {
    const seconds = left();
    const minutes = Math.ceil(seconds / 60);
    bar.value = Math.min(bar.max, bar.max - seconds);
    let words = clock.dataset.minutes.replace("{n}", minutes);
    if (seconds <= 0) words = clock.dataset.up;
    else if (minutes <= 1) words = clock.dataset.minute;
    if (words !== shown) text.textContent = `${words} `;
    shown = words;
  }, 1000);
}
// Only a page that says so was reached by what was sent: a lost connection loses no word.
const arrived = document.querySelector("#messages .success");
const session = document.querySelector("[data-session]")?.dataset.session;
for (const form of document.querySelectorAll("form[data-keep]")) {
  const field = form.querySelector("textarea");
  const key = `earnest.session.${session}.${form.dataset.keep}`;
  const kept = (change) => {
    try {
      return change(localStorage);
    } catch {
      return null; // the browser keeps nothing for us
    }
  };
  const sent = kept((all) => all.getItem(`${key}.sent`));
  if (sent && arrived) kept((all) => all.removeItem(key));
  kept((all) => all.removeItem(`${key}.sent`));
  const words = kept((all) => all.getItem(key));
  if (words && !field.value) {
    field.value = words;
    form.closest("details")?.setAttribute("open", "");
  }
  field.addEventListener("input", () => kept((all) => all.setItem(key, field.value)));
  form.addEventListener("submit", () => kept((all) => all.setItem(`${key}.sent`, "yes")));
}
