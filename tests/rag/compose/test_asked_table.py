"""Which words of a question name a table, a column or a value."""

from __future__ import annotations

import pytest

from rag.compose.asked_table import AskedTable
from rag.compose.tables import tables_of
from rag.query import AskedQuestion
from tests.rag.compose.test_tables import passage_of

BOATS = [
    "boat: Alba; owner: Ida; length: 8; heated: yes; state: paid",
    "boat: Brisa; owner: Otto; length: 12; heated: no; state: partly paid",
    "boat: Cala; owner: Ida; length: 9; heated: yes; state: open",
]


def asked(question: str) -> AskedTable:
    (table,) = tables_of([passage_of(BOATS)])
    return AskedTable(AskedQuestion(question), table)


@pytest.mark.parametrize(
    ("question", "word", "label", "fit"),
    [
        ("which boats are heated", "boats", "boat", 2),  # the first column names the rows
        ("which owners have heated boats", "owners", "owner", 1),
        ("which ships are heated", "ships", "", 0),
    ],
)
def test_the_thing_that_is_asked_for(question: str, word: str, label: str, fit: int) -> None:
    thing, found, how = asked(question).thing()
    assert thing is not None
    assert (thing.written, found, how) == (word, label, fit)


def test_a_column_of_numbers_has_the_answer_written_down() -> None:
    table = asked("how many lengths are there")
    assert table.are_numbers(table.thing()[0])
    assert not table.is_numeric("owner")


def test_a_row_that_says_yes_says_what_its_column_is_called() -> None:
    table = asked("which boats are heated")
    (heated,) = (word for word in table.words if word.written == "heated")
    assert [heated.stem in own["heated"] for own in table.said] == [True, False, True]
    assert table.columns(heated, ()) == {"heated"}


def test_a_state_by_halves_and_its_denial() -> None:
    paid = asked("which boats are paid")
    (word,) = (word for word in paid.words if word.written == "paid")
    assert paid.is_qualified(word, frozenset({"state"}))
    unpaid = asked("which boats are unpaid")
    (word,) = (word for word in unpaid.words if word.written == "unpaid")
    assert unpaid.is_denied(word)
