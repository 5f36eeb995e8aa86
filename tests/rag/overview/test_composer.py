"""A question that asks for an overview is answered by one."""

from __future__ import annotations

import pytest

from index.generation.build import encode_documents
from rag.answers import Answer
from rag.engine import Engine
from rag.kinds import QuestionKind
from rag.reader.first import FirstReader
from tests.doubles import BREAD, EELS, HARBOUR, FakeEncoder, document

DOCUMENTS = [
    document(HARBOUR, "harbour.txt"),
    document(EELS, "eels.md"),
    document(BREAD, "bread.txt"),
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    retriever = encode_documents(DOCUMENTS, FakeEncoder()).retriever(FakeEncoder())
    return Engine(retriever, FirstReader.shipped(), DOCUMENTS)


def sources(answer: Answer) -> set[str]:
    return {c.document.source for c in answer.citations}


def test_of_all(engine: Engine) -> None:
    answer = engine.ask("What are these documents about?")
    assert answer.kind is QuestionKind.OVERVIEW
    assert bool(answer)
    assert answer.citations == engine.overview().citations
    assert [group.label for group in answer.groups] == [d.title for d in DOCUMENTS]


@pytest.mark.parametrize(
    "question",
    [
        "Give me a summary of eels.md",
        "Summarise Eels in the river Tarn",
        "What are the main points of eels.md?",
    ],
)
def test_of_one_that_is_named(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.kind is QuestionKind.OVERVIEW
    assert sources(answer) == {"eels.md"}
    only = engine.within([DOCUMENTS[1].id])
    assert answer.citations == only.overview().citations
    assert only.ask(question).citations == answer.citations


def test_of_a_topic(engine: Engine) -> None:
    answer = engine.ask("Summarise what they say about rye bread")
    assert answer.kind is QuestionKind.OVERVIEW
    assert sources(answer) == {"bread.txt"}
    assert not answer.perhaps


def test_where_nothing_is_about_it_the_question_is_one_for_a_fact(engine: Engine) -> None:
    answer = engine.ask("Summarise what they say about volcanic glaciology")
    assert answer.kind is QuestionKind.FACT


def test_as_another_kind_it_is_asked_for(engine: Engine) -> None:
    assert engine.ask("Eels", kind=QuestionKind.OVERVIEW).kind is QuestionKind.OVERVIEW
