"""Of rows of a table the same is asked of another value."""

from __future__ import annotations

import pytest

from index import Document, Span
from index.load.loading import load_text
from index.passages.chunking import split
from rag.answers import Answer
from rag.citations import Citation
from rag.kinds import Counted, Tally
from rag.questions import about_rows
from tests.doubles import FakeEncoder
from tests.ui.handmade import cite

LEADS = load_text(
    b"id,project,lead,deputy\nP1,Lights,Mei Tanaka,Jo\nP2,Dredging,Olaf Brandt,Mei Tanaka\n"
    b"P3,Slipway,Mei Tanaka,Jo\nP4,Survey,Olaf Brandt,\n",
    "projects.csv",
)


def offered(question: str, word: str, rows: tuple[str, ...], own: Document = LEADS) -> list[str]:
    lines = own.text.splitlines()
    cited = [
        cite(own, next(x for x in lines if f" {row};" in x), n) for n, row in enumerate(rows, 1)
    ]
    answer = Answer(
        question, tuple(cited), (), 1.0, tally=Tally(len(rows), Counted.ROWS, words=((word,),))
    )
    return [c.question for c in about_rows(answer, split(own, FakeEncoder().count_tokens))]


def test_another_value_of_the_column_that_all_quoted_rows_have_in_common() -> None:
    assert offered("which projects does Mei run", "Mei", ("P1", "P3")) == [
        "which projects does Olaf Brandt run"
    ]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("which projects does Mei run with Mei", "Mei"),  # which of them is meant?
        ("which projects are there", "Mei"),
        ("which projects of Mei", "Nobody"),
    ],
)
def test_none_where_it_is_not_clear_what_is_another(question: str, word: str) -> None:
    assert offered(question, word, ("P1", "P3")) == []


def test_none_of_what_is_no_table() -> None:
    plain = Citation(LEADS, 0, 5, None, 1.0, 1, sentences=(Span(0, 5),))
    passages = split(LEADS, FakeEncoder().count_tokens)
    assert (
        list(about_rows(Answer("which projects does Mei run", (plain,), (), 1.0), passages)) == []
    )
