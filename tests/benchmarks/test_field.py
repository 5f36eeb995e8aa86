"""The questions over real documents have their answers there; right is told from wrong."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import field
from benchmarks.field import ASKED, FieldQuestion, Result, corpora, figures, in_conversation, judged
from index.generation import store
from index.language.alphanumerics import letters
from index.library.index import Index
from index.types import Document
from rag.answers import Answer
from rag.engine import Engine
from rag.reader.first import FirstReader
from tests.doubles import document
from tests.ui.handmade import cite

FACT, OTHER = "The pier of Tarn was closed in May.", "It opens again in June."
PIER = document(f"{FACT} {OTHER}\n", "pier.txt")
ROW = {"id": "a-1", "kind": "fact", "question": "when was it closed", "expected": ["closed in May"]}
CORPORA = {path.name: questions for path, questions in corpora(None).items()}


def answer_of(*quotes: str, made: Document = PIER) -> Answer:
    scored = [replace(cite(made, q, n), score=9.0 - n) for n, q in enumerate(quotes, 1)]
    return Answer("?", tuple(scored), (), 0.5)


@pytest.mark.parametrize("folder", [p for p in ASKED.iterdir() if p.is_dir()], ids=lambda p: p.name)
def test_fifty_questions_and_their_answers_stand_in_the_documents(folder: Path) -> None:
    rows = list(map(json.loads, (folder / "questions.jsonl").read_text("utf-8").splitlines()))
    kinds = Counter("list" if r["kind"] == "procedure" else r["kind"] for r in rows)
    assert kinds == {"list": 15, "nearmiss": 10, "paraphrase": 15, "followup": 10}
    texts = {d.source: letters(d.text) for d in Index.load(folder / "docs").documents}
    for question in map(FieldQuestion.of, rows):
        members = [word for group in question.members for word in group]
        for wanted in (*(question.wanted or ()), *members):
            assert any(letters(wanted) in text for text in texts.values()), wanted
        assert (question.kind == "nearmiss") == (question.wanted is None)
        assert bool(question.history) == (question.kind == "followup")


def test_half_of_the_questions_are_closed() -> None:
    closed = {path.name: found for path, found in corpora(None, closed=True).items()}
    assert set(closed) == set(CORPORA) == {"incidents", "recipes", "rules", "talks"}
    for name, found in closed.items():
        assert not {q.name for q in found} & {q.name for q in CORPORA[name]}
        assert len(found) + len(CORPORA[name]) == 50
        assert 20 <= len(found) <= 30


def test_an_answer_is_right_where_the_words_stand_in_a_quotation() -> None:
    question = FieldQuestion.of(ROW)
    first = judged(question, answer_of(FACT, OTHER))
    assert (first.first, first.best, first.any, first.quotations) == (True, True, True, 2)
    second = judged(question, answer_of(OTHER, FACT))
    assert (second.first, second.best, second.any) == (False, False, True)
    other = judged(replace(question, source="other.txt"), answer_of(FACT))
    assert not other.any
    nothing = judged(question, Answer("?", (), (), 0.1))
    assert {nothing.first, nothing.any, nothing.answered} == {False}
    assert judged(replace(question, wanted=("any",)), answer_of(OTHER)).first
    near = judged(FieldQuestion.of({**ROW, "expected": "none"}), answer_of(FACT))
    assert not near.answerable
    assert near.answered
    assert not near.any


def test_a_list_is_whole_where_each_member_is_quoted() -> None:
    question = FieldQuestion.of({**ROW, "all": [["closed in May"], ["in July", "in June"]]})
    assert judged(question, answer_of(FACT, OTHER)).whole
    assert judged(question, answer_of(f"{FACT} {OTHER}")).whole
    assert not judged(question, answer_of(FACT)).whole
    assert not judged(FieldQuestion.of(ROW), answer_of(FACT)).listed


def test_figures_are_shares_of_what_they_are_of() -> None:
    right = Result("fact", True, True, True, True, True, True, 1, False, False)
    missed = replace(right, answered=False, first=False, best=False, any=False, quotations=0)
    near = replace(missed, kind="nearmiss", answerable=False, answered=True)
    found = figures({"a": right, "b": missed, "c": near})
    assert found["first shown right"].value == 0.5
    assert found["abstained wrongly"].value == 0.5
    assert found["near misses answered"].value == 1.0
    assert found["quotations an answer"].value == 1.0
    assert "lists whole" not in found
    lines = list(field.paired({"a": missed, "b": missed}, {"a": right, "b": missed, "c": near}))
    assert "2 questions in pairs" in lines
    assert any(line.startswith("| first, answerable | 0.5000 |") for line in lines)
    assert any(
        "| fact | 2 | 1 | 1 |" in line for line in field.table({"a": right, "b": missed}, [])
    )


def test_follow_ups_and_conversations_are_asked_in_turn(index_path: Path) -> None:
    opened = store.open_index(index_path)
    engine = Engine(opened.retriever, FirstReader.shipped(), opened.documents, abstain=-1.0)
    text = "How tall is the lighthouse?"
    plain = FieldQuestion.of({**ROW, "question": text, "expected": ["any"]})
    follow_up = replace(plain, name="a-2", history=("What is the mole?",), full=text)
    results = {q.name: field.asked(engine, q) for q in (plain, follow_up)}
    assert [r.full for r in results.values()] == [None, True]
    assert in_conversation(engine, [plain, follow_up], results) == [(False, False)]
