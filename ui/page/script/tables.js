// The table, which says how far it is while it is filled, and a saved answer: either lies in the
// place of the conversation.
(() => {
  const { $, acts, send, shown } = ibid;
  let typed; // questions that were typed and not sent

  function lay(on) {
    document.body.classList.toggle("tabling", on);
  }

  acts.table = (target) => {
    lay(true);
    target.closest("details")?.removeAttribute("open");
    send({ do: "table" });
  };
  acts.saved = () => {
    ibid.lay(null);
    lay(true);
    send({ do: "saved" });
  };
  acts.talk = () => {
    lay(false);
    $("#question textarea")?.focus();
  };
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.questions");
    if (!form) return;
    event.preventDefault();
    typed = undefined;
    send({ do: "fill", questions: form.elements.questions.value });
  }, true);

  document.addEventListener("input", ({ target }) => {
    if (target.matches(".questions textarea")) typed = target.value;
  });

  shown.table = (element) => {
    const panel = $(".tabling", element);
    if (!panel) return lay(false);
    if (typed !== undefined && $("textarea", panel)) $("textarea", panel).value = typed;
    if ("working" in panel.dataset) setTimeout(() => send({ do: "table" }), 500);
  };
})();
