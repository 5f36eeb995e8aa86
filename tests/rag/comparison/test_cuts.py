"""The ways in which a question can be cut."""

from __future__ import annotations

import pytest

from rag.comparison.cuts import Cut, cuts_of, thing_of


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("compare the quay and the mole on stone", Cut(("the quay", "the mole"), "stone")),
        ("granite vs brick", Cut(("granite", "brick"), "")),
        ("how does granite differ from brick in price", Cut(("granite", "brick in price"), "")),
        ("compare the price of granite and brick", Cut(("granite", "brick"), "the price")),
    ],
)
def test_the_likeliest_cut_is_first(text: str, first: Cut) -> None:
    _, comparing = cuts_of(text)
    assert comparing[0] == first


def test_a_cut_at_each_joint() -> None:
    _, comparing = cuts_of("compare bread and butter with jam and cream")
    sides = [cut.sides for cut in comparing]
    assert sides[0] == ("bread and butter", "jam and cream")
    assert ("bread", "butter with jam and cream") in sides


def test_saying_is_no_comparing() -> None:
    saying, comparing = cuts_of("what do Ann and Bob say about the pier")
    assert saying[0] == Cut(("Ann", "Bob"), "the pier")
    assert comparing == []
    assert cuts_of("who built the pier") == ([], [])


def test_what_a_thing_is_called() -> None:
    assert thing_of("both the “new” pier") == "new” pier"
    assert thing_of("the pier.") == "pier"
    assert thing_of("how tall is the pier") == ""
