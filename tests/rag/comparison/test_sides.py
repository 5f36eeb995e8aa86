"""What a question compares, and on what topic."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from rag.comparison import comparison_of
from rag.kinds import PairKind
from rag.named import Names
from rag.query import AskedQuestion
from tests.doubles import document

QUAY = "# The quay contract\n\nAuthor: Rosa Lind, works office.\n\nThe quay is rebuilt in brick.\n"
MOLE = "# The mole contract\n\nThe mole is rebuilt in granite.\n"
BELL = "# Notes on the bell\n\nThe bell rings in fog.\n"
DOCUMENTS = [document(QUAY, "quay.md"), document(MOLE, "mole.md"), document(BELL, "bell.md")]
ALL = ["quay.md", "mole.md", "bell.md"]


def read(question: str) -> tuple[list[str], str] | None:
    """The sources or the names of the sides, and the topic."""
    found = comparison_of(AskedQuestion(question), Names(DOCUMENTS))
    if found is None:
        return None
    return [s.documents[0].source if s.documents else s.thing for s in found.sides], found.topic


@pytest.mark.parametrize(
    ("question", "sides", "topic"),
    [
        ("Compare quay.md and mole.md on stone", ["quay.md", "mole.md"], "stone"),
        ("compare the quay contract with the mole contract", ["quay.md", "mole.md"], ""),
        (
            "compare the price in the quay and the mole contract",
            ["quay.md", "mole.md"],
            "the price",
        ),
        ("please compare the two contracts on stone", ["quay.md", "mole.md"], "stone"),
        ("compare the documents on fog", ALL, "fog"),
        ("How does quay.md differ from mole.md about stone?", ["quay.md", "mole.md"], "stone"),
        ("What do they disagree about?", ALL, ""),
        ("what do the documents have in common", ALL, ""),
        (
            "What do the quay and the mole contract say about stone?",
            ["quay.md", "mole.md"],
            "stone",
        ),
        ("what do the works office and the mole contract disagree on", ["quay.md", "mole.md"], ""),
        ("how did the stone change from the quay to the mole", ["quay.md", "mole.md"], "the stone"),
        ("compare granite with brick", ["granite", "brick"], ""),
        ("What is the difference between a lock and a weir?", ["lock", "weir"], ""),
        ("granite vs brick", ["granite", "brick"], ""),
        ("which is dearer, granite or brick?", ["granite", "brick"], "which is dearer"),
        ("compare the price of granite and brick", ["granite", "brick"], "the price"),
        ("compare tin, granite and brick", ["tin", "granite", "brick"], ""),
        ("Was ist der Unterschied zwischen Schleuse und Wehr?", ["Schleuse", "Wehr"], ""),
    ],
)
def test_sides_and_topic(question: str, sides: list[str], topic: str) -> None:
    assert read(question) == (sides, topic)


@pytest.mark.parametrize(
    "question",
    [
        "Who built the lighthouse?",
        "compare the two offers for the roof",
        "What do Ann and Bob agree on?",  # no documents: what they agree on is told as a fact
        "what did the council and the mayor say about the bridge?",
        "How tall is the mole compared with other piers?",  # a fact about the mole
        "compare",
    ],
)
def test_nothing_is_compared(question: str) -> None:
    assert read(question) is None


def test_what_is_wanted_of_two() -> None:
    names = Names(DOCUMENTS)
    for question, wanted in (
        ("what do the documents agree on", PairKind.AGREE),
        ("what do the documents disagree about", PairKind.DIFFER),
        ("compare the documents on fog", None),
    ):
        found = comparison_of(AskedQuestion(question), names)
        assert found is not None
        assert found.wanted is wanted


def test_labels_differ_where_titles_do_not() -> None:
    twins = [document(MOLE, "old/mole.md"), document(f"{MOLE}\nIt is high.\n", "new/mole.md")]
    found = comparison_of(AskedQuestion("compare the documents on stone"), Names(twins))
    assert found is not None
    assert [side.label for side in found.sides] == ["old/mole.md", "new/mole.md"]


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=200))
def test_any_words_may_be_compared(words: str) -> None:
    for frame in ("compare {}", "{} vs {}", "difference between {} and {}", "how do {} differ"):
        read(frame.format(words, words))
