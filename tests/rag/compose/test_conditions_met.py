"""Which rows meet a condition, and by which column."""

from __future__ import annotations

import pytest

from rag.compose.conditions import conditions_in
from rag.compose.conditions_met import Met, met, names
from rag.compose.tables import tables_of
from rag.compose.things import AskedWord
from tests.rag.compose.test_tables import passage_of

TOOLS = [
    "tool: saw; price: €40; bought: 2021-03-01; hired: yes",
    "tool: drill; price: €120; bought: 2023-05-09; hired: no",
    "tool: ladder; price: €95; hired: no",
]


def held(question: str, lines: list[str], *words: tuple[str, str]) -> Met | None:
    """What meets the one condition of a question; `words` of it name these labels."""
    (table,) = tables_of([passage_of(lines)])
    (condition,) = conditions_in(question)
    named = [(AskedWord(question.index(word), word, word), label) for word, label in words]
    return met(condition, table, named)


def test_the_only_column_of_numbers_is_meant() -> None:
    found = held("tools over 90 euros", TOOLS)
    assert found is not None
    assert (found.label, found.held, found.named) == ("price", (False, True, True), None)


def test_an_empty_cell_is_not_known() -> None:
    found = held("tools bought before 2022", TOOLS, ("bought", "bought"))
    assert found is not None
    assert found.held == (True, False, None)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("tools over 90 dollars", None),  # they are in euros
        ("tools over 90 days", None),
        ("tools before 2022", None),  # bought is no date of the tool
        ("tools without a colour", None),
        ("tools that are not sharp", None),
        ("tools bought before May", ("bought", "bought")),  # of which of the years
    ],
)
def test_what_is_not_clear_is_not_known(question: str, word: tuple[str, str] | None) -> None:
    assert held(question, TOOLS, *([word] if word else [])) is None


def test_no_and_nothing_are_told_apart() -> None:
    found = held("tools that are not hired", TOOLS)
    assert found is not None
    assert found.held == (False, True, True)
    lines = [*TOOLS[:2], "tool: ladder; price: €95"]
    assert held("tools that are not hired", lines) is None


def test_the_opposite_of_a_state_is_one_that_has_not_come_to_its_end() -> None:
    lines = ["bill: 1; state: paid", "bill: 2; state: open", "bill: 3; state: overdue"]
    found = held("bills that are unpaid", lines)
    assert found is not None
    assert found.held == (False, True, True)
    assert held("bills that are unpaid", [*lines, "bill: 4; state: cancelled"]) is None
    assert held("bills that are not paid", [*lines, "bill: 4; state: partly paid"]) is None


def test_an_empty_day_says_no_where_the_column_is_called_so_and_no_more() -> None:
    lines = ["berth: 1; paid: 2024-05-01", "berth: 2; paid: 2024-05-02", "berth: 3; length: 8"]
    found = held("berths that are not paid", lines)
    assert found is not None
    assert found.held == (False, False, True)
    until = [line.replace("paid:", "paid until:") for line in lines]
    assert held("berths that are not paid", until) is None


def test_a_word_between_the_column_and_the_condition_moves_it() -> None:
    found = held("tools bought and checked before 2022", TOOLS, ("bought", "bought"))
    assert found is not None
    assert found.is_moved_by(AskedWord(17, "checked", "check"))
    assert not found.is_moved_by(AskedWord(0, "tools", "tool"))


def test_a_word_of_the_same_meaning_names_a_column() -> None:
    assert names(AskedWord(0, "began", "began"), "start", "en")
    assert names(AskedWord(0, "hours", "hour"), "hours worked", "en")
    assert not names(AskedWord(0, "hours", "hour"), "days", "en")
