"""A table of answers: a row a document, a column a question, a cell an answer of that document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index import CitationError, Document, Span, installed_version
from rag.answers import Answer
from rag.citations import Citation
from rag.table.columns import ColumnKind, TableColumn

FORMAT = 1


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """What one document answers to one question.

    `cut` are characters of the document, in the best quotation: the date, amount or party that is
    asked for, None where none is clear; `says` is "says yes", "says no", "depends" or "". Raises
    CitationError for a `cut` that lies in no quotation.
    """

    answer: Answer
    cut: Span | None = None
    says: str = ""

    def __post_init__(self) -> None:
        best = self.answer.best
        if self.cut and not (best and best.start <= self.cut.start < self.cut.end <= best.end):
            raise CitationError("what is cut out lies in the best quotation")

    @property
    def best(self) -> Citation | None:
        """The quotation that the cell shows; None where nothing was found."""
        return self.answer.best

    @property
    def words(self) -> str:
        """What was cut out, or else what the quotation says; "" for neither."""
        return self.best.document.cut(self.cut) if self.best and self.cut else self.says

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        cut = {**self.cut._asdict(), "text": self.words} if self.cut else None
        return {"cut": cut, "says": self.says, "answer": self.answer.to_dict()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], document: Document) -> AnswerCell:
        """Rebuild a cell, all of it cut from `document`; raises CitationError as `Answer` does."""
        answer = Answer.from_dict(data["answer"], [document])
        cut = data["cut"]
        cell = cls(answer, Span(int(cut["start"]), int(cut["end"])) if cut else None, data["says"])
        if cut and cell.words != cut["text"]:
            raise CitationError(f"other words than {cut['text']!r} stand in {document.source}")
        return cell


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document and its cells, one a column; none where nothing of it can be quoted.

    `document` is None where the file could not be read. `unread` says why it could not, or what of
    it could not; "" where all was.
    """

    source: str
    document: Document | None
    cells: tuple[AnswerCell, ...]
    unread: str = ""

    @property
    def title(self) -> str:
        """The document's; "" where it could not be read."""
        return self.document.title if self.document else ""

    @property
    def copies(self) -> tuple[str, ...]:
        """The other sources of the same text."""
        return self.document.copies if self.document else ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "source": self.source,
            "title": self.title,
            "copies": list(self.copies),
            "text_sha256": self.document.id if self.document else "",
            "unread": self.unread,
            "cells": [cell.to_dict() for cell in self.cells],
        }


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Rows in the order of their sources, and columns; every row with cells has one a column.

    `not_read` says how many files were not read, by kind: (".png", 10).
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[DocumentRow, ...]
    not_read: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        if any(len(row.cells) not in (0, len(self.columns)) for row in self.rows):
            raise CitationError("a row has a cell for each column, or none")

    @property
    def answers(self) -> Iterator[Answer]:
        """The answers of all cells, row by row."""
        return (cell.answer for row in self.rows for cell in row.cells)

    @property
    def documents(self) -> list[Document]:
        """The documents that were asked."""
        return [row.document for row in self.rows if row.document]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dict, stable from version to version ("format": 1)."""
        return {
            "format": FORMAT,
            "version": installed_version(),
            "columns": [
                {"question": c.question, "kind": c.kind.value if c.kind else None}
                for c in self.columns
            ],
            "rows": [row.to_dict() for row in self.rows],
            "not_read": dict(self.not_read),
        }

    @classmethod
    def from_dict(
        cls, data: Mapping[str, Any], documents: Sequence[Document] | Mapping[str, Document]
    ) -> AnswerTable:
        """Rebuild a table, every quotation cut from `documents`, never from `data`.

        Raises CitationError when a document is missing or has changed, or `data` is no table.
        """
        values = documents.values() if isinstance(documents, Mapping) else documents
        by_id = {d.id: d for d in values}
        try:
            if data["format"] != FORMAT:
                raise ValueError(f"format {data['format']!r}, not {FORMAT}")
            columns = tuple(
                TableColumn(str(c["question"]), ColumnKind(c["kind"]) if c["kind"] else None)
                for c in data["columns"]
            )
            not_read = tuple((str(k), int(n)) for k, n in data["not_read"].items())
            return cls(columns, tuple(_row(row, by_id) for row in data["rows"]), not_read)
        except CitationError:
            raise
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as exc:
            raise CitationError(f"this is not a table written by `ibid table`: {exc!r}") from exc


def _row(data: Mapping[str, Any], by_id: Mapping[str, Document]) -> DocumentRow:
    source, wanted = str(data["source"]), str(data["text_sha256"])
    document = by_id.get(wanted)
    if wanted and document is None:
        raise CitationError(f"{source} is not among the documents, or has changed")
    cells = tuple(AnswerCell.from_dict(c, document) for c in data["cells"]) if document else ()
    return DocumentRow(source, document, cells, str(data["unread"]))
