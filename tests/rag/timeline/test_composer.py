"""A question that asks for a timeline gets one."""

from __future__ import annotations

import pytest

from rag.kinds import QuestionKind, kind_of
from rag.query import AskedQuestion


@pytest.mark.parametrize(
    "question",
    [
        "Give me a timeline of the bridge",
        "timeline",
        "Show the chronology of events",
        "What happened, in chronological order?",
        "Eine Zeitleiste der Brücke, bitte",
    ],
)
def test_it_is_asked_for(question: str) -> None:
    assert kind_of(AskedQuestion(question)) is QuestionKind.TIMELINE


@pytest.mark.parametrize(
    "question", ["What is the timeline for delivery?", "Who wrote the chronicle?"]
)
def test_it_is_not(question: str) -> None:
    assert kind_of(AskedQuestion(question)) is not QuestionKind.TIMELINE
