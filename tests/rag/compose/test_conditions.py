"""Rows that meet what a question demands of their cells: tests/judged/conditions."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from rag import Answer, Counted, Engine, QuestionKind, kind_of
from rag.compose.conditions import Bound, Demand, conditions_in, without_conditions
from rag.query import AskedQuestion

JUDGED = Path(__file__).parents[2] / "judged"
CASES = [json.loads(line) for line in (JUDGED / "conditions.jsonl").read_text("utf-8").splitlines()]
LEAST = 56  # of the 59 that can be counted


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


@pytest.mark.slow  # 85 questions are asked
def test_no_row_is_counted_wrong(answers: list[Answer]) -> None:
    found = zip(CASES, map(counted, answers), strict=True)
    wrong = [(c["question"], rows) for c, rows in found if rows is not None and rows != c["rows"]]
    assert wrong == []


@pytest.mark.slow
def test_most_that_can_be_counted_are(answers: list[Answer]) -> None:
    found = zip(CASES, map(counted, answers), strict=True)
    missed = [c["question"] for c, rows in found if c["rows"] and rows is None]
    can_be = sum(bool(c["rows"]) for c in CASES)
    assert can_be - len(missed) >= LEAST, missed


@pytest.mark.parametrize(
    ("question", "demand", "side", "written"),
    [
        ("rooms with more than two beds", Demand.NUMBER, Bound.OVER, "more than two"),
        ("rooms for no more than 80 euros", Demand.NUMBER, Bound.AT_MOST, "no more than 80 euros"),
        ("rooms from 40 to 60 euros", Demand.NUMBER, Bound.WITHIN, "from 40 to 60 euros"),
        ("rooms at 40 euros or less", Demand.NUMBER, Bound.AT_MOST, "40 euros or less"),
        ("loans due by 3 May 2024", Demand.DAY, Bound.AT_MOST, "by 3 May 2024"),
        ("loans since the end of 2023", Demand.DAY, Bound.AT_LEAST, "since the end of 2023"),
        ("loans returned in May 2024", Demand.DAY, Bound.WITHIN, "in May 2024"),
        ("loans without a guarantor", Demand.EMPTY, Bound.WITHIN, "without a guarantor"),
        ("loans that are not yet returned", Demand.NOT, Bound.WITHIN, "not yet returned"),
        ("loans that are unreturned", Demand.OPPOSITE, Bound.WITHIN, "unreturned"),
    ],
)
def test_conditions_are_read_as_they_are_written(
    question: str, demand: Demand, side: Bound, written: str
) -> None:
    (found,) = conditions_in(question)
    assert (found.demand, found.side, found.written) == (demand, side, written)
    assert question[found.start : found.end] == written


@pytest.mark.parametrize(
    "question",
    [
        "loans of more than half the books",
        "loans after the fire",
        "loans over the counter",
        "loans",
    ],
)
def test_what_names_no_value_is_no_condition(question: str) -> None:
    assert conditions_in(question) == []


@pytest.mark.parametrize(
    ("question", "inside", "outside"),
    [
        ("over 1.500,5 euros", 1500.6, 1500.5),
        ("at least 10k", 10_000.0, 9_999.99),
        ("under 1,000", 999.99, 1000.0),
        ("between twelve and 20", 12.0, 20.1),
    ],
)
def test_bounds_hold_what_is_named_where_they_are_to(
    question: str, inside: float, outside: float
) -> None:
    bounds = conditions_in(question)[0].bounds()
    assert bounds is not None
    assert bounds.low <= inside <= bounds.high
    assert not bounds.low <= outside <= bounds.high


def test_a_month_without_a_year_has_no_bounds_until_the_year_is_known() -> None:
    (found,) = conditions_in("invoices before March")
    assert found.bounds() is None
    bounds = found.bounds(2024)
    assert bounds is not None
    assert bounds.high == conditions_in("invoices before 2024-03-01")[0].bounds().high  # type: ignore[union-attr]


def test_a_day_that_may_be_another_month_has_no_bounds() -> None:
    assert conditions_in("invoices before 03/04/2024")[0].bounds() is None
    assert conditions_in("invoices before 13/04/2024")[0].bounds() is not None


@given(st.text(max_size=60), st.sampled_from(["over 5", "before 2019", "not paid", "ohne Frist"]))
def test_all_else_stays_where_it_stands(text: str, condition: str) -> None:
    question = f"{text} {condition} {text}"
    found = conditions_in(question)
    rest = without_conditions(question, found)
    assert len(rest) == len(question)
    spans = [(c.start, c.end) for c in found]
    assert all(a <= b for a, b in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    kept = [i for i in range(len(question)) if not any(a <= i < b for a, b in spans)]
    assert all(rest[i] == question[i] for i in kept)
