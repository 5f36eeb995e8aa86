// A click on a column's head sorts the rows by it, another one the other way; empty cells stand last.
for (const table of document.querySelectorAll("table.answers")) {
  const heads = [...table.tHead.rows[0].cells];
  const keyOf = (row, at) => (row.cells[at] && row.cells[at].dataset.key) || "";
  const compare = (one, other) => {
    const [a, b] = [Number(one), Number(other)];
    return Number.isNaN(a) || Number.isNaN(b) ? one.localeCompare(other) : a - b;
  };
  heads.forEach((head, at) =>
    head.querySelector("button").addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows].map((row) => [keyOf(row, at), row]);
      rows.sort(([a], [b]) => (!a || !b ? !a - !b : up ? compare(a, b) : compare(b, a)));
      table.tBodies[0].append(...rows.map(([, row]) => row));
    }),
  );
}
