// The chat page. What is shown was escaped on the server; this sends on what was clicked and does
// what needs no server: scrolling, previews, finding, copying, dropping files.
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

  function attach(element, trigger, watch) {
    const id = element.closest(".block[id]").id;
    triggers[id] = trigger;
    watch("value", () => shown[id]?.(element));
    shown[id]?.(element);
  }

  // Nothing is sent before the page was drawn as it was left: what is drawn last stays.
  let opened;
  const ready = new Promise((done) => (opened = done));

  async function send(data) {
    await ready;
    triggers.masthead("click", data);
  }

  // The tab's questions are numbered, across reloads: to stop one, one has to say which.
  const asked = () => Number(sessionStorage.getItem("ibid-asked") ?? 0);

  function count() {
    sessionStorage.setItem("ibid-asked", asked() + 1);
    asking(true);
    return asked();
  }

  async function ask(question) {
    await ready;
    return [token(), question, count()];
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
    if (data.do === "cite" || data.do === "open") {
      chosen = true;
      if (!target.closest(".sheet")) opener = target;
      if (document.body.matches(".choosing")) lay(null);
      if (data.do === "cite") current(data.turn, data.number);
    }
    if (["ask", "retry", "typed"].includes(data.do)) data.count = count();
    target.closest("details.menu")?.removeAttribute("open");
    send(data);
  }

  function current(turn, number) {
    for (const link of $$(".cite[aria-current]")) link.removeAttribute("aria-current");
    $(`.turn[data-turn="${turn}"] .cite[data-number="${number}"]`)?.setAttribute("aria-current", "true");
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".cite");
    if (link) {
      event.preventDefault();
      const { turn } = link.closest("[data-turn]").dataset;
      hide();
      return act(link, { do: "cite", turn, number: link.dataset.number });
    }
    const verdict = event.target.closest(".verdict");
    if (verdict) return judge(verdict);
    const tick = event.target.closest(".edge button");
    if (tick) return goTo($(`#reader [id="${tick.dataset.mark}"]`));
    const target = event.target.closest("button[data-do]");
    if (target) act(target);
  });

  document.addEventListener("change", (event) => {
    const { target } = event;
    if (target.matches("input[type=checkbox][data-do]")) act(target, { checked: target.checked });
    if (target.matches(".drop input[type=file]")) {
      take([...target.files].map((file) => [file.webkitRelativePath || file.name, file]));
      target.value = "";
    }
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
    if (target.matches(".find input")) return findKey(event);
    if (key === "Escape") {
      hide();
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

  // Previews of what a number leads to

  let bubble = null;

  function hide() {
    bubble?.remove();
    bubble = null;
  }

  function preview(link) {
    hide();
    const turn = link.closest(".turn");
    const text = turn && $(`.previews [data-number="${link.dataset.number}"]`, turn);
    if (!text || narrow.matches) return;
    link.setAttribute("aria-describedby", text.id);
    bubble = document.body.appendChild(text.cloneNode(true));
    bubble.removeAttribute("id");
    bubble.className = "bubble";
    const at = link.getBoundingClientRect(), box = bubble.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left - box.width / 2), innerWidth - box.width - 8);
    const above = at.top - box.height - 8;
    bubble.style.left = `${left}px`;
    bubble.style.top = `${above > 8 ? above : at.bottom + 8}px`;
  }

  for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(on, (event) => {
      const link = event.target.closest?.(".cite");
      if (link && (on === "mouseover" || link.matches(":focus-visible"))) preview(link);
    });
    document.addEventListener(off, (event) => event.target.closest?.(".cite") && hide());
  }
  document.addEventListener("scroll", hide, true);

  // The reader

  function goTo(mark) {
    mark?.scrollIntoView({ block: "center" });
  }

  function ticks(element) {
    const text = $(".text", element), edge = $(".edge", element);
    if (!edge) return;
    edge.replaceChildren(...$$("mark[id]", text).map((mark) => {
      const tick = document.createElement("button");
      tick.type = "button";
      tick.tabIndex = -1; // the same places are reached by "next" and by the numbers
      tick.dataset.mark = mark.id;
      tick.dataset.number = mark.dataset.number;
      tick.classList.toggle("active", mark.classList.contains("active"));
      const top = mark.offsetTop - text.offsetTop;
      tick.style.top = `${Math.min(99, (100 * top) / Math.max(text.scrollHeight, text.clientHeight))}%`;
      return tick;
    }));
  }

  const found = { ranges: [], at: -1 };

  function find(input) {
    const words = input.value.trim().toLowerCase();
    const text = input.closest(".sheet").querySelector(".text");
    found.ranges = [];
    found.at = -1;
    if (words) {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      const nodes = [];
      let whole = "";
      while (walker.nextNode()) {
        nodes.push([whole.length, walker.currentNode]);
        whole += walker.currentNode.data;
      }
      const lower = whole.toLowerCase();
      const place = (offset) => {
        const [start, node] = nodes.findLast(([start]) => start <= offset);
        return [node, Math.min(offset - start, node.data.length)];
      };
      for (let at = lower.indexOf(words); at >= 0 && found.ranges.length < 1000; at = lower.indexOf(words, at + words.length)) {
        const range = new Range();
        range.setStart(...place(at));
        range.setEnd(...place(at + words.length));
        found.ranges.push(range);
      }
    }
    if (window.CSS?.highlights) CSS.highlights.set("found", new Highlight(...found.ranges));
    step(input, 1);
  }

  function step(input, by) {
    const status = $(".found", input.parentElement), all = found.ranges.length;
    if (!input.value.trim()) status.textContent = "";
    else if (!all) status.textContent = "not here";
    if (!all) return;
    found.at = (found.at + by + all) % all;
    status.textContent = `${found.at + 1} of ${all}`;
    const range = found.ranges[found.at];
    if (window.CSS?.highlights) CSS.highlights.set("found-now", new Highlight(range));
    const text = input.closest(".sheet").querySelector(".text");
    const line = range.getBoundingClientRect(), box = text.getBoundingClientRect();
    text.scrollTop += line.top - box.top - box.height / 3;
  }

  function findKey(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      step(event.target, event.shiftKey ? -1 : 1);
    }
    if (event.key === "Escape") {
      event.target.value = "";
      find(event.target);
      $("#reader .text").focus();
    }
  }

  document.addEventListener("input", ({ target }) => {
    if (target.matches(".find input")) find(target);
    if (target.matches("#library .filter")) {
      const words = target.value.trim().toLowerCase();
      for (const row of $$("#library .documents li"))
        row.hidden = !row.textContent.toLowerCase().includes(words);
    }
  });

  // Dropped files: sent one by one, each with its progress; then their index is built.

  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, async (event) => {
      if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
      event.preventDefault();
      document.body.classList.toggle("dragging", name === "dragover");
      if (name === "drop") take(await walk([...event.dataTransfer.items]));
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dragging");
  });

  async function walk(items) {
    const files = [];
    async function enter(entry, path) {
      if (entry.isFile) {
        files.push([path + entry.name, await new Promise((ok, no) => entry.file(ok, no))]);
      } else if (entry.isDirectory) {
        const reader = entry.createReader();
        for (let some = [null]; some.length; ) {
          some = await new Promise((ok, no) => reader.readEntries(ok, no));
          for (const child of some) await enter(child, `${path}${entry.name}/`);
        }
      }
    }
    const entries = items.map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    for (const entry of entries) await enter(entry, "");
    return files;
  }

  async function take(files) {
    let taken = 0;
    const list = $("#library .arriving");
    list.replaceChildren();
    if (drawer.matches) lay("library");
    for (const [name, file] of files) {
      if (name.split("/").some((part) => part.startsWith("."))) continue;
      const row = list.appendChild(document.createElement("li"));
      const title = row.appendChild(document.createElement("bdi"));
      const state = row.appendChild(document.createElement("span"));
      title.textContent = name;
      const said = await post(name, file, (share) => (state.textContent = `${Math.round(100 * share)}%`));
      state.textContent = said || "taken";
      row.classList.toggle("failed", Boolean(said));
      taken += !said;
    }
    arrived = [...list.children];
    if (taken) triggers.library("upload", {});
  }

  let arrived = [];

  function post(name, file, tell) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", `/dropped?name=${encodeURIComponent(name)}`);
      request.setRequestHeader("x-ibid-tab", token());
      request.upload.onprogress = (event) => tell(event.loaded / Math.max(1, event.total));
      request.onload = () => done(request.status === 200 ? "" : request.responseText || "was refused");
      request.onerror = () => done("the connection was lost; is Ibid still running?");
      request.send(file);
    });
  }

  // While a question is answered: what is slow can be stopped.

  let waiting = 0;

  function asking(on) {
    clearTimeout(waiting);
    if (on) waiting = setTimeout(() => document.body.classList.add("asking"), 400);
    else document.body.classList.remove("asking");
  }

  // What each part does when it has changed

  const shown = {
    reader(element) {
      const text = $(".text", element);
      if (!text) return;
      if (chosen && narrow.matches) lay("reader");
      chosen = false;
      text.scrollTop = 0;
      ticks(element);
      goTo($("mark.active", text));
      const steps = $(".steps [data-key=n]", element), mark = $("mark.active", text);
      if (steps && mark) current(steps.dataset.turn, mark.dataset.number.split(" ")[0]);
    },
    conversation(element) {
      asking(false);
      const mark = $("#reader mark.active"), steps = $("#reader .steps [data-key=n]");
      if (mark && steps) current(steps.dataset.turn, mark.dataset.number.split(" ")[0]);
      $(".turn:last-child", element)?.scrollIntoView({ block: "start" });
    },
    notice(element) {
      asking(false);
      $(".refused", element)?.scrollIntoView({ block: "end" });
    },
    library(element) {
      $(".arriving", element)?.replaceChildren(...arrived);
    },
    switch(element) {
      if (element.firstElementChild) opened();
    },
    parcel(element) {
      const file = $("textarea", element);
      if (!file) return;
      const type = file.dataset.name.endsWith(".md") ? "text/markdown" : "text/html";
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([file.value], { type: `${type};charset=utf-8` }));
      link.download = file.dataset.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    },
  };

  addEventListener("resize", () => ticks($("#reader")));

  return { ask, asked, attach, token };
})();
