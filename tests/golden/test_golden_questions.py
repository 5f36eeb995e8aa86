"""Sixty questions to the bundled articles, written before any code that answers them.

What benchmarks/RESULTS.md claims of each kind is what is asked for here, or better; no rule is
fitted to one of the questions.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import seeds
from benchmarks.golden import QUESTIONS, evaluate
from index.library.index import Index
from rag.engine import Engine

RESULTS = Path(__file__).parents[2] / "benchmarks" / "RESULTS.md"
CLAIM = re.compile(r"^\| five articles \| ([\w -]+) \| (\d+) of (\d+) \|", re.MULTILINE)
COUNTS = {"fact": 30, "broad": 8, "unrelated": 10, "near-miss": 12}
WITHHELD = "answerable but abstained"


def claims() -> dict[str, tuple[int, int]]:
    """What the table says of Ibid, by kind: so many of so many."""
    found = CLAIM.findall(RESULTS.read_text("utf-8"))
    return {kind: (int(right), int(total)) for kind, right, total in found}


@pytest.fixture(scope="module")
def marks(default_encoder: object) -> dict[str, list[bool]]:
    """Right or wrong, by kind; the encoder is compiled already."""
    return evaluate(Engine.open(), verbose=True)  # what went wrong is shown where a test fails


def test_the_questions_are_sixty_and_their_gold_is_there() -> None:
    documents = {d.source: d for d in Index.load(seeds.FOLDER).documents}
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()
    ]
    kinds = [row["kind"] for row in rows]
    assert {kind: kinds.count(kind) for kind in kinds} == COUNTS
    for row in rows:
        for gold in row["gold"]:
            assert gold["source"] in documents
            if row["kind"] == "fact":
                assert gold["contains"] in documents[gold["source"]].text, row["id"]


def test_a_claim_is_made_of_each_kind() -> None:
    totals = {kind: total for kind, (_, total) in claims().items()}
    assert totals == {**COUNTS, WITHHELD: COUNTS["fact"] + COUNTS["broad"]}


@pytest.mark.slow
@pytest.mark.parametrize("kind", COUNTS)
def test_as_many_are_right_as_is_claimed(kind: str, marks: dict[str, list[bool]]) -> None:
    right, total = claims()[kind]
    assert len(marks[kind]) == total
    assert sum(marks[kind]) >= right


@pytest.mark.slow
def test_no_more_is_withheld_than_is_claimed(marks: dict[str, list[bool]]) -> None:
    most, total = claims()[WITHHELD]
    assert len(marks[WITHHELD]) == total
    assert sum(marks[WITHHELD]) <= most
