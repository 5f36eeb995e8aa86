"""Feedback as questions: what is written can be asked, and asks for what was judged."""

from __future__ import annotations

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, strategies as st

from index.errors import QuestionError, StorageError
from index.storage import cache
from rag.answers import Answer
from rag.citations import Citation
from rag.evaluation.feedback import LONGEST, feedback_file, record
from rag.evaluation.judgement import Outcome
from rag.evaluation.questions import read_questions
from rag.evaluation.report import examine
from tests.doubles import document
from tests.scripted import LAMP, TALL, WORLD, Script, scripted
from tests.strategies import answers

QUESTION = "How tall is it?"
SAID: Script = {QUESTION: [(TALL, 0.9)]}
SAID_OTHER: Script = {QUESTION: [(LAMP, 0.9)]}
SILENT: Script = {QUESTION: [(TALL, 0.2)]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "feedback.jsonl"


def judged(script: Script, right: bool, file: Path, note: str = "") -> dict[str, Any]:
    """What is written of an answer, without what changes from day to day."""
    case = record(scripted(script, WORLD).ask(QUESTION), right, note, file)
    return {k: v for k, v in case.items() if k not in ("id", "date", "note", "question", "judged")}


def again(file: Path, script: Script) -> list[Outcome]:
    """What becomes of the cases when they are asked of an engine that follows the script."""
    report = examine(scripted(script, WORLD), read_questions(file))
    return [j.outcome for j in report.judgements]


def test_a_right_answer(file: Path) -> None:
    assert judged(SAID, True, file) == {"expected": [TALL]}
    assert again(file, SAID) == [Outcome.RIGHT_BEST]
    assert again(file, SAID_OTHER) == [Outcome.WRONG]


def test_a_right_abstention(file: Path) -> None:
    assert judged(SILENT, True, file) == {"expected": "none"}
    assert again(file, SILENT) == [Outcome.ABSTAINED_RIGHTLY]
    assert again(file, SAID) == [Outcome.ANSWERED_WRONGLY]


def test_a_wrong_answer(file: Path) -> None:
    assert judged(SAID, False, file, "too old") == {"unexpected": [TALL]}
    assert again(file, SAID) == [Outcome.UNMET]
    assert again(file, SAID_OTHER) == again(file, SILENT) == [Outcome.MET]


def test_a_wrong_abstention(file: Path) -> None:
    assert judged(SILENT, False, file) == {"expected": "any"}
    assert again(file, SILENT) == [Outcome.UNMET]
    assert again(file, SAID) == [Outcome.MET]


def test_a_note_that_is_a_quote_is_expected(file: Path) -> None:
    note = "its lamp was\nelectrified in 1923"
    assert judged(SAID, False, file, note) == {"expected": note, "unexpected": [TALL]}
    assert judged(SILENT, False, file, note) == {"expected": note}
    assert again(file, SAID_OTHER) == [Outcome.RIGHT_BEST] * 2
    assert again(file, SAID) == [Outcome.WRONG] * 2


@pytest.mark.parametrize("note", ["", "eels", "at night", "no such words here", "… — ! ?", TALL])
def test_other_notes_are_notes(file: Path, note: str) -> None:
    assert judged(SAID, False, file, note) == {"unexpected": [TALL]}


def test_a_quote_of_a_document_that_was_not_found(file: Path) -> None:
    answer = scripted(SAID, WORLD[:1]).ask(QUESTION)
    note = "Rye bread needs a sour starter"
    assert "expected" not in record(answer, False, note, file)
    assert record(answer, False, note, file, documents=WORLD)["expected"] == note


def test_what_is_written(file: Path) -> None:
    answer = replace(scripted(SAID, WORLD).ask(QUESTION), asked_as="How tall is the lighthouse?")
    case = record(answer, True, " yes\u2028\n\ud800 ", file)
    assert json.loads(file.read_bytes()) == case
    assert case["question"] == "How tall is the lighthouse?"
    assert (case["note"], case["judged"]) == ("yes\u2028\n\ud800", "right")
    assert case["date"].endswith("+00:00")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert record(answer, False, "x" * 10_000, file)["note"] == "x" * LONGEST
    assert len({q.id for q in read_questions(file)}) == 2


def test_many_threads_write_whole_lines(file: Path) -> None:
    answer = scripted(SAID, WORLD).ask(QUESTION)
    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(record, answer, True, "x" * 1500, file) for _ in range(24)]
    cases = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert {c["id"] for c in cases} == {d.result()["id"] for d in done}


def test_a_line_that_was_left_open_is_closed(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"question": "Why?", "expected": "none"}', "utf-8")
    judged(SAID, True, file)
    assert len(read_questions(file)) == 2


def test_a_full_disk_leaves_no_half_line(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(SAID, True, file)
    before = file.read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, line: write(handle, line[:9]))
    with pytest.raises(StorageError, match="the disk is full"):
        judged(SAID, True, file)
    assert file.read_bytes() == before


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot write the feedback to"):
        judged(SAID, True, tmp_path)


def test_quotations_without_a_word(file: Path) -> None:
    made = document("eels … swim")
    answer = Answer("Why?", (Citation(made, 5, 6, None, 1.0, 1),), (), 0.9)
    with pytest.raises(QuestionError, match="no word in these quotations"):
        record(answer, True, "", file)
    assert not file.exists()


def test_the_default_place_is_spared_by_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path))
    file = feedback_file()
    assert file == tmp_path / "feedback.jsonl"
    judged(SAID, True, file)
    cache.clear()
    assert len(read_questions(file)) == 1


@pytest.mark.slow
@given(answers(), st.booleans(), st.text(max_size=30))
def test_what_is_written_of_any_answer_can_be_asked(answer: Answer, right: bool, note: str) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "any.jsonl")
        try:
            case = record(answer, right, note, file)
        except QuestionError:
            return
        (question,) = read_questions(file)
    assert question.text == case["question"]
