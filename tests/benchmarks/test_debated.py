"""What the benchmark of debates counts."""

from __future__ import annotations

from collections import Counter

from benchmarks.debated import counted, debates, table
from rag.answers import Answer
from rag.citations import Citation
from rag.kinds import CitationGroup, QuestionKind
from tests.doubles import document

PIER = document("The pier pays. The pier rots. It is blue.\n", "pier.txt")
DEBATE = {
    "question": "arguments for and against the pier",
    "sentences": [
        {"text": "The pier pays.", "mark": "for", "plain": True},
        {"text": "The pier rots.", "mark": "against", "plain": False},
        {"text": "It is blue.", "mark": "neither"},
        {"text": "It is said to be old.", "mark": "open"},
    ],
}


def cite(words: str, number: int) -> Citation:
    start = PIER.text.index(words)
    return Citation(PIER, start, start + len(words), None, 1.0, number)


def found(*labels: str) -> Counter[str]:
    citations = tuple(
        cite(words, n)
        for n, words in enumerate(("The pier pays.", "The pier rots.", "It is blue."), 1)
    )
    groups = tuple(CitationGroup(label, (n,)) for n, label in enumerate(labels, 1))
    kind = QuestionKind.VIEWPOINTS
    return Counter(counted(DEBATE, Answer("", citations, (), 0.9, kind=kind, groups=groups)))


def test_what_stands_in_its_camp_is_right() -> None:
    own = found("For", "Against", "Also about this")
    assert (own["in a camp"], own["rightly in it"], own["on the other side"]) == (2, 2, 0)
    assert (own["right plain"], own["marked plain"]) == (1, 1)
    assert (own["right reasons"], own["marked reasons"]) == (1, 1)
    assert own["both sides"] == own["read so"] == 1


def test_what_stands_in_another_is_wrong() -> None:
    own = found("Says no", "Depends", "Says yes")
    assert (own["in a camp"], own["rightly in it"], own["on the other side"]) == (3, 0, 1)
    assert own["both sides"] == 0
    assert "in a camp, rightly: 0 of 3" in list(debates(own))


def test_the_table_of_pairs() -> None:
    rows = list(table(Counter({("agrees", "agrees"): 3, ("other", "not shown"): 2})))
    assert rows[2] == "| agrees | 3 | 0 | 0 | 0 |"
    assert rows[4] == "| other | 0 | 0 | 0 | 2 |"
