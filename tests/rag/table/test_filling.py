"""A table is what the single questions give, whatever was done once for all of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from index import Failure, QuestionError, Why
from index.generation import store
from rag.answers import Answer
from rag.engine import Engine
from rag.query import AskedQuestion
from rag.reader import FirstReader
from rag.readings import Reading
from rag.table import filling
from rag.table.columns import columns_of
from rag.table.filling import NOTHING_READABLE, fill, fill_rows, tabulate

COLUMNS = columns_of(
    [
        "[date] When was the harbour dredged?",
        "[amount] How tall is the lighthouse?",
        "Who sells rye bread on Saturdays?",
        "[yes/no] Do eels return to the harbour?",
        "What do zebras eat?",
    ]
)


@pytest.fixture
def engine(opened: store.SavedGeneration) -> Engine:
    reader = FirstReader.shipped()
    return Engine(opened.retriever, reader, opened.documents, opened.failures, generation=opened)


def said(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(answer.to_dict()))
    return told


def test_each_cell_is_what_the_single_question_gives(engine: Engine) -> None:
    table = fill(engine, COLUMNS)
    assert [row.source for row in table.rows] == ["eels.md", "harbour.txt", "nested/bread.txt"]
    for row in table.rows:
        assert row.document is not None
        for column, cell in zip(COLUMNS, row.cells, strict=True):
            alone = engine.within({row.document.id}).ask(column.question)
            assert said(cell.answer) == said(alone)
    assert any(answer.citations for answer in table.answers)


def test_what_was_filled_is_not_asked_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = fill(engine, COLUMNS[:3])
    asked: list[str] = []
    plain = Engine.ask

    def ask(self: Engine, question: str, **how: Any) -> Answer:
        asked.append(question)
        return plain(self, question, **how)

    monkeypatch.setattr(Engine, "ask", ask)
    again = fill(engine, COLUMNS)
    assert sorted(set(asked)) == sorted(column.question for column in COLUMNS[3:])
    assert [row.cells[:3] for row in again.rows] == [row.cells for row in first.rows]
    assert fill(engine, COLUMNS).to_dict() == again.to_dict()


def test_a_table_that_is_left_goes_on_where_it_was(engine: Engine) -> None:
    rows = fill_rows(engine, COLUMNS)
    first = next(rows)
    rows.close()
    assert next(fill_rows(engine, COLUMNS)) == first


class Counting(FirstReader):
    """Remembers which questions it was handed."""

    handed: list[AskedQuestion]

    def read(self, question: AskedQuestion, hits: Sequence[Any]) -> list[Reading]:
        self.handed.append(question)
        return super().read(question, hits)


def test_a_question_is_analysed_and_encoded_once(opened: store.SavedGeneration) -> None:
    shipped = FirstReader.shipped()
    reader = Counting(
        shipped.ranker, shipped.answerable, abstain=shipped.abstain, keep=shipped.keep
    )
    reader.handed = []
    engine = Engine(opened.retriever, reader, opened.documents)
    fill(engine, COLUMNS)
    assert len(reader.handed) >= len(COLUMNS) * len(opened.documents)
    ids = {
        id(question)
        for question in reader.handed
        if question.text in {column.question for column in COLUMNS}
    }
    assert len(ids) == len(COLUMNS)
    assert all(column.asked._vectors for column in COLUMNS)


def test_files_that_were_not_read_are_rows(opened: store.SavedGeneration) -> None:
    failures = (
        Failure("scan.pdf", "scan.pdf: no text is in it", why=Why.EMPTY),
        Failure("eels.md", "eels.md: a table is not read", partly=True),
        Failure("photo.png", "photo.png: a picture", why=Why.FORMAT),
    )
    engine = Engine(opened.retriever, FirstReader.shipped(), opened.documents, failures)
    rows = {row.source: row for row in fill(engine, COLUMNS).rows}
    assert "photo.png" not in rows
    assert rows["scan.pdf"].cells == ()
    assert rows["scan.pdf"].unread == "scan.pdf: no text is in it"
    assert len(rows["eels.md"].cells) == len(COLUMNS)
    assert rows["eels.md"].unread == "eels.md: a table is not read"
    assert rows["harbour.txt"].unread == ""


def test_a_document_of_which_nothing_can_be_quoted(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = engine.passage_counts
    del counts[engine.documents[0].id]
    monkeypatch.setattr(Engine, "passage_counts", property(lambda self: counts))
    row = next(r for r in fill(engine, COLUMNS).rows if r.document == engine.documents[0])
    assert (row.cells, row.unread) == ((), NOTHING_READABLE)


def test_progress_counts_cells(engine: Engine) -> None:
    heard: list[tuple[str, int, int]] = []
    fill(engine, COLUMNS, progress=lambda *told: heard.append(told))
    assert heard == [("asking", done, 15) for done in (5, 10, 15)]


def test_too_large_a_table_is_refused(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "MOST_CELLS", 14)
    with pytest.raises(QuestionError, match="5 questions of 3 documents are 15 cells"):
        fill(engine, COLUMNS)


def test_tabulate_takes_a_file_or_questions(
    index_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    monkeypatch.setattr(Engine, "open", lambda *_, **__: engine)
    file = tmp_path / "questions.txt"
    file.write_text("[date] When was the harbour dredged?\n", "utf-8")
    by_file = tabulate(file, documents=index_path)
    assert by_file == tabulate(["[date] When was the harbour dredged?"], documents=index_path)
