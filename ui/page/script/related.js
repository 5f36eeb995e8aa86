// What is related to a quotation, opened under it and closed again by its button.
(() => {
  const { $, $$, acts, send, shown } = ibid;

  const buttonOf = (panel) => $$(`.relating[data-number="${panel.dataset.number}"]`)
    .find((button) => button.dataset.turn === panel.dataset.of);

  function close(button) {
    const panel = button.closest("figure").nextElementSibling;
    if (panel?.matches(".related")) panel.remove();
    button.setAttribute("aria-expanded", "false");
  }

  acts.related = (button) => {
    if (button.getAttribute("aria-expanded") === "true") close(button);
    else send({ ...button.dataset });
  };

  shown.aside = (element) => {
    const panel = $(".related", element);
    const button = panel && buttonOf(panel);
    if (!button) return; // its quotation is shown no more
    close(button);
    button.closest("figure").after(panel.cloneNode(true));
    button.setAttribute("aria-expanded", "true");
  };
})();
