// The chat page. What is shown was escaped on the server; this sends on what was clicked and does
// what needs no server. reader.js and files.js, which follow, add to it.
window.ibid = (() => {
  const triggers = {};
  const narrow = matchMedia("(max-width: 959.98px)");
  const drawer = matchMedia("(max-width: 1199.98px)");
  let opener = null; // what had the focus before a sheet was opened
  let chosen = false; // whether the reader was opened by hand
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  // One secret a tab: it survives a reload and dies with the tab.
  function token() {
    let kept = sessionStorage.getItem("ibid");
    if (!kept) {
      const bytes = crypto.getRandomValues(new Uint8Array(24));
      kept = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
      sessionStorage.setItem("ibid", kept);
    }
    return kept;
  }

  // The question of a link, once: after that the address is the page's own, and a reload asks nothing.
  function linked() {
    const question = new URLSearchParams(location.search).get("q") ?? "";
    if (question) history.replaceState(null, "", location.pathname);
    return question;
  }

  function attach(element, trigger, watch) {
    const id = element.closest(".block[id]").id;
    triggers[id] = trigger;
    watch("value", () => shown[id]?.(element));
    shown[id]?.(element);
  }

  // Nothing is sent before the page was drawn as it was left: what is drawn last stays.
  let drawn;
  const ready = new Promise((done) => (drawn = done));

  async function send(data) {
    await ready;
    triggers.masthead("click", { ...data, count: count() });
  }

  let typed = null; // what was asked from the box and is not answered yet

  async function ask(question) {
    await ready;
    asking(true);
    typed = question;
    return [token(), question, count()];
  }

  // What a tab sends is numbered, across reloads: to stop a question, one has to say which.
  const sent = () => Number(sessionStorage.getItem("ibid-sent") ?? 0);

  function count() {
    sessionStorage.setItem("ibid-sent", sent() + 1);
    return sent();
  }

  // Sheets: on a small screen the documents and the reader lie over the conversation.

  function lay(name) {
    document.body.classList.toggle("reading", name === "reader");
    document.body.classList.toggle("choosing", name === "library");
    for (const id of ["masthead", "talk"]) $(`#${id}`).inert = Boolean(name);
    if (name) $(`#${name} .close`)?.focus();
  }

  function close() {
    if (!document.body.matches(".reading, .choosing")) return false;
    lay(null);
    opener?.focus();
    return true;
  }

  for (const media of [narrow, drawer]) media.addEventListener("change", () => lay(null));

  // Clicks

  const acts = {
    close,
    copy: (target) => copy(target.dataset.text, target),
    link: (target) => copy(`${location.origin}/?q=${target.dataset.q}`, target),
    library(target) {
      opener = target;
      if (drawer.matches) lay("library");
      else $("#library .filter")?.focus();
    },
  };

  function act(target, more = {}) {
    const data = { ...target.dataset, ...more };
    if (acts[data.do]) return acts[data.do](target);
    if (["cite", "open", "cell", "guide", "state"].includes(data.do)) {
      chosen = true;
      if (!target.closest(".sheet")) opener = target;
      if (document.body.matches(".choosing")) lay(null);
      if (data.do === "cite") current(data.turn, data.number);
    }
    if (["ask", "retry", "typed", "include"].includes(data.do)) asking(true);
    if (data.do === "edit") draft ??= $("#question textarea").value;
    if (data.do === "unedit") fill();
    target.closest("details.menu")?.removeAttribute("open");
    send(data);
  }

  function current(turn, number) {
    for (const link of $$(".cite[aria-current]")) link.removeAttribute("aria-current");
    const links = $$(`blockquote .cite[data-number="${number}"]`);
    // what is related to a quotation stands among the others, and has numbers of its own
    links.find((link) => link.closest("[data-turn]")?.dataset.turn === turn)?.setAttribute("aria-current", "true");
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".cite");
    if (link) {
      event.preventDefault();
      const { turn } = link.closest("[data-turn]").dataset;
      return act(link, { do: "cite", turn, number: link.dataset.number });
    }
    const verdict = event.target.closest(".verdict");
    if (verdict) return judge(verdict);
    const target = event.target.closest("button[data-do]");
    if (target) act(target);
  });

  document.addEventListener("change", (event) => {
    const { target } = event;
    if (target.matches("input[type=checkbox][data-do]")) act(target, { checked: target.checked });
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.word");
    if (!form) return;
    event.preventDefault();
    const verdict = $(".verdict[aria-pressed=true]", form.parentElement)?.dataset.verdict;
    send({ ...form.dataset, verdict, note: form.elements.note.value });
    form.hidden = true;
    $(".verdict[aria-pressed=true]", form.parentElement)?.focus();
  }, true);

  function judge(verdict) {
    const tools = verdict.closest(".tools");
    for (const one of $$(".verdict", tools)) one.setAttribute("aria-pressed", String(one === verdict));
    const form = $("form.word", tools);
    form.hidden = false;
    form.elements.note.focus();
  }

  async function copy(text, target) {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // without https the clipboard is closed to pages
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
      target.focus();
    }
    const words = target.textContent;
    if (words === "Copied") return;
    target.textContent = "Copied";
    setTimeout(() => (target.textContent = words), 1500);
  }

  // Keys

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (target.matches(".find input")) return; // a key of its own
    if (key === "Escape") {
      $("details.menu[open]")?.removeAttribute("open");
      close();
    }
    if (key === " " && target.matches("a.cite")) {
      event.preventDefault();
      target.click();
    }
    if (target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "n" || key === "p") $(`#reader .steps [data-key=${key}]`)?.click();
  });

  // While a question is answered: what is slow can be stopped.

  let waiting = 0;

  function asking(on) {
    clearTimeout(waiting);
    if (on) waiting = setTimeout(() => document.body.classList.add("asking"), 400);
    else document.body.classList.remove("asking");
  }

  let draft = null; // what was in the box before a question was put there to be edited

  function fill() {
    const box = $("#question textarea");
    box.value = draft ?? "";
    draft = null;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // The box is emptied of what is answered, and of nothing else: the next question may be in it.
  function emptied(turns) {
    if (!$$(".question", turns).some((said) => said.textContent === typed?.trim())) return;
    const box = $("#question textarea");
    if (box.value === typed) fill();
    typed = null;
  }

  // The number whose place the reader shows.
  function mark() {
    const active = $("#reader .sheet")?.dataset.active, steps = $("#reader .steps [data-key=n]");
    if (active && steps) current(steps.dataset.turn, active);
  }

  // The reader shows something: if it was opened by hand, a small screen shows the reader.
  function opened() {
    if (chosen && narrow.matches) lay("reader");
    chosen = false;
  }

  let scrolled = 0; // how far the last turn was scrolled to

  function toLast() {
    const at = $("#conversation .turns")?.dataset.at;
    $(`#conversation .turn${at ? `[data-turn="${at}"]` : ":last-child"}`)?.scrollIntoView({ block: "start" });
    scrolled = $("#conversation").scrollTop;
  }

  // What each part does when it has changed; reader.js and files.js add theirs

  const shown = {
    conversation(element) {
      asking(false);
      emptied(element);
      mark();
      toLast();
    },
    // they take their room from the conversation, after its last turn was scrolled to
    offers() {
      const pane = $("#conversation");
      if (pane.scrollHeight > pane.clientHeight && pane.scrollTop === scrolled) toLast();
    },
    notice(element) {
      asking(false);
      $(".refused", element)?.scrollIntoView({ block: "end" });
    },
    switch(element) {
      if (element.firstElementChild) drawn();
    },
    parcel(element) {
      const file = $("textarea", element);
      if (!file) return;
      const types = { md: "text/markdown", csv: "text/csv", html: "text/html", json: "application/json" };
      const type = types[file.dataset.name.split(".").pop()];
      const data = "encoded" in file.dataset ? decoded(file.value) : file.value;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([data], type ? { type: `${type};charset=utf-8` } : {}));
      link.download = file.dataset.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    },
  };

  const decoded = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const built = () => triggers.library("upload", {});

  return {
    $, $$, acts, ask, asking, attach, built, drawer, lay, linked, mark, narrow, opened, send, sent, shown,
    token,
  };
})();
