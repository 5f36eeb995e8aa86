"""What is marked stands where it is said to, and each mark is there often enough to be measured."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from index.language.alphanumerics import letters
from tests.judged import judged

REPOSITORY = Path(__file__).parents[2]
PAIRS, DEBATED = judged("agreeing"), judged("debated")


def text_of(path: str) -> str:
    return letters((REPOSITORY / path).read_text("utf-8"))


def test_sixty_pairs_of_different_documents_agree_differ_or_do_neither() -> None:
    assert len({pair["id"] for pair in PAIRS}) == 60
    assert Counter(p["mark"] for p in PAIRS) == {"agrees": 22, "differs": 22, "other": 16}
    for pair in PAIRS:
        assert pair["one_source"] != pair["other_source"] or pair["one_source"] == "own"
        assert pair["topic"]


def test_sentences_of_pairs_stand_in_their_documents() -> None:
    cited = [(pair[f"{side}_source"], pair[side]) for pair in PAIRS for side in ("one", "other")]
    here = [(source, said) for source, said in cited if source.startswith(("seeds", "benchmarks"))]
    assert len(here) >= 30
    for source, said in here:
        assert letters(said) in text_of(source), said


@pytest.mark.parametrize("debate", DEBATED, ids=lambda debate: str(debate["id"]))
def test_each_debate_has_two_sides_in_several_documents(debate: dict[str, Any]) -> None:
    marks = Counter(sentence["mark"] for sentence in debate["sentences"])
    assert set(marks) <= {"for", "against", "depends", "neither", "open"}
    assert min(marks["for"], marks["against"]) >= 2
    assert marks["depends"] >= 1
    assert 2 <= len({sentence["source"] for sentence in debate["sentences"]}) <= 5
    for sentence in debate["sentences"]:
        assert letters(sentence["text"]) in text_of(f"{debate['folder']}/{sentence['source']}")
        assert ("plain" in sentence) == (sentence["mark"] in ("for", "against", "depends"))


def test_each_sentence_of_the_debates_that_were_written_is_marked() -> None:
    assert len(DEBATED) == 12
    for debate in (d for d in DEBATED if d["exhaustive"]):
        for file in (REPOSITORY / debate["folder"]).iterdir():
            _, body = file.read_text("utf-8").split("\n", 1)
            own = [s["text"] for s in debate["sentences"] if s["source"] == file.name]
            assert " ".join(own) == body.strip()
