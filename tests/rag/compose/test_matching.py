"""Which rows match a question."""

from __future__ import annotations

import pytest

from index.types import Document, Sentence, text_id
from rag.compose.matching import Matched, matched_rows
from rag.compose.tables import RowTable, tables_of
from rag.query import AskedQuestion
from tests.office import OFFICE
from tests.rag.compose.test_tables import passage_of


def table_of(source: str) -> RowTable:
    """The table of a file of the office."""
    return table_from(OFFICE[source], source)


def table_from(csv: str, source: str) -> RowTable:
    """The table of these lines."""
    head, *rows = (line.split(",") for line in csv.splitlines())
    lines = ["; ".join(map(": ".join, zip(head, row, strict=True))) for row in rows]
    made = passage_of(lines)
    text = made.document.text
    document = Document(text_id(text), text, source.partition(".")[0], source, {})
    sentences = tuple(Sentence(*s.span, role="row") for s in made.sentences)
    (table,) = tables_of([type(made)(document, 0, len(text), sentences)])
    return table


def matched(
    question: str, source: str, *, counted: bool = False, favoured: bool = False
) -> Matched | None:
    asked = AskedQuestion(question)
    return matched_rows(asked, table_of(source), counted=counted, favoured=favoured)


def first_cells(found: Matched | None) -> list[str]:
    assert found is not None
    return [found.table.document.cut(row.cells[0].span) for row in found.rows]


@pytest.mark.parametrize(
    ("question", "source", "rows", "words"),
    [
        ("How many projects does Mei run?", "projects.csv", "Orion Heron Cobalt Mistral", "Mei"),
        ("list all projects of Tomas", "projects.csv", "Saffron", "Tomas"),
        ("which open projects does Mei run", "projects.csv", "Orion Heron", "Mei open"),
        ("how many projects started in 2023", "projects.csv", "Orion Juniper Cobalt", "2023"),
        (
            "which projects are closed and led by Farid",
            "projects.csv",
            "Lighthouse",
            "Farid closed",
        ),
        ("how many invoices are still open", "invoices.csv", "1002 1003 1006", "open"),
        ("list the invoices of Halden Ltd", "invoices.csv", "1001 1003", "Halden Ltd"),
        (
            "which invoices are open or overdue",
            "invoices.csv",
            "1002 1003 1005 1006",
            "open overdue",
        ),
        (
            "how many different invoices are there",
            "invoices.csv",
            "1001 1002 1003 1004 1005 1006",
            "",
        ),
        ("list all invoices", "invoices.csv", "1001 1002 1003 1004 1005 1006", ""),
    ],
)
def test_rows_match_that_hold_all_that_is_said(
    question: str, source: str, rows: str, words: str
) -> None:
    found = matched(question, source, counted=True)
    assert first_cells(found) == rows.split()
    assert found is not None
    assert found.fit == 2
    assert not found.label
    assert sorted(" ".join(" ".join(own) for own in found.words).split()) == words.split()


@pytest.mark.parametrize(
    ("question", "rows", "words", "conditions"),
    [
        ("how many invoices are unpaid", "1002 1003 1005 1006", "", [("status", "unpaid")]),
        ("which invoices has Halden Ltd not paid", "1003", "Halden Ltd", [("status", "not paid")]),
        ("how many invoices are over 500", "1001 1002 1003 1004", "", [("amount", "over 500")]),
        (
            "which open invoices over 500 are due before April 2024",
            "1002",
            "open",
            [("amount", "over 500"), ("due", "before April 2024")],
        ),
    ],
)
def test_rows_meet_conditions_by_their_cells(
    question: str, rows: str, words: str, conditions: list[tuple[str, str]]
) -> None:
    found = matched(question, "invoices.csv", counted=True)
    assert first_cells(found) == rows.split()
    assert found is not None
    assert " ".join(" ".join(own) for own in found.words) == words
    assert (list(found.conditions), found.unsure) == (conditions, False)


def test_words_of_one_cell_are_told_together_and_alternatives_as_such() -> None:
    halden = matched("which invoices of Halden Ltd are open", "invoices.csv")
    assert halden is not None
    assert halden.words == (("Halden Ltd",), ("open",))
    two = matched("list the projects of Farid and Tomas", "projects.csv")
    assert first_cells(two) == ["Lighthouse", "Saffron", "Pelican"]
    assert two is not None
    assert two.words == (("Farid", "Tomas"),)


@pytest.mark.parametrize(
    "question",
    [
        "which invoices hasnt Halden Ltd paid",
        "which invoices did Otto write",
        "which invoices of Halden Ltd are overdue",
        "how many big invoices did Halden Ltd get",
        "which invoices are due in 2031",
        "which invoice is the highest",
        "how many boats are open",
    ],
)
def test_nothing_matches_what_the_table_does_not_say(question: str) -> None:
    assert matched(question, "invoices.csv") is None


def test_a_column_is_asked_for_by_its_values() -> None:
    found = matched("which customers have open invoices", "invoices.csv")
    assert found is not None
    assert (found.label, found.fit, found.words) == ("customer", 1, (("open",),))
    assert first_cells(found) == ["1002", "1003", "1006"]


def test_a_number_that_stands_in_a_column_is_not_counted() -> None:
    assert matched("how many hours does Anna Holm work", "staff.csv", counted=True) is None
    assert matched("list the hours of Anna Holm", "staff.csv") is not None


CANDY = (
    "name: Twix; bar: 1; fruity: 0; maker: Mars",
    "name: Skittles; bar: 0; fruity: 1; maker: Mars",
    "name: Mars bar; bar: 1; fruity: 0; maker: Mars",
)


def candy(question: str) -> list[str] | None:
    (table,) = tables_of([passage_of(list(CANDY))])
    asked = AskedQuestion(question)
    found = matched_rows(asked, table, counted=False, favoured=True)
    return None if found is None else first_cells(found)


def test_a_column_that_says_yes_or_no_is_a_condition() -> None:
    assert candy("which candies are fruity") == ["Skittles"]
    assert candy("list all candies with a bar of Mars") == ["Twix", "Mars bar"]
    assert candy("list all entries") == ["Twix", "Skittles", "Mars bar"]


def test_a_column_that_is_named_in_vain_matches_nothing() -> None:
    assert candy("which candies have a maker") is None


def test_a_first_column_that_does_not_tell_rows_apart_is_asked_for_by_its_values() -> None:
    lines = ["month: May; units: 1", "month: May; units: 2", "month: June; units: 3"]
    (table,) = tables_of([passage_of(lines)])
    asked = AskedQuestion("how many months are there")
    found = matched_rows(asked, table, counted=True, favoured=False)
    assert found is not None
    assert (found.label, found.fit) == ("month", 1)


def test_things_of_another_name_match_where_the_reader_likes_the_table() -> None:
    question = "which colleagues live in Bergen"
    assert matched(question, "staff.csv") is None
    favoured = matched(question, "staff.csv", favoured=True)
    assert first_cells(favoured) == ["Mei Tanaka", "Anna Holm", "Petra Lind"]
    assert favoured is not None
    assert favoured.fit == 0


def test_a_word_of_the_same_meaning_names_the_table() -> None:
    found = matched("list the bills of Halden Ltd", "invoices.csv")
    assert found is None or first_cells(found) == ["1001", "1003"]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("which boats does Ada charter", ["Tern", "Gull"]),
        ("which boats did Ada repair", ["Tern", "Gull"]),
        ("which chartered boats does Ada own", ["Tern"]),
        ("which boats are chartered", ["Tern", "Plover"]),
    ],
)
def test_what_somebody_does_is_no_state(question: str, rows: list[str]) -> None:
    lines = "boat,skipper,status\nTern,Ada,chartered\nGull,Ada,repaired\nPlover,Ben,chartered\n"
    table = table_from(lines, "boats.csv")
    found = matched_rows(AskedQuestion(question), table, counted=False, favoured=False)
    assert first_cells(found) == rows
