"""How many passages are read: what the first few of a question's passages give."""

from __future__ import annotations

import pytest

from index.types import Hit, Passage, Sentence
from rag.readings import Reading
from tests.doubles import document
from training.depth import DepthResult, result_at, row
from training.samples import SearchedQuestion


def read(*scores: float, gold: int) -> tuple[SearchedQuestion, list[Reading]]:
    """A passage of one sentence for each score, in the order of retrieval; which is gold."""
    hits = []
    for number in range(len(scores)):
        made = document(f"Ship {number} sailed.", f"{number}.txt")
        passage = Passage(made, 0, len(made.text), (Sentence(0, len(made.text)),))
        hits.append(Hit(passage, 1.0))
    asked = SearchedQuestion("Which?", hits, [n == gold for n in range(len(scores))], "answerable")
    readings = [
        Reading(hit, hit.passage.sentences[0].span, score, score / 10)
        for hit, score in zip(hits, scores, strict=True)
    ]
    return asked, sorted(readings, key=lambda r: -r.score)


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        (1, DepthResult(False, False, False, 0.2)),
        (2, DepthResult(True, True, True, 0.6)),
        (3, DepthResult(True, False, True, 0.8)),
        (9, DepthResult(True, False, False, 0.9)),
    ],
)
def test_only_what_was_read_counts(depth: int, expected: DepthResult) -> None:
    asked, readings = read(2.0, 6.0, 8.0, 7.0, 9.0, gold=1)
    assert result_at(asked, readings, depth) == expected


def test_nothing_found_is_no_answer() -> None:
    asked, readings = read(gold=0)
    assert result_at(asked, readings, 3) == DepthResult(False, False, False, 0.0)


def test_a_row_holds_shares_and_what_the_confidence_tells_apart() -> None:
    with_gold = [DepthResult(True, True, True, 0.9), DepthResult(True, False, False, 0.4)]
    without = [DepthResult(False, False, False, 0.5), DepthResult(False, False, False, 0.1)]
    assert row([with_gold, without]) == (1.0, 0.5, 0.5, 0.75)
