"""An overview of the bundled articles, as a newcomer gets it: each one's thesis is in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import seeds
from rag import Answer, Engine, QuestionKind, Status, verify

pytestmark = pytest.mark.slow

JUDGED = Path(__file__).parents[2] / "judged/overviews.jsonl"
THESES = {
    Path(row["document"]).name: row["thesis"]
    for row in map(json.loads, JUDGED.read_text("utf-8").splitlines())
    if row["document"].startswith("seeds/")
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.open(None)


@pytest.fixture(scope="module")
def told(engine: Engine) -> Answer:
    return engine.overview()


def test_every_thesis_is_in_it(told: Answer) -> None:
    assert len(THESES) == len(list(seeds.FOLDER.glob("*.txt"))) == 5
    said = {c.document.source: "" for c in told.citations}
    for c in told.citations:
        said[c.document.source] += c.quote
    for source, marks in THESES.items():
        assert any(mark in said[source] for mark in marks), source


def test_so_it_is_of_each_by_itself(engine: Engine) -> None:
    for document in engine.documents:
        own = engine.within([document.id]).overview()
        assert any(m in c.quote for m in THESES[document.source] for c in own.citations)


def test_every_quotation_holds(engine: Engine, told: Answer) -> None:
    verdicts = verify(told.to_dict(), engine.documents)
    assert len(verdicts) == len(told.citations) > 5
    assert {v.status for v in verdicts} == {Status.HOLDS}
    assert Answer.from_dict(told.to_dict(), engine.documents).to_dict() == told.to_dict()
    assert told.kind is QuestionKind.OVERVIEW
    assert len(told.groups) == 5


def test_the_same_each_time(engine: Engine, told: Answer) -> None:
    assert Engine.open(None).overview().to_dict() == told.to_dict()


def test_as_long_as_it_is_wanted(engine: Engine) -> None:
    answer = engine.overview("Summarise this in three sentences")
    assert sum(len(c.parts) for c in answer.citations) == 3
    assert engine.overview(sentences=3).citations == answer.citations


def test_of_a_topic(engine: Engine) -> None:
    answer = engine.overview("Summarise what they say about export controls")
    assert any("export controls" in c.quote for c in answer.citations)
    assert engine.overview(topic="export controls").citations == answer.citations
    assert 0 < answer.confidence < 1
    nothing = engine.overview(topic="sourdough bread")
    assert not nothing
    assert nothing.kind is QuestionKind.OVERVIEW


def test_of_a_document_that_is_named(engine: Engine) -> None:
    answer = engine.overview("Give me a summary of chinas-ai-heist.txt")
    assert answer.asked_of == ("chinas-ai-heist.txt",)
    assert {c.document.source for c in answer.citations} == {"chinas-ai-heist.txt"}


def test_it_stands_in_the_readme(told: Answer) -> None:
    cited = {c.number: c for c in told.citations}

    def shown(number: int) -> str:
        c = cited[number]
        before = f"(before it: {c.document.cut(c.context)}) " if c.context else ""
        return f"{before}{c.quote} [{number}]"

    lines = [f"- **{group.label}**: {' '.join(map(shown, group.numbers))}" for group in told.groups]
    assert "\n".join(lines) in (Path(__file__).parents[3] / "README.md").read_text("utf-8")
