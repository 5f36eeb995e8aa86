"""Tables, read back from their lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from index import Passage, Span
from index.types import Document, Sentence, text_id
from rag import Engine
from rag.compose.tables import RowTable, tables_of
from tests.office import write_office

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=12)


def passage_of(lines: list[str]) -> Passage:
    """A passage whose sentences are these lines, all of them rows."""
    text = "\n".join(lines)
    document = Document(text_id(text), text, "t", "t.csv", {})
    sentences, at = [], 0
    for line in lines:
        sentences.append(Sentence(at, at + len(line), role="row"))
        at += len(line) + 1
    return Passage(document, 0, len(text), tuple(sentences))


def tables(*lines: str) -> list[RowTable]:
    return list(tables_of([passage_of(list(lines))]))


def test_a_row_is_labels_and_values() -> None:
    (table,) = tables("project: Orion; lead: Mei", "project: Heron; lead: Anna; note: a; b")
    assert table.labels == ("project", "lead", "note")
    cut = table.document.cut
    assert [[cut(c.span) for c in row.cells] for row in table.rows] == [
        ["Orion", "Mei"],
        ["Heron", "Anna", "a; b"],
    ]
    assert table.rows[1].value("lead") == table.rows[1].cells[1]
    assert table.rows[0].value("note") is None
    assert table.rows[0].said["lead"] == {"mei"}


def test_what_names_a_row_is_a_cell_without_a_label() -> None:
    (table,) = tables(
        "Norway > capital: Oslo; coast: long", "Malta > capital: Valletta; coast: short"
    )
    assert [table.document.cut(row.cells[0].span) for row in table.rows] == ["Norway", "Malta"]
    assert table.labels == ("", "capital", "coast")


def test_rows_without_a_label_in_common_are_of_two_tables() -> None:
    found = tables("a: 1; b: 2", "a: 3; b: 4", "c: 5; d: 6", "c: 7", "no label here")
    assert [table.labels for table in found] == [("a", "b"), ("c", "d")]
    assert tables("a: 1; b: 2") == []


@given(st.lists(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4), min_size=1, max_size=5))
def test_each_cell_lies_in_its_row(grid: list[list[tuple[str, str]]]) -> None:
    lines = ["; ".join(f"{label}: {value}" for label, value in row) or "x" for row in grid]
    for table in tables(*(line or "x" for line in lines)):
        for row in table.rows:
            spans = [cell.span for cell in row.cells]
            assert spans == sorted(spans)
            for cell in row.cells:
                assert row.sentence.start <= cell.span.start < cell.span.end <= row.sentence.end
                assert Span(*cell.span)
                assert table.document.cut(cell.span)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, ibid_home: Path) -> Engine:
    return Engine.open(write_office(tmp_path_factory.mktemp("office")))


def test_a_file_of_rows_is_one_table_over_all_its_passages(office: Engine) -> None:
    document = next(d for d in office.documents if d.source == "projects.csv")
    passages = office.retriever.passages.of_document(document.id)  # type: ignore[attr-defined]
    assert len(passages) > 1
    (table,) = tables_of(passages)
    assert len(table.rows) == 8
    assert table.labels == ("project", "lead", "status", "budget", "start")
