"""The questions of several documents: the same ones once, what most speak of first."""

from __future__ import annotations

from index.generation.build import encode_documents
from rag.questions import CorpusQuestion, corpus_questions
from tests.doubles import FakeEncoder, document

DREDGED = "The Harbour of Brell was dredged in 1987."
LUND = "The Tarn Bridge was designed by Per Lund."
DOCUMENTS = [
    document(f"# One\n\n{LUND} The pilots wait for the tide.\n", "one.md"),
    document(f"# Two\n\n{DREDGED} The quay was empty at noon.\n", "two.md"),
    document(f"# Three\n\n{DREDGED} A ferry leaves on Mondays.\n", "three.md"),
]


def found(topic: str = "") -> list[CorpusQuestion]:
    retriever = encode_documents(DOCUMENTS, FakeEncoder()).retriever(FakeEncoder())
    return corpus_questions(retriever, DOCUMENTS, (), topic)


def test_what_two_documents_say_is_asked_once_and_first() -> None:
    questions = [one.candidate.question for one in found()]
    assert questions[0] == "When was the Harbour of Brell dredged?"
    assert questions.count(questions[0]) == 1
    assert any("Tarn Bridge" in question for question in questions)
    assert found()[0].documents == 2


def test_the_order_is_that_of_the_documents_that_speak_of_it() -> None:
    counts = [one.documents for one in found()]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) == 1


def test_of_a_topic_only_what_stands_near_it() -> None:
    questions = [one.candidate.question for one in found("harbour of Brell dredged 1987")]
    assert questions
    assert all("Brell" in question for question in questions)
    assert found("volcanic glaciology") == []
