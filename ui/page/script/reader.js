// The reader: ticks at its edge, finding in the document, previews of what a number leads to.
(() => {
  const { $, $$, narrow, shown } = ibid;

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


  document.addEventListener("keydown", (event) => {
    const { key, shiftKey, target } = event;
    if (!target.matches(".find input")) return;
    if (key === "Enter") {
      event.preventDefault();
      step(target, shiftKey ? -1 : 1);
    }
    if (key === "Escape") {
      target.value = "";
      find(target);
      $("#reader .text").focus();
    }
  });

  document.addEventListener("input", ({ target }) => {
    if (target.matches(".find input")) find(target);
  });

  document.addEventListener("click", ({ target }) => {
    const tick = target.closest(".edge button");
    if (tick) goTo($(`#reader [id="${tick.dataset.mark}"]`));
  });

  // Previews of what a number leads to

  let bubble = null;

  function hide() {
    bubble?.remove();
    bubble = null;
  }

  function preview(link) {
    hide();
    const turn = link.closest("[data-turn]");
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
  document.addEventListener("click", hide);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());

  // The reader is drawn anew when a line of the guide is followed: the guide stays as it was scrolled.
  let left = null; // which line was followed, and how far the guide was scrolled

  document.addEventListener("click", ({ target }) => {
    const line = target.closest(".guide button");
    left = line && { ...line.dataset, top: line.closest(".guide").scrollTop };
  }, true);

  function keepGuide(element) {
    const line = left && $(`.guide [data-document="${left.document}"][data-number="${left.number}"]`, element);
    if (line) {
      line.closest(".guide").scrollTop = left.top;
      line.focus({ preventScroll: true });
    }
    left = null;
  }

  shown.reader = (element) => {
    const text = $(".text", element);
    if (!text) return;
    ibid.opened();
    keepGuide(element);
    text.scrollTop = 0;
    ticks(element);
    goTo($("mark.active", text));
    ibid.mark();
  };

  addEventListener("resize", () => ticks($("#reader")));
})();
