"""What is new since the last brief: sentences that could not be quoted then."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import QuestionError
from index.generation.store import SavedGeneration, open_index
from index.library.index import Index
from index.storage import cache
from rag.brief import SeenBefore, first_day
from rag.brief.seen import FILE

ADDED = "The ferry to Brell does not run on Sundays in winter."


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))


def new_in(generation: SavedGeneration) -> list[str]:
    seen, table = SeenBefore.of(generation), generation.retriever.passages
    passages = [table[row] for row in range(len(table))]
    return [
        passage.document.cut(sentence.span)
        for passage in passages
        for at, sentence in enumerate(passage.sentences)
        if not seen.has(passage, at)
    ]


@pytest.fixture
def folder(world: Path, tmp_path: Path, fast_build: None) -> Path:
    Index(tmp_path / "index").update(world)
    return world


def again(tmp_path: Path) -> SavedGeneration:
    Index(tmp_path / "index").update()
    return open_index(tmp_path / "index")


def test_at_first_nothing_is_new(folder: Path, tmp_path: Path) -> None:
    assert new_in(open_index(tmp_path / "index")) == []


def test_of_a_file_that_was_changed_only_what_is_added_is_new(folder: Path, tmp_path: Path) -> None:
    new_in(open_index(tmp_path / "index"))
    file = next(folder.glob("*.md"), None) or next(folder.glob("*.txt"))
    file.write_text(f"{file.read_text('utf-8')}\n\n{ADDED}\n", "utf-8")
    opened = again(tmp_path)
    assert new_in(opened) == [ADDED]
    assert new_in(opened) == [ADDED]  # the same documents, the same brief
    (folder / "more.txt").write_text("Bread is baked in the old mill again.\n", "utf-8")
    assert new_in(again(tmp_path)) == ["Bread is baked in the old mill again."]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"state": 1}', b'{"state":"x","before":7}'])
def test_what_cannot_be_read_is_as_if_there_was_none(
    folder: Path, tmp_path: Path, damage: bytes
) -> None:
    opened = open_index(tmp_path / "index")
    new_in(opened)
    (cache.brief_folder(cache.index_name(opened.path)) / FILE).write_bytes(damage)
    assert new_in(opened) == []
    assert new_in(opened) == []


def test_a_day_is_named_as_iso_does() -> None:
    assert first_day(" 2026-05-31 ").isoformat() == "2026-05-31T00:00:00+00:00"
    for said in ("yesterday", "2026-13-01", "31.5.2026", ""):
        with pytest.raises(QuestionError, match="is no day"):
            first_day(said)
