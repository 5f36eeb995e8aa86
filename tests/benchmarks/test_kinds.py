"""The questions by which kinds are judged."""

from __future__ import annotations

from collections import Counter

from benchmarks.kinds import _half, _told, marked
from rag import QuestionKind


def test_two_hundred_questions_of_every_kind_about_half_of_them_closed() -> None:
    both = marked()
    assert len({one.text for one in both}) == len(both) == 200
    counts = Counter(one.kind for one in both)
    assert counts[QuestionKind.FACT] == 70
    assert min(counts.values()) >= 24
    assert 90 <= sum(one.is_closed for one in both) <= 110


def test_most_are_read_as_what_they_are_and_a_fact_as_no_other_kind() -> None:
    both = marked()
    facts = [one for one in both if one.kind is QuestionKind.FACT]
    assert sum(one.read_as is one.kind for one in both) >= 0.9 * len(both)
    assert sum(one.read_as is one.kind for one in facts) >= 0.97 * len(facts)


def test_of_a_half_the_figures_are_told() -> None:
    first, *kinds = _half("half", marked()[:2])
    assert first == "half: 2 of 2 right (100.0%)"
    assert kinds[0] == "  fact: 2 of 2; {'fact': 2}"
    assert _told("LIST", QuestionKind.FACT, "which?") == "    list -> fact: which?"
