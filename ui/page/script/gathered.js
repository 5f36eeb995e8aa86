// What all documents say: a brief, by dates or by names: in the place of the conversation, as the table is.
(() => {
  const { $, acts, send, shown } = ibid;

  function show(target) {
    document.body.classList.add("tabling");
    target.closest("details")?.removeAttribute("open");
    send({ ...target.dataset });
  }

  for (const view of ["brief", "timeline", "who", "questions"]) acts[view] = show;

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.gather");
    if (!form) return;
    event.preventDefault();
    send({ ...form.dataset, ...Object.fromEntries(new FormData(form)) });
  }, true);

  const before = shown.table;
  let seen; // the view that was scrolled to
  shown.table = (element) => {
    before(element);
    const panel = $(".gathered", element);
    if (panel && panel.dataset.view !== seen) element.scrollTop = 0;
    seen = panel?.dataset.view;
  };
})();
