"""Sixty questions to the bundled articles, written before any code that answers them.

The reach is what the project promises; no rule is fitted to one of the questions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from index.types import Document, Span
from rag.engine import Engine
from rag.types import Answer

pytestmark = pytest.mark.slow

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("questions.jsonl").read_text("utf-8").splitlines()
]
REACH = {"fact": 0.8, "broad": 0.6, "unrelated": 0.9, "near-miss": 0.4}
MOST_ABSTAINED = 0.05


@pytest.fixture(scope="module")
def engine(default_encoder: object) -> Engine:
    """The bundled articles; the encoder is compiled already."""
    return Engine.open()


@pytest.fixture(scope="module")
def answered(engine: Engine) -> list[tuple[dict[str, Any], Answer]]:
    return [(row, engine.ask(row["question"])) for row in ROWS]


def places(document: Document, words: str) -> Iterator[Span]:
    """Everywhere in the document that the words stand; a line end after them only tells apart."""
    at = document.text.find(words)
    while at >= 0:
        yield Span(at, at + len(words.rstrip("\n")))
        at = document.text.find(words, at + 1)


def is_right(row: Mapping[str, Any], answer: Answer, documents: Mapping[str, Document]) -> bool:
    if row["kind"] == "fact":
        return any(
            cited.document.source == gold["source"]
            and cited.start < place.end
            and place.start < cited.end
            for gold in row["gold"]
            for place in places(documents[gold["source"]], gold["contains"])
            for cited in answer.citations
        )
    if row["kind"] == "broad":
        return len({cited.document.source for cited in answer.citations}) >= 2
    return not answer


def table(answered: list[tuple[dict[str, Any], Answer]], documents: Mapping[str, Document]) -> str:
    """What went wrong, for a person."""
    lines = []
    for row, answer in answered:
        if not is_right(row, answer, documents) or (row["kind"] == "broad" and not answer):
            shown = " | ".join(c.quote[:60] for c in answer.citations) or "abstained"
            lines.append(
                f"{row['id']:13} {answer.confidence:.2f} {row['question'][:60]:60} {shown}"
            )
    return "\n".join(lines)


def test_the_questions_are_sixty_and_their_gold_is_there(engine: Engine) -> None:
    documents = {d.source: d for d in engine.documents}
    kinds = [row["kind"] for row in ROWS]
    assert {k: kinds.count(k) for k in REACH} == {
        "fact": 30, "broad": 8, "unrelated": 10, "near-miss": 12,
    }  # fmt: skip
    for row in ROWS:
        for gold in row["gold"]:
            assert gold["source"] in documents
            if row["kind"] == "fact":
                assert any(places(documents[gold["source"]], gold["contains"])), row["id"]


@pytest.mark.parametrize("kind", REACH)
def test_the_golden_questions_are_in_reach(
    kind: str, engine: Engine, answered: list[tuple[dict[str, Any], Answer]]
) -> None:
    documents = {d.source: d for d in engine.documents}
    of_kind = [(row, answer) for row, answer in answered if row["kind"] == kind]
    right = sum(is_right(row, answer, documents) for row, answer in of_kind)
    wanted = REACH[kind] * len(of_kind)
    assert right >= wanted, f"{right} of {len(of_kind)}\n{table(of_kind, documents)}"


def test_what_the_articles_say_is_seldom_withheld(
    engine: Engine, answered: list[tuple[dict[str, Any], Answer]]
) -> None:
    documents = {d.source: d for d in engine.documents}
    answerable = [(row, answer) for row, answer in answered if row["kind"] in ("fact", "broad")]
    withheld = [(row, answer) for row, answer in answerable if not answer]
    most = MOST_ABSTAINED * len(answerable)
    assert len(withheld) <= most, f"{len(withheld)} withheld\n{table(withheld, documents)}"
