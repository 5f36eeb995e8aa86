"""The broad questions have their answers where they say; right is told from wrong."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.broad import (
    BROAD,
    KINDS,
    BroadQuestion,
    broadly_judged,
    checks,
    corpora,
    figure_of,
    folder_of,
    misplaced,
    seen,
    table,
)
from index.library.index import Index
from index.types import Document
from rag.answers import Answer
from rag.kinds import CitationGroup, QuestionKind
from tests.doubles import document
from tests.ui.handmade import cite

FOR, AGAINST = "Ada wants the pier mended.", "Bruno says that a ferry is cheaper."
PIER = document(f"{FOR} {AGAINST} Nobody asked the gulls.\n", "pier.txt")
SIDES = [{"sources": ["pier.txt"], "expected": [said]} for said in (FOR, AGAINST)]
ROW = {"id": "b-1", "kind": "viewpoints", "question": "mend the pier?", "expected": [FOR, AGAINST]}
FILES = sorted((BROAD / "questions").glob("*.jsonl"))
ROWS = [json.loads(line) for file in FILES for line in file.read_text("utf-8").splitlines()]
AT_HAND = [file.stem for file in FILES if folder_of(file.stem, None)]


def answer_of(*quotes: str, made: Document = PIER, **fields: Any) -> Answer:
    cited = tuple(cite(made, quote, number) for number, quote in enumerate(quotes, 1))
    return replace(Answer("?", cited, (), 0.5), **fields)


def test_each_question_has_a_name_of_its_own_and_each_kind_is_asked() -> None:
    assert max(Counter(row["id"] for row in ROWS).values()) == 1
    assert max(Counter(row["question"].casefold() for row in ROWS).values()) == 1
    kinds = Counter(row["kind"] for row in ROWS)
    assert set(kinds) == set(KINDS)
    assert sum(kinds.values()) >= 110
    for row in ROWS:
        assert row["expected"], row["id"]
        assert ("count" in row) == (row["kind"] == "count"), row["id"]
        assert (len(row.get("sides", ())) >= 2) == (row["kind"] in KINDS[3:]), row["id"]
        assert row["kind"] != "list" or row["all"], row["id"]
        assert row["kind"] in row.get("kinds", [row["kind"]]), row["id"]
        assert {k.upper() for k in row.get("kinds", ())} <= set(QuestionKind.__members__)
        assert {w for group in row.get("all", ()) for w in group} <= {*row["expected"]}, row["id"]


@pytest.mark.parametrize("corpus", AT_HAND)
def test_what_is_expected_stands_where_it_is_said_to(corpus: str) -> None:
    folder = folder_of(corpus, None)
    assert folder is not None
    halves = (corpora(None, [corpus], closed=closed)[folder] for closed in (False, True))
    questions = [question for half in halves for question in half]
    documents = Index.load(folder).documents
    assert not misplaced(questions, documents)
    assert misplaced([replace(questions[0], wanted=("no such words",))], documents)


def test_about_half_of_the_questions_is_closed() -> None:
    open_half, closed = (
        {q.name for found in corpora(None, closed=half).values() for q in found}
        for half in (False, True)
    )
    assert not open_half & closed
    assert 0.4 <= len(closed) / len(open_half | closed) <= 0.6


def test_corpora_of_the_data_are_asked_where_it_is_at_hand() -> None:
    assert {"allotment", "articles", "harbour", "lumen", "talks"} <= set(AT_HAND)
    assert "contract" not in AT_HAND


def test_sides_are_right_where_each_is_quoted_and_apart_under_labels_of_their_own() -> None:
    question = BroadQuestion.of({**ROW, "sides": SIDES})
    one = broadly_judged(question, answer_of(FOR))
    assert (one.any, one.sides, one.apart, one.read) == (True, False, False, False)
    both = broadly_judged(question, answer_of(AGAINST, FOR))
    assert (both.sides, both.apart) == (True, False)
    groups = (CitationGroup("says no", (1,)), CitationGroup("says yes", (2,)))
    grouped = answer_of(AGAINST, FOR, groups=groups, kind=QuestionKind.VIEWPOINTS)
    result = broadly_judged(question, grouped)
    assert (result.sides, result.apart, result.read) == (True, True, True)
    together = answer_of(AGAINST, FOR, groups=(CitationGroup("both", (1, 2)),))
    assert not broadly_judged(question, together).apart
    elsewhere = document(f"{FOR} {AGAINST}\n", "other.txt")
    assert not broadly_judged(question, answer_of(FOR, AGAINST, made=elsewhere)).sides


def test_a_count_is_right_where_it_is_stated_or_that_many_are_quoted() -> None:
    row = {**ROW, "kind": "count", "count": 2, "all": [[FOR], [AGAINST]], "complete": False}
    question = BroadQuestion.of(row)
    assert broadly_judged(question, answer_of(FOR, AGAINST)).counted
    assert not broadly_judged(question, answer_of(FOR)).counted
    assert not broadly_judged(question, answer_of(FOR, "Nobody asked the gulls.")).counted
    assert not broadly_judged(question, answer_of(FOR, AGAINST, "Nobody asked")).counted
    listed = answer_of(f"{FOR} {AGAINST}")
    assert not broadly_judged(question, listed).counted
    quote = replace(listed.citations[0], members=PIER_SENTENCES)
    assert broadly_judged(question, replace(listed, citations=(quote,))).counted
    stated = BroadQuestion.of({**row, "stated": ["cheaper"]})
    assert broadly_judged(stated, answer_of(AGAINST)).counted


PIER_SENTENCES = tuple(cite(PIER, sentence, 1).parts[0] for sentence in (FOR, AGAINST))


def test_only_what_is_whole_and_can_be_is_complete() -> None:
    row = {**ROW, "kind": "list", "all": [[FOR], [AGAINST]]}
    rows_of_a_table = BroadQuestion.of({**row, "complete": True})
    whole = broadly_judged(rows_of_a_table, answer_of(FOR, AGAINST, complete=True))
    assert (whole.whole, whole.quoted, whole.complete, whole.falsely) == (True, 1.0, True, False)
    half = broadly_judged(rows_of_a_table, answer_of(FOR, complete=True))
    assert (half.whole, half.quoted, half.complete, half.falsely) == (False, 0.5, False, True)
    prose = BroadQuestion.of({**row, "complete": False})
    said = broadly_judged(prose, answer_of(FOR, AGAINST, complete=True))
    assert (said.complete, said.falsely) == (None, True)
    assert broadly_judged(BroadQuestion.of(row), answer_of(FOR)).falsely is None


def test_figures_are_of_the_questions_that_they_are_about() -> None:
    question = BroadQuestion.of({**ROW, "sides": SIDES})
    results = [broadly_judged(question, answer_of(*said)) for said in ((FOR,), (FOR, AGAINST))]
    sides = figure_of(results, "sides")
    assert sides is not None
    assert sides.value == 0.5
    assert figure_of(results, "counted") is None
    lines = list(table(results))
    assert any(line.startswith("| sides right (2) | 0.5000 |") for line in lines)
    assert any(line.startswith("| viewpoints | 2 | 1.00 |") for line in lines)
    shown = list(seen(question, answer_of(FOR)))
    assert any(line.startswith("  + ") and "pier.txt:1" in line for line in shown)
    assert any("side missed: 'Bruno" in line for line in shown)


def test_the_check_has_its_answers_where_it_says(tmp_path: Path, ibid_home: Path) -> None:
    for folder, questions in checks(tmp_path).items():
        assert not misplaced(questions, Index.load(folder).documents)
        assert {q.kind for q in questions} <= {"overview", "list", "count"}
    assert len(checks(tmp_path, ["museum"])) == 1
