"""Questions are kept as recipes, and made again of their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, strategies as st

from index import Document
from index.generation.build import encode_documents
from index.search import Hybrid
from rag.questions import QuestionsAnnotator, document_questions
from rag.questions.kept import MOST
from tests.doubles import FakeEncoder, document

TEXT = """# Brell

The Harbour of Brell was dredged in 1987. Brell Harbour employs 12 pilots.

## Why Brell Harbour is deep

The Tarn Bridge was designed by Per Lund. Ida Holm is a Danish painter.
"""
BRELL = document(TEXT, "brell.md")


def over(documents: Sequence[Document]) -> Hybrid:
    return encode_documents(documents, FakeEncoder()).retriever(FakeEncoder())


def asked(retriever: Hybrid, own: Document, kept: Any = None, most: int = MOST) -> list[str]:
    return [c.question for c in document_questions(retriever, own, kept, most)]


def test_what_is_kept_gives_the_same_questions_as_what_is_made_now() -> None:
    retriever = over([BRELL])
    kept = QuestionsAnnotator().annotate(retriever, BRELL)
    assert asked(retriever, BRELL, kept) == asked(retriever, BRELL)
    assert "When was the Harbour of Brell dredged?" in asked(retriever, BRELL)
    assert "Why is Brell Harbour deep?" in asked(retriever, BRELL)
    assert asked(retriever, BRELL, kept, 1) == asked(retriever, BRELL)[:1]


def test_nothing_but_numbers_is_kept() -> None:
    kept = QuestionsAnnotator().annotate(over([BRELL]), BRELL)
    assert kept
    assert {type(number) for row in kept for number in row} == {int}


def test_the_same_question_is_kept_once() -> None:
    own = document(f"{TEXT}\n{TEXT}", "twice.md")
    questions = asked(over([own]), own)
    assert len(set(questions)) == len(questions)


def test_it_is_the_same_whatever_stands_beside_it() -> None:
    other = document("The harbour of brell is a place.", "other.md")
    assert QuestionsAnnotator().annotate(over([other, BRELL]), BRELL) == (
        QuestionsAnnotator().annotate(over([BRELL]), BRELL)
    )


@pytest.mark.parametrize("damaged", [None, "x", 3, [[1]], [["a", 0, 0, 1]], [[True, 0, 0, 1]]])
def test_what_was_not_kept_so_is_made_now(damaged: Any) -> None:
    retriever = over([BRELL])
    assert asked(retriever, BRELL, damaged) == asked(retriever, BRELL)


@given(st.lists(st.lists(st.integers(-9, 99), min_size=4, max_size=4)))
def test_recipes_of_something_else_give_only_questions_of_the_document(rows: list[Any]) -> None:
    retriever = over([BRELL])
    assert set(asked(retriever, BRELL, rows)) <= set(asked(retriever, BRELL))
