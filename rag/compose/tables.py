"""The tables of a document, read back from their lines: "project: Orion; lead: Mei"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index import Document, Passage, Sentence, Span, stems

FEWEST = 2  # rows of a table
YES = frozenset(("1", "yes", "true", "x", "y", "ja", "wahr", "✓", "✔"))
NO = frozenset(("0", "no", "false", "n", "nein", "falsch", "-"))
_SUM = re.compile(
    r"(?i)(?:(?:grand |sub-?)?totals?|sum|summe|gesamt(?:summe|betrag)?|zwischensumme|insgesamt)"
    r"\b\W*"
)
_LABEL = re.compile(r"(?:([^:;>\n]{1,300}) > )?([^:;\n]{1,300}): ")


@dataclass(frozen=True)
class RowCell:
    """A cell of a row: its label, and where its value stands."""

    label: str
    span: Span


@dataclass(frozen=True)
class LabelledRow:
    """A row: its sentence, the passage it is of, and its cells in order."""

    passage: Passage
    sentence: Sentence
    cells: tuple[RowCell, ...]

    @property
    def text(self) -> str:
        """The row as it is quoted."""
        return self.passage.document.cut(self.sentence.span)

    def value(self, label: str) -> RowCell | None:
        """The cell under a label, if it has one."""
        return next((cell for cell in self.cells if cell.label == label), None)

    @cached_property
    def said(self) -> dict[str, frozenset[str]]:
        """The stems of what stands under each label."""
        document = self.passage.document
        found: dict[str, frozenset[str]] = {}
        for cell in self.cells:
            own = stems(document.cut(cell.span), document.language)
            found[cell.label] = found.get(cell.label, frozenset()).union(own)
        return found


@dataclass(frozen=True)
class RowTable:
    """Rows of one document under one heading that have labels in common."""

    rows: tuple[LabelledRow, ...]

    @property
    def document(self) -> Document:
        """The document it stands in."""
        return self.rows[0].passage.document

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings it stands under."""
        return self.rows[0].passage.headings

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Its labels, in the order in which they come first."""
        return tuple(dict.fromkeys(cell.label for row in self.rows for cell in row.cells))

    @cached_property
    def ticked(self) -> frozenset[str]:
        """The labels of columns that only say yes or no: 1 or 0, x or nothing."""
        found = []
        for label in self.labels:
            cells = {cell.casefold() for cell in self.cells(label) if cell}
            if cells & YES and cells <= YES | NO:
                found.append(label)
        return frozenset(found)

    def cells(self, label: str) -> list[str]:
        """What stands under a label, row by row; "" for nothing."""
        cut = self.document.cut
        values = (row.value(label) for row in self.rows)
        return [cut(value.span).strip() if value else "" for value in values]


def tables_of(passages: Sequence[Passage]) -> Iterator[RowTable]:
    """The tables in passages of one document, in order; a row without a label is of none.

    Nor is one that adds up the others: a total is none of the things.
    """
    rows: list[LabelledRow] = []
    labels: set[str] = set()
    for passage in passages:
        for sentence in passage.sentences:
            row = _row(passage, sentence) if sentence.role == "row" else None
            if row is None:
                continue
            own = {cell.label for cell in row.cells}
            if rows and (rows[-1].passage.headings != passage.headings or labels.isdisjoint(own)):
                yield from _table(rows)
                rows, labels = [], set()
            rows.append(row)
            labels |= own
    yield from _table(rows)


def _table(rows: Sequence[LabelledRow]) -> Iterator[RowTable]:
    """A table of rows, but for those that add up others."""
    widest = max((len(row.cells) for row in rows), default=0)
    own = [row for row in rows if not _adds_up(row, widest, is_last=row is rows[-1])]
    if len(own) >= FEWEST:
        yield RowTable(tuple(own))


def _adds_up(row: LabelledRow, widest: int, *, is_last: bool) -> bool:
    """Whether a row is called a total; somebody may be called so, in the midst of a full row."""
    first = row.passage.document.cut(row.cells[0].span)
    return bool(_SUM.fullmatch(first)) and (is_last or len(row.cells) < widest)


def _row(passage: Passage, sentence: Sentence) -> LabelledRow | None:
    """The cells of a row; a part without a label belongs to the value before it."""
    text, cells = passage.document.cut(sentence.span), list[RowCell]()
    at = 0
    for part in text.split("; "):
        end = at + len(part)
        labelled = _LABEL.match(text, at, end)
        if labelled and labelled.end() < end:
            if labelled[1]:
                named = Span(sentence.start + labelled.start(1), sentence.start + labelled.end(1))
                cells.append(RowCell("", named))
            value = Span(sentence.start + labelled.end(), sentence.start + end)
            cells.append(RowCell(labelled[2], value))
        elif cells:
            cells[-1] = RowCell(cells[-1].label, Span(cells[-1].span.start, sentence.start + end))
        at = end + len("; ")
    return LabelledRow(passage, sentence, tuple(cells)) if cells else None
