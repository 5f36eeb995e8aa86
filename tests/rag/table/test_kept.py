"""Cells are found again after whatever ended the process, and never those of another state."""

from __future__ import annotations

from pathlib import Path

from index.generation import store
from rag.reader import FirstReader
from rag.table.kept import KeptCells
from tests.rag.table.test_cells import table

TABLE = table()
(COLUMN,) = TABLE.columns
BREAD, HARBOUR = TABLE.documents
EMPTY, FOUND = (row.cells[0] for row in TABLE.rows[:2])


def kept(folder: Path) -> KeptCells:
    made = KeptCells(folder)
    made.keep(COLUMN, HARBOUR, FOUND)
    made.keep(COLUMN, BREAD, EMPTY)
    return KeptCells(folder)


def test_what_was_kept_is_found(tmp_path: Path) -> None:
    found = kept(tmp_path)
    assert found.cell(COLUMN, HARBOUR) == FOUND
    assert found.cell(COLUMN, BREAD) == EMPTY
    assert KeptCells(tmp_path / "other").cell(COLUMN, BREAD) is None


def test_a_line_that_was_cut_off_is_filled_again(tmp_path: Path) -> None:
    """Wherever it was cut off: the other line stands, and what is kept next does too."""
    kept(tmp_path)
    file = tmp_path / "cells.jsonl"
    whole = file.read_bytes()
    for end in range(len(whole) - 2, len(whole) // 2, -97):
        file.write_bytes(whole[:end])
        again = KeptCells(tmp_path)
        assert again.cell(COLUMN, HARBOUR) in (FOUND, None)
        assert again.cell(COLUMN, BREAD) is None
        again.keep(COLUMN, BREAD, EMPTY)
        assert KeptCells(tmp_path).cell(COLUMN, BREAD) == EMPTY


def test_what_was_changed_by_hand_is_filled_again(tmp_path: Path) -> None:
    kept(tmp_path)
    file = tmp_path / "cells.jsonl"
    file.write_bytes(file.read_bytes().replace(b"dredged", b"drained"))
    assert KeptCells(tmp_path).cell(COLUMN, HARBOUR) is None


def test_another_state_of_the_index_has_its_own(
    opened: store.SavedGeneration, ibid_home: Path
) -> None:
    reader = FirstReader.shipped()
    KeptCells.of(opened, reader).keep(COLUMN, HARBOUR, FOUND)
    assert KeptCells.of(opened, reader).cell(COLUMN, HARBOUR) == FOUND
    later = opened._replace(revision=b"later")
    assert KeptCells.of(later, reader).cell(COLUMN, HARBOUR) is None
    assert KeptCells.of(opened, reader).cell(COLUMN, HARBOUR) is None  # that was deleted
