"""The public sets: what is marked in the file is marked in the documents, and no heading tells."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from training.public import FAQ, SETS, faq, points_elsewhere, read_sets

ROW = {
    "id": "a1", "question": "I moved in May. Who pays the deposit?", "title": "Deposits",
    "passage": "It rains. The landlord pays it back.", "answers": [[10, 36]], "group": "g",
    "short_question": "Who pays the deposit?",
}  # fmt: skip
TEXT = (
    "About us\nWe bake.\n\nWhen are you open?\nDaily from 7.\nNot on feasts.\n\nWhy rye?\nIt keeps."
)


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def _span(words: str) -> list[int]:
    at = TEXT.index(words)
    return [at, at + len(words)]


def _faq(folder: Path) -> Path:
    _write(folder / "docs.jsonl.gz", [
        {"doc": "d", "title": "Bakery", "text": TEXT, "repo": "a/b", "path": "faq.md"}
    ])  # fmt: skip
    asked = [
        ("q1", "When are you open?", "Daily from 7.\nNot on feasts.", False),
        ("q2", "Why rye?", "It keeps.", True),
    ]
    _write(folder / "questions.jsonl.gz", [
        {
            "id": name, "doc": "d", "question": question, "question_span": _span(question),
            "direct_span": _span(answer), "needs_title": bare,
        }
        for name, question, answer, bare in asked
    ])  # fmt: skip
    best = [{"id": "q1", "answers": True, "best": [_span("Daily from 7.")]}]
    _write(folder / "labelled.jsonl.gz", best)
    return folder


def test_a_story_is_asked_and_also_left_out(tmp_path: Path) -> None:
    for part in SETS:
        _write(tmp_path / "qa" / f"{part.name}.jsonl.gz", [{**ROW, "grain": "section"}])
    _faq(tmp_path / "faq")
    first, *_, last = read_sets(tmp_path)
    assert {q.text for q in first.questions} == {ROW["question"], ROW["short_question"]}
    (document,) = first.documents
    for question in first.questions:
        ((name, span),) = question.gold
        assert (name, document.cut(span)) == (document.id, "The landlord pays it back.")
        assert question.blocks
    assert last.name == "faq"


def test_texts_in_a_file_of_their_own_are_found(tmp_path: Path) -> None:
    row = {k: v for k, v in ROW.items() if k != "passage"} | {"doc": "x"}
    for part in SETS:
        _write(tmp_path / "qa" / f"{part.name}.jsonl.gz", [row])
        _write(tmp_path / "qa" / f"{part.name}.docs.jsonl.gz", [
            {"doc": "x", "title": "Deposits", "text": ROW["passage"]}
        ])  # fmt: skip
    _faq(tmp_path / "faq")
    blocks = {}
    for read in read_sets(tmp_path):
        if read.name != FAQ:
            (document,), question = read.documents, read.questions[0]
            assert [document.cut(s) for _, s in question.gold] == ["The landlord pays it back."]
            blocks[read.name] = question.blocks
    assert (blocks["conditionalqa_train_pseudo"], blocks["tatqa"]) == (True, False)


def test_no_asked_heading_stays_on_a_page_and_what_is_marked_stands_where_it_stood(
    tmp_path: Path,
) -> None:
    part = faq(_faq(tmp_path))
    (document,) = part.documents
    assert "open?" not in document.text
    assert "rye?" not in document.text
    assert document.text.startswith("About us")
    opened, why = part.questions
    assert [document.cut(s) for _, s in opened.gold] == ["Daily from 7."]
    assert not opened.blocks  # marked by hand
    assert [document.cut(s) for _, s in why.gold] == ["It keeps."]
    assert why.blocks
    assert why.text == "Bakery: Why rye?"


def test_a_group_is_held_out_with_all_its_questions(tmp_path: Path) -> None:
    part = faq(_faq(tmp_path))
    assert len({part.holds_out(q) for q in part.questions}) == 1


def test_a_question_that_points_to_its_page_is_asked_behind_its_title() -> None:
    assert points_elsewhere("How do I fix it?")
    assert points_elsewhere("Why?")
    assert not points_elsewhere("How do I fix a leaking tap?")


def test_what_a_text_seems_to_answer_is_not_asked_as_unanswered(tmp_path: Path) -> None:
    row = {**ROW, "answers": [], "grain": "section"}
    near = {**row, "id": "a2", "question": "Does the landlord pay it back?"}
    del near["short_question"]
    for part in SETS:
        _write(tmp_path / "qa" / f"{part.name}.jsonl.gz", [row, near])
    _faq(tmp_path / "faq")
    asked = {part.name: {q.text for q in part.questions} for part in read_sets(tmp_path)}
    assert near["question"] not in asked["feedbackqa"]
    assert asked["feedbackqa"]
    assert near["question"] in asked["fairytaleqa"]
    assert asked["boolq_eraser"] == set()
