"""Camps: who says yes, who says no, what says on what it depends; and the rest about it."""

from __future__ import annotations

from index.generation.build import encode_documents
from rag.answers import Answer
from rag.engine import Engine
from rag.kinds import QuestionKind
from rag.reader.first import FirstReader
from tests.doubles import FakeEncoder, document

RULES = """# House rules

Dogs are allowed in the garden of the house.
The dogs of the garden were counted in the spring of 1987.
"""
NOTICE = """# Notice at the gate

Dogs are not allowed in the garden of the house.
Dogs are allowed in the garden of the house if they are on a lead.
"""
ASKED = "Are dogs allowed in the garden of the house?"


def engine(*texts: str) -> Engine:
    documents = [document(text, f"{n}.md") for n, text in enumerate(texts)]
    contents = encode_documents(documents, FakeEncoder())
    return Engine(contents.retriever(FakeEncoder()), FirstReader.shipped(), documents)


def ask(question: str) -> Answer:
    return engine(RULES, NOTICE).ask(question, kind=QuestionKind.VIEWPOINTS)


def camps(answer: Answer) -> dict[str, list[str]]:
    by_number = {c.number: c.quote for c in answer.citations}
    return {group.label: [by_number[n] for n in group.numbers] for group in answer.groups}


def test_each_stands_in_its_camp() -> None:
    answer = ask(ASKED)
    assert answer.kind is QuestionKind.VIEWPOINTS
    found = camps(answer)
    assert list(found)[:3] == ["Says yes", "Says no", "Depends"]
    assert found["Says yes"] == ["Dogs are allowed in the garden of the house."]
    assert found["Says no"] == ["Dogs are not allowed in the garden of the house."]
    assert found["Depends"] == [
        "Dogs are allowed in the garden of the house if they are on a lead."
    ]


def test_what_says_neither_is_in_no_camp() -> None:
    found = camps(ask(ASKED))
    counted = "The dogs of the garden were counted in the spring of 1987."
    assert all(
        counted not in quotes for label, quotes in found.items() if label != "Also about this"
    )


def test_another_language_is_in_no_camp() -> None:
    german = (
        "# Hausordnung\n\nHunde sind im Garten des Hauses erlaubt. Der Garten ist groß und schön, "
        "und er liegt hinter dem Haus an der Straße.\n"
    )
    question = "Sind Hunde im Garten des Hauses erlaubt?"
    answer = engine(german).ask(question, kind=QuestionKind.VIEWPOINTS)
    assert set(camps(answer)) <= {"Hausordnung"}


def test_where_nothing_is_about_it_it_is_as_a_fact() -> None:
    question = "Should zebras play the violin?"
    assert ask(question).kind is QuestionKind.FACT


YES = "# For\n\nDogs should be kept out of the garden of the house at night.\n"
BOATS = "# Boats\n\nTwelve boats lie in the harbour of Brell in the summer of the year.\n"
NO = "# Against\n\nDogs should not be kept out of the garden of the house at night.\n"


def test_what_should_be_is_debated_where_sentences_are_on_both_sides() -> None:
    question = "Should dogs be kept out of the garden of the house at night?"
    both = engine(YES, NO).ask(question)
    assert both.kind is QuestionKind.VIEWPOINTS
    assert {"Says yes", "Says no"} <= camps(both).keys()
    assert engine(YES, BOATS).ask(question).kind is QuestionKind.FACT
    assert engine(YES, NO).ask(question, kind=QuestionKind.FACT).kind is QuestionKind.FACT
    assert engine(YES, NO).ask("Should I keep dogs out of the garden?").kind is QuestionKind.FACT
