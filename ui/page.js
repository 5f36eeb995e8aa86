// Runs once in each of the page's HTML components; `element`, `trigger` and `watch` are Gradio's.
// What is shown was escaped on the server: this passes on what was clicked, and scrolls.
const page = (window.ibid ??= { opener: null, chosen: false });
const narrow = window.matchMedia("(max-width: 959.98px)");

function choose(target) {
  const { number, open } = target.dataset;
  document.querySelectorAll(".cite[aria-current]").forEach((n) => n.removeAttribute("aria-current"));
  if (number) target.setAttribute("aria-current", "true");
  page.chosen = true;
  if (!element.querySelector(".sheet")) page.opener = target;
  const turn = target.closest("[data-turn]")?.dataset.turn;
  trigger("click", number ? { turn: +turn, number: +number } : { open: +open });
}

// On a small screen the source lies over the conversation, which rests meanwhile.
function lay(over) {
  document.body.classList.toggle("reading", over);
  for (const id of ["masthead", "talk"]) document.getElementById(id).inert = over;
}

function close() {
  if (!document.body.classList.contains("reading")) return;
  lay(false);
  page.opener?.focus();
}

element.addEventListener("click", (event) => {
  if (event.target.closest(".close")) return close();
  const target = event.target.closest(".cite, [data-open]");
  if (!target) return;
  event.preventDefault();
  choose(target);
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  if (event.key === " " && event.target.matches("a.cite")) {
    event.preventDefault();
    choose(event.target);
  }
});

narrow.addEventListener("change", close);

watch("value", () => {
  const text = element.querySelector(".text");
  if (text) {
    if (page.chosen && narrow.matches) {
      lay(true);
      element.querySelector(".close").focus();
    }
    page.chosen = false;
    text.scrollTop = 0;
    text.querySelector("mark.active")?.scrollIntoView({ block: "center" });
  }
  element.querySelector(".turn:last-child")?.scrollIntoView({ block: "start" });
  element.querySelector(".refused")?.scrollIntoView({ block: "end" });
});
