"""Held-out pages as folders: what answers a near miss is gone, all else stands there."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, strategies as st

from benchmarks.field import FieldQuestion
from benchmarks.kit.sets import Question, page
from index.types import Span
from training.held_out import without, write_corpus
from training.questions import TrainingSet


def _set(pages: int = 60) -> TrainingSet:
    documents, questions = [], []
    for number in range(pages):
        said = [
            f"Ferry {number} carries {load} to pier {load}." for load in ("coal", "corn", "sand")
        ]
        document = page("\n\n".join(said), f"{number}")
        documents.append(document)
        for sentence, load in zip(said, ("coal", "corn", "sand"), strict=True):
            start = document.text.index(sentence)
            gold = ((document.id, Span(start, start + len(sentence))),)
            asked = f"Where does ferry {number} take {load}?"
            questions.append(Question(asked, gold, f"{number}", document.id))
    return TrainingSet("made", documents, questions, by_group=True)


def test_a_near_miss_has_lost_its_answer_and_its_neighbours_have_not(tmp_path: Path) -> None:
    part = _set()
    rows = write_corpus(part, tmp_path)
    assert rows == [
        json.loads(line) for line in (tmp_path / "questions.jsonl").read_text("utf-8").splitlines()
    ]
    texts = {f.name: f.read_text("utf-8") for f in (tmp_path / "docs").iterdir()}
    by_text = {q.text: q for q in part.questions}
    documents = {d.id: d for d in part.documents}
    assert {row["kind"] for row in rows} == {"marked", "nearmiss"}
    for row in rows:
        question = by_text[row["question"]]
        assert part.holds_out(question)
        assert not part.calibrates(question)
        answer = documents[question.about].cut(question.gold[0][1])
        if FieldQuestion.of(row).wanted is None:
            assert not any(answer in text for text in texts.values())
        else:
            assert row["expected"] == [answer]
            assert answer in texts[row["source"]]


@given(st.text(min_size=1), st.data())
def test_what_is_cut_is_cut_and_nothing_else(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    left = without(text, [Span(start, end)])
    assert left == text[:start].rstrip(" ") + text[end:]
    assert without(text, []) == text
