"""The columns of a table: a question each, and what kind of thing it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path

from index import QuestionError
from rag.query import AskedQuestion, check_question, read_question_file

MOST_COLUMNS = 200
MAX_BYTES = 2**20  # of a file of questions


class ColumnKind(Enum):
    """What is cut out of a quotation beside it; the value is what people write in brackets."""

    DATE = "date"
    AMOUNT = "amount"
    PARTY = "party"
    YES_NO = "yes/no"


_KINDS = {kind.value: kind for kind in ColumnKind} | {"yesno": ColumnKind.YES_NO}
_KINDS |= {"yes-no": ColumnKind.YES_NO}
_FRONT = re.compile(r"\[([^\]]*)\]\s*(.*)")
_BEHIND = re.compile(rf"(.*?)\s*\[({'|'.join(map(re.escape, _KINDS))})\]", re.IGNORECASE)


@dataclass(frozen=True)
class TableColumn:
    """A question that is asked of each document, and its kind, where a person named one."""

    question: str
    kind: ColumnKind | None = None

    @cached_property
    def asked(self) -> AskedQuestion:
        """The question, analysed once for all documents."""
        return AskedQuestion(self.question)


def columns_of(questions: Sequence[str | TableColumn]) -> tuple[TableColumn, ...]:
    """A column each; a text may name its kind in brackets, as a line of a file does.

    Raises QuestionError for none, for over 200, and for what cannot be asked or is asked twice.
    """
    found = [q if isinstance(q, TableColumn) else _column(q) for q in questions]
    if not found:
        raise QuestionError("there is no question; write one a line")
    if len(found) > MOST_COLUMNS:
        raise QuestionError(f"{len(found):,} questions; a table has {MOST_COLUMNS} columns at most")
    for number, column in enumerate(found):
        if column in found[:number]:
            raise QuestionError(f"asked twice: {column.question}; remove one of the two")
    return tuple(found)


def read_columns(path: str | Path) -> tuple[TableColumn, ...]:
    """The columns of a file; raises QuestionError when it cannot be read or used."""
    return parse_columns(read_question_file(path, MAX_BYTES), str(path))


def parse_columns(data: bytes, name: str) -> tuple[TableColumn, ...]:
    """The columns in the bytes of a file: one question a line, "# …" is a remark.

    Raises QuestionError, which names the first line that is wrong.
    """
    if len(data) > MAX_BYTES:
        raise QuestionError(f"{name} is too long for questions; give a file with one a line")
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as exc:
        raise QuestionError(f"{name} is not UTF-8; save it as such") from exc
    columns = tuple(_columns(lines, name))
    try:
        return columns_of(columns)
    except QuestionError as exc:
        raise QuestionError(f"{name}: {exc}") from exc


def _columns(lines: Sequence[str], name: str) -> Iterator[TableColumn]:
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                yield _column(line)
            except QuestionError as exc:
                raise QuestionError(f"{name}, line {number}: {exc}") from exc


def _column(line: str) -> TableColumn:
    """The column of a line: "[date] When does it end?", or with its kind behind."""
    text, kind = line.strip(), None
    if front := _FRONT.fullmatch(text):
        named, text = front.groups()
        kind = _KINDS.get(named.strip().casefold())
        if kind is None:
            known = ", ".join(f"[{one.value}]" for one in ColumnKind)
            raise QuestionError(f"[{named}] is no kind of column; there are {known}")
    elif behind := _BEHIND.fullmatch(text):
        text, kind = behind[1], _KINDS[behind[2].casefold()]
    return TableColumn(check_question(text), kind)
