"""The reasons that are given are the reasons there were."""

from __future__ import annotations

import pytest

from index.generation.store import SavedGeneration
from rag.answers import Answer
from rag.engine import Engine
from rag.explanation import RankedPassage, explain
from rag.reader.first import FirstReader
from tests.doubles import BREAD, EELS, HARBOUR, document
from tests.scripted import Script, scripted
from ui.show.candidates import candidates_text

AGAIN = "A visit to Brell\n\nThe lighthouse of 41 metres stands tall on the eastern mole.\n"
WORLD = (
    document(HARBOUR, "harbour.txt"),
    document(EELS, "eels.md"),
    document(BREAD, "bread.txt"),
    document(AGAIN, "again.txt"),
)
SCRIPT: Script = {
    "What?": [
        ("The lighthouse stands", 0.95), ("The lighthouse of 41", 0.9), ("Eels migrate", 0.85),
        ("Turbines at the weir", 0.8), ("Rye bread needs", 0.6), ("It took eleven", 0.5),
    ]
}  # fmt: skip


def ask(*, most: int = 4, keep: float = 2.0, abstain: float = 0.5) -> Answer:
    engine = scripted(SCRIPT, WORLD)
    own = Engine(engine.retriever, engine.reader, WORLD, abstain=abstain, keep=keep)
    return own.ask("What?", max_sentences=most)


def fates(answer: Answer) -> list[tuple[str, str]]:
    return [(c.passage.document.source, c.fate) for c in explain(answer)]


def test_every_fate() -> None:
    assert fates(ask(keep=3.6)) == [
        ("harbour.txt", "quoted as [1]"),
        ("again.txt", "says the same as [1]"),
        ("eels.md", "quoted as [2]"),
        ("eels.md", "quoted as [3]"),
        ("bread.txt", "quoted as [4]"),
        ("harbour.txt", "2.94 below the best sentence; 2.57 is the limit"),
    ]
    assert fates(ask(most=2, keep=3.6))[3:5] == [
        ("eels.md", "enough was quoted"),
        ("bread.txt", "enough was quoted"),
    ]


def test_an_abstention_has_one_reason_for_all() -> None:
    answer = ask(abstain=0.96)
    assert not answer
    told = "not likely enough to answer (0.95; 0.96 is the threshold)"
    assert [fate for _, fate in fates(answer)] == [told] * 6


def test_a_passage_is_quoted_when_any_of_its_sentences_is() -> None:
    words = [("The lighthouse stands", 0.9), ("The lighthouse of 41", 0.8), ("Poachers", 0.7)]
    text = "The lighthouse of 41 metres stands on the eastern mole, tall. Poachers take it."
    engine = scripted({"What?": words}, [WORLD[0], document(text, "both.txt")])
    last = explain(engine.ask("What?"))[-1]
    assert last.passage.document.cut(last.sentence).startswith("The lighthouse of 41")
    assert last.fate == "quoted as [2]"


@pytest.fixture
def candidates(opened: SavedGeneration) -> list[RankedPassage]:
    engine = Engine(opened.retriever, FirstReader.shipped(), opened.documents, abstain=0.0)
    answer = engine.ask("How tall is the lighthouse of Brell?")
    found = explain(answer)
    assert {(c.passage.document, c.passage.start) for c in found} == {
        (h.passage.document, h.passage.start) for h in answer.hits
    }
    return found


def test_the_retrievers_ranks_are_there(candidates: list[RankedPassage]) -> None:
    assert sorted(c.ranks["fused"] for c in candidates) == [*range(1, len(candidates) + 1)]
    assert all("dense" in c.ranks for c in candidates)
    assert any(c.ranks.get("bm25") == 1 for c in candidates)
    by_rank = sorted(candidates, key=lambda c: c.ranks["fused"])
    assert [c.fused for c in by_rank] == sorted((c.fused for c in candidates), reverse=True)
    assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)
    assert candidates[0].fate.startswith("quoted as [")
    for c in candidates:
        assert c.sentence in [s.span for s in c.passage.sentences]


def test_an_answer_from_json_has_no_candidates() -> None:
    answer = ask()
    read = Answer.from_dict(answer.to_dict(), WORLD)
    assert explain(read) == []
    assert candidates_text([]) == "No passage was read."


def test_the_table(candidates: list[RankedPassage]) -> None:
    lines = candidates_text(candidates, width=60).splitlines()
    assert lines[1].split() == ["dense", "bm25", "fused", "log", "odds", "chance"]
    assert lines[2].endswith("quoted as [1]")
    assert max(len(line) for line in lines if line.startswith("    ")) <= 100
    figures = [line for line in candidates_text(candidates).splitlines()[2:] if line[6].isdigit()]
    assert len(figures) == len(candidates)


def test_nothing_hidden_is_in_the_table() -> None:
    text = "Eels\x1b]0;owned\x07 swim \u202egnp at night."
    engine = scripted({"What?": [("Eels", 0.9)]}, [document(text, "a\x1b[31m.txt")])
    assert not set("\x1b\x07\u202e") & set(candidates_text(explain(engine.ask("What?"))))
