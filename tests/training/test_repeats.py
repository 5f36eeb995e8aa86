"""What quoting again costs: what counts as right, and which cost is chosen."""

from __future__ import annotations

import pytest

from benchmarks.kit.canard import FollowUp, answers, document_of
from index.types import Hit, Passage, Sentence, Span
from rag.converse import Turn
from rag.readings import Reading
from training.repeats import COSTS, is_right, least

EARLIER, LATER = "Brell was founded by Ida Holm in 1901.", "She sold it to the city a year later."
FOLLOW_UP = FollowUp("And then?", (Turn("Who founded Brell?", EARLIER),), "", "d", LATER)


def test_each_answer_stands_once_and_short_ones_do_not() -> None:
    asked = FollowUp("Why?", (Turn("Who?", "Ida."), Turn("When?", EARLIER)), "", "d", EARLIER)
    assert answers([asked, FOLLOW_UP]) == {"d": [EARLIER, LATER]}


@pytest.mark.parametrize(
    ("cost", "abstain", "right"), [(0, 0.5, False), (3, 0.5, True), (3, 0.95, False)]
)
def test_a_repeated_sentence_loses_its_cost(cost: float, abstain: float, right: bool) -> None:
    document = document_of("d", [EARLIER, LATER])
    spans = [Span(at := document.text.index(part), at + len(part)) for part in (EARLIER, LATER)]
    sentences = tuple(Sentence(*span) for span in spans)
    passage = Passage(document, 0, len(document.text), sentences)
    hit = Hit(passage, 1.0)
    readings = [
        Reading(hit, span, score, 0.9) for span, score in zip(spans, (4.0, 2.0), strict=True)
    ]
    assert is_right(readings, FOLLOW_UP, document, cost, abstain) == right
    assert not is_right(readings, FOLLOW_UP, document_of("e", [LATER]), cost, abstain)


def test_nothing_read_is_not_right() -> None:
    assert not is_right([], FOLLOW_UP, document_of("d", [LATER]), 0.0, 0.0)


def test_the_least_cost_near_the_best_is_chosen() -> None:
    shares = [0.2, 0.3, 0.4, 0.45, 0.49, 0.5, 0.49, 0.4, 0.3]
    assert least(shares, 100_000) == COSTS[5]
    assert least(shares, 1_000) == COSTS[4]
