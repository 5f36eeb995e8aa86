"""One question is analysed once, and no sentence that the index has stemmed is stemmed for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from index.generation.build import encode_documents
from index.language import Query, query
from index.passages import texts
from index.types import Hit
from rag import readings
from rag.engine import Engine
from rag.query import AskedQuestion
from rag.reader.first import FirstReader
from rag.readings import Reading
from tests.doubles import FakeEncoder
from tests.scripted import WORLD

QUESTIONS = (
    "How tall is the lighthouse on the eastern mole?",
    "Who sells rye bread in Brell?",
    "Why do eels migrate from the river Tarn to the sea?",
    "What do the documents say about zebras?",
)


class Counted:
    """Functions that count how often they are called, by name, and with what."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()

    def __call__(self, name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted from now on."""

        def counting(*given: Any) -> Any:
            self.calls[name] += 1
            return plain(*given)

        return counting


class Handed(FirstReader):
    """The first reader; remembers the questions that it was handed."""

    asked: list[AskedQuestion]

    def read(self, question: AskedQuestion, hits: Sequence[Hit]) -> list[Reading]:
        self.asked.append(question)
        return super().read(question, hits)


@pytest.fixture
def engine() -> Engine:
    encoder = FakeEncoder()
    reader = FirstReader.shipped()
    handed = Handed(reader.ranker, reader.answerable, abstain=0.0, keep=99.0)
    handed.asked = []
    return Engine(encode_documents(WORLD, encoder).retriever(encoder), handed, WORLD)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_analysed_once(
    question: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted()
    for name in ("clean", "letters", "placed_words", "words", "silent_words"):
        monkeypatch.setattr(query, name, counted(name, getattr(query, name)))
    for kind in (AskedQuestion.__dict__["expectation"], AskedQuestion.__dict__["is_open_ended"]):
        monkeypatch.setattr(kind, "func", counted(kind.attrname, kind.func))
    assert engine.ask(question)
    assert set(counted.calls) >= {"letters", "expectation"}
    assert set(counted.calls.values()) == {1}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_sentence_is_stemmed_for_a_question(
    question: str, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted()
    for module in (texts, readings):
        monkeypatch.setattr(module, "stems", counted("stems", module.stems))
    assert engine.ask(question)
    assert not counted.calls


def test_who_reads_is_handed_what_was_searched(engine: Engine) -> None:
    searched: list[Query] = []
    retriever = engine.retriever

    class Watched:
        """The retriever; remembers what it searches."""

        def search(self, query: Query, k: int) -> list[Hit]:
            searched.append(query)
            return retriever.search(query, k)

    watched = Engine(Watched(), engine.reader, WORLD)
    watched.ask(QUESTIONS[0])
    assert isinstance(engine.reader, Handed)
    assert [id(one) for one in engine.reader.asked] == [id(one) for one in searched]
    assert len(searched) == 1
