"""What is said where nothing was found, of an answer and of each view."""

from __future__ import annotations

import pytest

from rag.answers import Answer, Scope
from rag.kinds import QuestionKind
from ui.show.abstaining import NONE_ASKED, NOT_ANSWERED, abstention_lines


def said(question: str, kind: QuestionKind = QuestionKind.FACT, asked: int = 5) -> list[str]:
    return abstention_lines(Answer(question, (), (), 0.0, scope=Scope(asked, 0), kind=kind))


@pytest.mark.parametrize(
    ("kind", "question", "first"),
    [
        (QuestionKind.FACT, "Who is who: Holm", NOT_ANSWERED),
        (QuestionKind.TIMELINE, "When was the lock built?", NOT_ANSWERED),
        (QuestionKind.TIMELINE, "Timeline", "I found nothing dated."),
        (
            QuestionKind.TIMELINE,
            "Timeline: eels, from 1900, until 1910",
            "I found nothing that is dated: eels, from 1900, until 1910.",
        ),
        (QuestionKind.NAMES, "Who is who", "I found nobody and nothing that is named."),
        (QuestionKind.NAMES, "Who is who: Holm", "I found nobody and nothing called “Holm”."),
        (QuestionKind.NAMES, "Who is who: products", "I found no products."),
        (QuestionKind.NAMES, "Who is who: people called Holm", "I found no people called Holm."),
        (QuestionKind.QUESTIONS, "People also ask", "I found no question that is answered."),
        (
            QuestionKind.QUESTIONS,
            "People also ask: eels: a list",
            "I found no question about “eels: a list” that is answered.",
        ),
        (QuestionKind.BRIEF, "Brief", "I found no statement to quote."),
        (QuestionKind.BRIEF, "Brief: eels", "I found no statement about “eels”."),
    ],
)
def test_it_says_what_was_not_found(kind: QuestionKind, question: str, first: str) -> None:
    assert said(question, kind) == [first, "Looked in 5 documents."]


def test_where_no_document_was_asked_it_says_that() -> None:
    assert said("Brief", QuestionKind.BRIEF, asked=0) == [NONE_ASKED]
