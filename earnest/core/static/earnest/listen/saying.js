// What the page says, in words the server put into it: #says holds them, nothing is written here.

const found = (one) => document.getElementById("says").content.querySelector(one);
const words = (name) => found(`[data-say="${name}"]`);

// The small word beside the title changes with every key; it is not read out.
export function tag(name) {
  const place = document.getElementById("kept");
  const text = words(name).textContent;
  if (place.textContent === text) return;
  place.textContent = text;
  place.hidden = false;
  place.classList.toggle("deed", name !== "unkept");
  place.classList.toggle("push", name === "unkept");
}

// A notice is read out, and stays until the next; said twice, it is said once.
export function notice(name, { sentence = "", href = "", press = null } = {}) {
  const place = document.getElementById("notice");
  const said = `${name} ${sentence} ${href}`;
  if (place.dataset.said === said) return;
  place.dataset.said = said;
  if (!name) return place.replaceChildren();
  const copy = words(name).cloneNode(true);
  copy.className = "said warning row between";
  if (sentence) copy.querySelector("[data-sentence]").textContent = sentence;
  if (href) copy.querySelector("a").href = href;
  if (press) copy.querySelector("button").addEventListener("click", press);
  place.replaceChildren(copy);
}

export function links(found) {
  const list = Object.assign(document.createElement("ul"), { className: "plain" });
  for (const { href, text } of found) {
    const link = Object.assign(document.createElement("a"), { href, textContent: text });
    list.append(document.createElement("li"));
    list.lastChild.append(link);
  }
  if (found.length) document.getElementById("notice").append(list);
}

// True where the writer said yes.
export function sure() {
  const dialog = document.body.appendChild(found("dialog").cloneNode(true));
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
  });
}

export const isSaid = (name) =>
  (document.getElementById("notice").dataset.said ?? "").startsWith(`${name} `);

export function title(names) {
  if (!names.length) return;
  const heading = document.querySelector("h1");
  heading.textContent = heading.dataset.title.replace("{names}", names.join(", "));
  document.title = `${heading.textContent} · Earnest`;
  for (const one of document.querySelectorAll("[data-line]")) {
    one.dataset.line = one.dataset.line.replace("{names}", names.join(", "));
  }
}
