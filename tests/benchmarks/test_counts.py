"""What became of a question for a list or a count."""

from __future__ import annotations

import pytest

from benchmarks.counts import Counting
from rag import Answer, Counted, Tally


@pytest.mark.parametrize(
    ("number", "tally", "outcome"),
    [
        (4, Tally(4, Counted.ROWS), "right"),
        (4, Tally(3, Counted.ROWS), "another number"),
        (4, Tally(4, Counted.QUOTATIONS), "not counted"),
        (4, None, "not counted"),
        (None, None, "rightly none"),
        (None, Tally(2, Counted.QUOTATIONS), "rightly none"),
        (None, Tally(2, Counted.ITEMS), "told wrongly"),
    ],
)
def test_only_what_was_counted_is_a_number(
    number: int | None, tally: Tally | None, outcome: str
) -> None:
    answer = Answer("How many?", (), (), 0.0, tally=tally)
    assert Counting("office", "How many?", number).outcome(answer) == outcome
