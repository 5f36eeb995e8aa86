// A click on a column's head sorts the rows by it, another one the other way; empty cells stand last.
document.addEventListener("click", (event) => {
  const head = event.target.closest("table.answers thead th");
  if (!head || !event.target.closest("button")) return;
  const heads = [...head.parentElement.cells], body = head.closest("table").tBodies[0];
  const at = heads.indexOf(head), up = head.getAttribute("aria-sort") !== "ascending";
  const compare = (one, other) => {
    const [a, b] = [Number(one), Number(other)];
    return Number.isNaN(a) || Number.isNaN(b) ? one.localeCompare(other) : a - b;
  };
  for (const other of heads) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const rows = [...body.rows].map((row) => [row.cells[at]?.dataset.key ?? "", row]);
  rows.sort(([a], [b]) => (!a || !b ? !a - !b : up ? compare(a, b) : compare(b, a)));
  body.append(...rows.map(([, row]) => row));
});
