"""Which composer answers which kind of question."""

from __future__ import annotations

import pytest

from rag import QuestionKind
from rag.compose import Composed, Material
from rag.composers import COMPOSERS, UNREAD
from tests.scripted import LAMP, TALL, WORLD, scripted

SCRIPT = {"How tall is it?": [(TALL, 0.9), (LAMP, 0.8)]}


def test_a_kind_without_a_composer_is_answered_as_a_fact() -> None:
    engine = scripted(SCRIPT, WORLD)
    fact = engine.ask("How tall is it?")
    assert (fact.kind, len(fact.citations)) == (QuestionKind.FACT, 1)
    for kind in set(QuestionKind) - set(COMPOSERS) - set(UNREAD):
        assert engine.ask("How tall is it?", kind=kind) == fact


def test_what_a_composer_makes_is_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = scripted(SCRIPT, WORLD)
    fact = engine.ask("How tall is it?")
    seen: list[Material] = []

    def backwards(material: Material) -> Composed:
        seen.append(material)
        return Composed(fact.citations, complete=True, confidence=0.75)

    monkeypatch.setitem(UNREAD, QuestionKind.OVERVIEW, backwards)
    answer = engine.ask("How tall is it?", kind=QuestionKind.OVERVIEW)
    assert (answer.kind, answer.complete, answer.confidence) == (
        QuestionKind.OVERVIEW,
        True,
        0.75,
    )
    assert answer.citations == fact.citations
    assert (seen[0].asked.text, seen[0].most) == ("How tall is it?", 4)
    monkeypatch.setitem(UNREAD, QuestionKind.OVERVIEW, lambda _: None)
    assert engine.ask("How tall is it?", kind=QuestionKind.OVERVIEW) == fact
