"""The file of questions: one a line, a kind in brackets, and what is wrong with it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from index import QuestionError
from rag.table.columns import (
    MOST_COLUMNS,
    ColumnKind,
    TableColumn,
    columns_of,
    parse_columns,
    read_columns,
)


def test_one_question_a_line() -> None:
    text = "\ufeff# the lease\n\n[date] When does it end?\r\n  Who pays?  [Party]\nWhat for?\n"
    assert parse_columns(text.encode(), "q.txt") == (
        TableColumn("When does it end?", ColumnKind.DATE),
        TableColumn("Who pays?", ColumnKind.PARTY),
        TableColumn("What for?"),
    )


@pytest.mark.parametrize("spelt", ["yes/no", "yesno", "Yes-No", " yes/no "])
def test_kinds_are_spelt_as_people_do(spelt: str) -> None:
    assert columns_of([f"[{spelt}] Is it?"])[0].kind is ColumnKind.YES_NO


def test_brackets_behind_that_are_no_kind_are_words() -> None:
    assert columns_of(["What does it cite [3]"]) == (TableColumn("What does it cite [3]"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# nothing\n", "q.txt: there is no question; write one a line"),
        ("Why?\n[dates] When?", r"q.txt, line 2: \[dates\] is no kind of column; there are \[date"),
        ("Why?\n[date]", "q.txt, line 2: the question is empty"),
        ("Why?\n\nWhy?", "q.txt: asked twice: Why"),
        (
            "\n".join(f"Why {n}?" for n in range(MOST_COLUMNS + 1)),
            "a table has 200 columns at most",
        ),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        parse_columns(text.encode(), "q.txt")


def test_a_file_that_is_no_text() -> None:
    with pytest.raises(QuestionError, match="is not UTF-8; save it as such"):
        parse_columns(b"Wer z\xe4hlt?", "q.txt")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"cannot read .*; give a file of questions"):
        read_columns(tmp_path / "none.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_columns_or_refused(data: bytes) -> None:
    with suppress(QuestionError):
        assert parse_columns(data, "q.txt")
