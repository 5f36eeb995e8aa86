// The documents: searching their list, and dropping files. Those are sent one by one, each with
// its progress; then their index is built.
(() => {
  const { $, $$, drawer, shown } = ibid;

  document.addEventListener("input", ({ target }) => {
    if (!target.matches("#library .filter")) return;
    const words = target.value.trim().toLowerCase();
    for (const row of $$("#library .documents li"))
      row.hidden = !row.textContent.toLowerCase().includes(words);
  });

  // what the server says of a file that is a saved answer: it is shown, and is no document
  const SAVED = "saved";

  document.addEventListener("change", async ({ target }) => {
    if (target.matches(".menu input[type=file]")) {
      const [file] = target.files;
      target.closest("details").removeAttribute("open");
      const said = await post(file.name, file, () => {}, "&saved=");
      target.value = "";
      if (said === SAVED) return ibid.acts.saved();
      return ibid.send({ do: "unopened", reason: said });
    }
    if (!target.matches(".drop input[type=file]")) return;
    take([...target.files].map((file) => [file.webkitRelativePath || file.name, file]));
    target.value = "";
  });

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
    let taken = 0, opened = false;
    const list = $("#library .arriving");
    list.replaceChildren();
    if (drawer.matches) ibid.lay("library");
    for (const [name, file] of files) {
      if (name.split("/").some((part) => part.startsWith("."))) continue;
      const row = list.appendChild(document.createElement("li"));
      const title = row.appendChild(document.createElement("bdi"));
      const state = row.appendChild(document.createElement("span"));
      title.textContent = name;
      const said = await post(name, file, (share) => (state.textContent = `${Math.round(100 * share)}%`));
      state.textContent = said === SAVED ? "opened" : said || "taken";
      row.classList.toggle("failed", Boolean(said) && said !== SAVED);
      taken += !said;
      opened ||= said === SAVED;
    }
    arrived = [...list.children];
    if (taken) ibid.built();
    if (opened) ibid.acts.saved();
  }

  let arrived = [];

  function post(name, file, tell, as = "") {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", `/dropped?name=${encodeURIComponent(name)}${as}`);
      request.setRequestHeader("x-ibid-tab", ibid.token());
      request.upload.onprogress = (event) => tell(event.loaded / Math.max(1, event.total));
      request.onload = () => done(request.responseText || (request.status === 200 ? "" : "was refused"));
      request.onerror = () => done("the connection was lost; is Ibid still running?");
      request.send(file);
    });
  }

  shown.library = (element) => {
    $(".arriving", element)?.replaceChildren(...arrived);
    // a box that was clicked keeps its own state when the list is drawn anew
    for (const box of $$("[data-do=tick]", element)) box.checked = box.defaultChecked;
    keepPlace(element);
    ibid.follow();
  };

  // The list is drawn anew while files are read: what was opened or shut by hand, what has the focus
  // and how far it was scrolled stay.
  const toggled = new Map();
  const named = (one) => `${one.tagName} ${one.dataset.key ?? one.ariaLabel ?? one.textContent}`;
  let focused = "", scrolled = 0;

  document.addEventListener("click", ({ target }) => { // a key that is pressed is a click, too
    const summary = target.closest("#library summary");
    if (summary) toggled.set(named(summary), !summary.parentElement.open);
  });
  document.addEventListener("focusin", ({ target }) => {
    focused = target.closest("#library") ? named(target) : "";
  });
  document.addEventListener("scroll", ({ target }) => {
    if (target.matches?.("#library .text")) scrolled = target.scrollTop;
  }, true);

  function keepPlace(element) {
    for (const one of $$("details", element))
      one.open = toggled.get(named(one.firstElementChild)) ?? one.open;
    if ($(".work", element)?.textContent) $(".text", element).scrollTop = scrolled;
    if (focused && document.activeElement === document.body)
      $$("summary, button, input, [tabindex]", element).find((one) => named(one) === focused)?.focus({ preventScroll: true });
  }

  // While files are read: how far is it now?
  let next;
  ibid.follow = () => {
    clearTimeout(next);
    if ($("#library .work")?.textContent) next = setTimeout(ibid.built, 300);
  };
})();
