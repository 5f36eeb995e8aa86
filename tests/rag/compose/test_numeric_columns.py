"""Which column of numbers is spoken of, and in which unit it is."""

from __future__ import annotations

import pytest

from rag.compose.column_values import numbers_of
from rag.compose.conditions import conditions_in
from rag.compose.numeric_columns import is_in_one_unit, numeric_label
from rag.compose.tables import tables_of
from tests.rag.compose.test_tables import passage_of

WALKS = [
    "walk: Tarn; length (km): 12; climb: 300 m; hours: 4; fee: 5; currency: EUR",
    "walk: Brell; length (km): 20; climb: 750 m; hours: 7; fee: 8; currency: EUR",
]


def meant(question: str, lines: list[str]) -> tuple[str, bool]:
    """The column that the condition of a question speaks of, and whether the unit is its own."""
    (table,) = tables_of([passage_of(lines)])
    (condition,) = conditions_in(question)
    ways = {label: found for label in table.labels if (found := numbers_of(table.cells(label)))}
    label, _ = numeric_label(condition, table, [], list(ways))
    return label, bool(label) and is_in_one_unit(condition, table, label, ways[label])


@pytest.mark.parametrize(
    ("question", "label", "one_unit"),
    [
        ("walks of more than 15 km", "length (km)", True),  # by the unit in the label
        ("walks of more than 5 hours", "hours", True),  # by its name
        ("walks longer than 15", "length (km)", True),  # by what the comparative speaks of
        ("walks over 15", "", False),
        ("walks over 15 days", "", False),
    ],
)
def test_the_column_that_is_meant(question: str, label: str, one_unit: bool) -> None:
    assert meant(question, WALKS) == (label, one_unit)


def test_currencies_stand_beside() -> None:
    lines = ["tour: a; fee: 5; currency: EUR", "tour: b; fee: 8; currency: EUR"]
    assert meant("tours over 6 euros", lines) == ("fee", True)
    assert meant("tours over 6 dollars", lines) == ("fee", False)
    mixed = [lines[0], lines[1].replace("EUR", "USD")]
    assert meant("tours over 6", mixed) == ("fee", False)
