"""Fields in the cells of ruled tables: what is filled in there is of the table's row.

Of two columns the left one labels the right one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.load.grid import named
from index.load.pdf.fields import WRITTEN, Field, paragraphs
from index.load.pdf.ink import Box
from index.load.pdf.labels import FRAMES
from index.load.pdf.lattice import Lattice, LatticeCell, lattices
from index.load.pdf.lines import lines_of
from index.load.pdf.ruled import cell_of, is_table
from index.load.pdf.sheet import RAISED, FilledField, Run, Stroke

_LONGEST = 240  # characters of a label: more is text that a frame stands around
_SIZE = 10.0  # of the letters of a value, at most

Rest = tuple[list[Run], list[Field], list[FilledField]]
_Told = dict[LatticeCell, list[Run]]


def celled(runs: Sequence[Run], fields: Sequence[Field], strokes: Sequence[Stroke]) -> Rest:
    """The runs of a page with values in cells of tables, the fields elsewhere, and entries."""
    rest: Rest = list(runs), list(fields), []
    if any(field.value or field.kind not in WRITTEN for field in fields):
        for lattice in lattices(strokes):
            rest = (_labelled if _is_form(lattice, *rest[:2]) else _set)(lattice, *rest)
    return rest


def _is_form(lattice: Lattice, runs: Iterable[Run], fields: Iterable[Field]) -> bool:
    """Whether cells label those at their right: of two, or by turns from the first row on."""
    if len(lattice.xs) == 3:
        return True
    told, held = _told(lattice, runs), _held(lattice, fields)
    first = [cell for cell in held if cell.row == 0 and cell not in told]
    return bool(first) and all(
        lattice.cell(0, cell.column - 1) in told and lattice.cell(0, cell.column - 2) not in told
        for cell in first
    )


def _set(
    lattice: Lattice, runs: list[Run], fields: list[Field], entries: list[FilledField]
) -> Rest:
    """With what is filled in as runs in their cells, where the lattice is a table's."""
    told = _told(lattice, runs)
    inside = {
        field: cell
        for cell, lie in _held(lattice, fields).items()
        for field in lie
        if field.kind not in WRITTEN or cell not in told
    }
    values = [run for field, cell in inside.items() if (run := _run(lattice, cell, field))]
    boxes = [field for field in inside if field.kind not in WRITTEN]
    kept = [run for run in runs if not (run.text in FRAMES and _is_on(run, boxes))]
    if not values or not is_table(lattice, [*kept, *values]):
        return runs, fields, entries
    return [*kept, *values], [field for field in fields if field not in inside], entries


def _labelled(
    lattice: Lattice, runs: list[Run], fields: list[Field], entries: list[FilledField]
) -> Rest:
    """With what is written in right cells behind what stands in the left ones."""
    told, held = _told(lattice, runs), _held(lattice, fields)
    found, taken = list(entries), set[int]()
    for cell, (field, *more) in held.items():
        left = lattice.cell(cell.row, cell.column - 1)
        fits = left in told and left not in held and cell not in told
        if more or field.kind not in WRITTEN or not left or not fits or left.rows != cell.rows:
            continue
        lines = lines_of(told[left], 0)
        label = " ".join(line.text for line in lines)
        first, *others = paragraphs(field.value)
        short = len(label) <= _LONGEST
        if first:
            said = [named(label if short else field.told, first), *others]
            box = field.box.around(
                *(Box.on(one.left, one.right, one.base, one.size) for one in lines)
            )
            at = (lines[0].left, field.box.right, lines[0].base, box)
            found += [FilledField(text, *at) for text in said]
            taken.update(id(one) for one in (field, *(told[left] if short else ())))
    return [r for r in runs if id(r) not in taken], [f for f in fields if id(f) not in taken], found


def _told(lattice: Lattice, runs: Iterable[Run]) -> _Told:
    """The words that are printed in each cell."""
    told: _Told = {}
    for run in runs:
        cell = None if run.aside or run.text in FRAMES else cell_of(lattice, run)
        if cell:
            told.setdefault(cell, []).append(run)
    return told


def _held(lattice: Lattice, fields: Iterable[Field]) -> dict[LatticeCell, list[Field]]:
    """The fields that lie in each cell."""
    held: dict[LatticeCell, list[Field]] = {}
    for field in fields:
        if cell := lattice.at(*field.box.middle):
            held.setdefault(cell, []).append(field)
    return held


def _is_on(run: Run, boxes: Iterable[Field]) -> bool:
    x, y = (run.left + run.right) / 2, run.base + RAISED * run.size / 2
    return any(field.box.holds(x, y) for field in boxes)


def _run(lattice: Lattice, cell: LatticeCell, field: Field) -> Run | None:
    """What is filled in as a run in its cell; None for nothing."""
    text = " ".join(field.value.split())
    if field.kind not in WRITTEN:
        text = "[x]" if field.on else "[ ]"
    if not text:
        return None
    box = field.box
    left = max(box.left, lattice.xs[cell.column])
    right = max(min(box.right, lattice.xs[cell.column + cell.columns]), left + 1)
    size = min(_SIZE, max(1.0, box.top - box.bottom))
    return Run(text, left, right, box.middle[1] - RAISED * size / 2, size)
