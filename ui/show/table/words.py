"""What a table says, in the same words in every format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ui.show.phrases import lines_of
from ui.show.plain import one_line, visible
from ui.show.unread import counts_of

if TYPE_CHECKING:
    from rag.citations import Citation
    from rag.table import AnswerCell, AnswerTable, DocumentRow, TableColumn

FOUND, PERHAPS, NOT_FOUND = "found", "perhaps", "not found"
DOCUMENT = "Document"
QUOTED = "Quoted word for word; each quotation with its place and how sure it is that it answers."
SAID = "What says yes, no or depends is a label of ours, told from the quotation."


class CellWords(NamedTuple):
    """A cell as words, "" where nothing was found. `cut` is what was cut out, or the label.

    `lines` are those of the quotation: one, or one for each member of a list.
    """

    found: str
    cut: str
    lines: Sequence[str]
    place: str
    confidence: float

    @property
    def quote(self) -> str:
        """The quotation on one line."""
        return " ".join(self.lines)

    @property
    def sure(self) -> str:
        """How sure it is that the quotation answers, as people read it."""
        share = f"{self.confidence:.0%}"
        return f"{self.found}, {share}" if self.found == PERHAPS else share


def words_of(cell: AnswerCell) -> CellWords:
    """A cell in words, nothing hidden in them."""
    answer, best = cell.answer, cell.best
    if best is None:
        return CellWords(NOT_FOUND, "", (), "", answer.confidence)
    found = PERHAPS if answer.perhaps else FOUND
    return CellWords(
        found, one_line(cell.words), quoted_lines(best), visible(best.place), answer.confidence
    )


def quoted_lines(citation: Citation) -> list[str]:
    """The lines of a quotation, each with its mark in a list."""
    return [
        f"{line.mark} {''.join(line.pieces)}" if line.mark else "".join(line.pieces)
        for line in lines_of(citation)
    ]


def others_of(cell: AnswerCell) -> list[Citation]:
    """The quotations of a cell beside the best one."""
    return [c for c in cell.answer.citations if c is not cell.best]


def question_of(column: TableColumn) -> str:
    """A column's question on one line."""
    return one_line(column.question)


def source_of(row: DocumentRow) -> str:
    """The name of a row's file, with those of its copies."""
    names = [visible(row.source), *(f"= {visible(name)}" for name in row.copies)]
    return " ".join(names)


def not_read_of(table: AnswerTable) -> str:
    """How many files were not read, by kind; "" where all were."""
    return counts_of(dict(table.not_read))
