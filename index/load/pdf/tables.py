"""Rows of a table as lines that carry their header."""

from __future__ import annotations

from collections.abc import Sequence

from index.load.pdf.sheet import Line, Run


def as_line(labels: Sequence[str], cells: Sequence[str]) -> str:
    """A row as "Label: value; Label: value", empty cells left out; without labels "a: b; c"."""
    if len(labels) < len(cells):
        first, *rest = [cell for cell in cells if cell] or [""]
        return f"{first.rstrip(':')}: {rest[0]}" if len(rest) == 1 else "; ".join([first, *rest])
    pairs = zip(labels, cells, strict=False)
    return "; ".join(f"{label}: {cell}" if label else cell for label, cell in pairs if cell)


def drawn(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """The rows of a table that is known by its looks alone; bold cells above others head it."""
    head = lines[0].cells
    headed = lines[0].bold and not any(line.bold for line in lines[1:])
    if not headed or len(head) < max(len(line.cells) for line in lines):
        return [(as_line((), [cell.text for cell in line.cells]), line) for line in lines]
    labels = [cell.text for cell in head]
    return [(as_line(labels, _under(head, line.cells)), line) for line in lines[1:]]


def _under(head: Sequence[Run], cells: Sequence[Run]) -> list[str]:
    """The texts of cells, each in the column that it is nearest to."""
    columns = [""] * len(head)
    for cell in cells:
        near = [min(abs(h.left - cell.left), abs(h.right - cell.right)) for h in head]
        at = near.index(min(near))
        columns[at] = f"{columns[at]} {cell.text}".strip()
    return columns
