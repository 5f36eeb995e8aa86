"""Are the cells of tables read, each with its label?

Seeded tables (ruled, half-ruled, with no lines at all; cells that wrap, headers that are printed
again, cells over several columns) are written by programs: what they were given is the truth.
A cell is right if a line of the document says it with its label, and with the cell that names its
row. A line of a table that says no cell with its label is a false alarm: prose stands above and
below each table. A row whose name stands more often in the document than in what was written is
said twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.kit.tabled import Make
from benchmarks.kit.tables import Table, TableSheet
from index.language import as_shown
from index.load import load_file
from index.types import BlockKind


class Score(NamedTuple):
    """How many cells of a table are right, and how many it has; how many rows are said twice.

    `false` are the lines that are no row, of a sheet: its first table has them.
    """

    producer: str
    table: Table
    right: int
    cells: int
    twice: int = 0
    false: int = 0


def scored(
    sheets: Sequence[TableSheet],
    suffix: str,
    makers: Mapping[str, Make],
    work: Path,
    verbose: bool = False,
) -> Iterator[Score]:
    """The score of each table of the sheets, which the makers write in turn."""
    turns = list(makers.items())
    for i, sheet in enumerate(sheets):
        producer, make = turns[i % len(turns)]
        file = work / f"{sheet.name}{suffix}"
        if not file.exists():
            make(sheet, file)
        text, lines = read(file)
        printed = " ".join(printed_of(sheet))
        rows = [row for table in sheet.tables for row in table.cells]
        false = sum(not any(said(row, line) for row in rows) for line in lines if line)
        for table in sheet.tables:
            right = missed = 0
            for row in table.cells:
                name = name_of(row, table)
                best = max(lines, key=lambda line: (said([name], line), said(row, line)))
                found = said(row, best) if said([name], best) else 0
                right, missed = right + found, missed + len(row) - found
                if verbose and found < len(row):
                    print(f"  {sheet.name} {producer}: {row}\n    {best}")
            names = [name_of(row, table)[1] for row in table.cells]
            twice = sum(times(name, text) > times(name, printed) for name in names)
            yield Score(producer, table, right, right + missed, twice, false)
            false = 0


def name_of(row: Sequence[tuple[str, str]], table: Table) -> tuple[str, str]:
    """The first cell of a row that no other row has."""
    counts = Counter(cell for other in table.cells for cell in other)
    return next((cell for cell in row if counts[cell] == 1), row[0])


def printed_of(sheet: TableSheet) -> Iterator[str]:
    """What a sheet says but the labels of its tables, which each line says again."""
    for part in sheet.parts:
        yield from (part,) if isinstance(part, str) else (c for row in part.rows for c in row)


def times(name: str, text: str) -> int:
    """How often a name stands in a text."""
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def read(file: Path) -> tuple[str, list[list[str]]]:
    """A document's text, and the lines of its tables, each as its cells."""
    documents = load_file(file.read_bytes(), file.name).documents
    blocks = [(d, b) for d in documents for b in d.blocks if b.kind is BlockKind.ROWS]
    rows = "\n".join(as_shown(d.text[b.start : b.end]) for d, b in blocks)
    text = "\n".join(as_shown(document.text) for document in documents)
    return text, [line.split("; ") for line in rows.split("\n")]


def said(cells: Sequence[tuple[str, str]], line: Sequence[str]) -> int:
    """How many cells a line says with their labels."""
    parts = Counter(line)
    wanted = Counter(f"{label}: {text}" if label else text for label, text in cells)
    return (parts & wanted).total()


def figures(name: str, scores: Sequence[Score]) -> Iterator[str]:
    """A line for all, and one for each kind of rules and each producer."""
    yield f"{name}: {_share(scores)} of the cells of {len(scores)} tables"
    false, twice = sum(s.false for s in scores), sum(s.twice for s in scores)
    yield f"  lines that are no row: {false}; rows that are said twice: {twice}"
    keys: dict[str, Callable[[Score], str]] = {
        "rules": lambda score: score.table.rules,
        "producer": lambda score: score.producer,
    }
    for key, of in keys.items():
        for value in sorted({of(score) for score in scores}):
            yield f"  {key} {value}: {_share([s for s in scores if of(s) == value])}"


def _share(scores: Sequence[Score]) -> str:
    right, cells = sum(s.right for s in scores), sum(s.cells for s in scores)
    return f"{right / cells:.1%} ({right:,} of {cells:,})"
