"""Rows that meet what a question demands of their cells: tests/judged/conditions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from rag import Answer, Counted, Engine, QuestionKind, kind_of
from rag.compose.conditions import Demand, Side, conditions_in, without_conditions
from rag.query import AskedQuestion

JUDGED = Path(__file__).parents[2] / "judged"
CASES = [json.loads(line) for line in (JUDGED / "conditions.jsonl").read_text("utf-8").splitlines()]
LEAST = 50  # of the 59 that can be counted


@pytest.fixture(scope="module")
def answers(ibid_home: Path) -> list[Answer]:
    engine = Engine.open(JUDGED / "conditions")
    ids = {document.source: document.id for document in engine.documents}
    return [
        engine.within([ids[case["table"]]]).ask(case["question"], kind=kind(case["question"]))
        for case in CASES
    ]


def kind(question: str) -> QuestionKind:
    read = kind_of(AskedQuestion(question))
    return QuestionKind.LIST if read is QuestionKind.FACT else read


def counted(answer: Answer) -> list[str] | None:
    """The names of the rows that were counted; None where none were."""
    if answer.tally is None or answer.tally.of is not Counted.ROWS:
        return None
    first = (c.quote.partition(";")[0] for c in answer.citations)
    return [cell.partition(": ")[2] for cell in first]


def test_no_row_is_counted_wrong(answers: list[Answer]) -> None:
    found = zip(CASES, map(counted, answers), strict=True)
    wrong = [(c["question"], rows) for c, rows in found if rows is not None and rows != c["rows"]]
    assert wrong == []


def test_most_that_can_be_counted_are(answers: list[Answer]) -> None:
    found = zip(CASES, map(counted, answers), strict=True)
    missed = [c["question"] for c, rows in found if c["rows"] and rows is None]
    can_be = sum(bool(c["rows"]) for c in CASES)
    assert can_be - len(missed) >= LEAST, missed
