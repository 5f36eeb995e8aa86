"""What is told over HTTP of an index: all of its state, and nothing of where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.errors import UnreadableDocument
from index.library.index import Index
from tests.ui.page.browser import MARKS
from tests.ui.served import CannedEngine
from ui.server.chat import Chat
from ui.server.dropped import NoRoom
from ui.server.status import status_of
from ui.server.views import Drawn
from ui.show.status import status_fields

pytestmark = MARKS[1:]
TOKEN = "t" * 32
WORDS = "The pie is baked for forty minutes. It is eaten warm."
ODD = ("2019 (old)/lease.txt", "a,/b.txt", "my folder /x.txt", "O'Neil /b.txt", "a:/b.txt")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a path without its first words would still say much."""
    folder = tmp_path / "hr salaries" / "2024"
    for name in ODD:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(WORDS + name, "utf-8")
        (folder / name).with_name("empty.txt").write_text("", "utf-8")
    return folder


@pytest.fixture
def path(folder: Path, fast_build: None) -> Path:
    Index(folder.parent / "an index.ibid").update(folder)
    return folder.parent / "an index.ibid"


def test_a_relative_name_is_told_as_it_is(path: Path) -> None:
    told, all_of_it = status_of(path), status_fields(Index(path).status())
    placed = {"path", "roots"}
    assert {k: v for k, v in told.items() if k not in placed} == {
        k: v for k, v in all_of_it.items() if k not in placed
    }
    assert {one["source"] for one in told["files"] if one["documents"]} == {*ODD}
    assert len(told["failures"]) == len(ODD)


def test_of_an_absolute_path_only_the_name_is_told(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert status_of(path)["path"] == "an index.ibid"
    assert status_of(path)["roots"] == ["2024"]
    monkeypatch.chdir(path.parent)
    assert status_of(Path(path.name))["path"] == "an index.ibid"
    folder.rename(folder.with_name("elsewhere"))
    told = status_of(path)
    assert told["waiting"] is None
    assert told["unreachable"].startswith("2024: ")
    assert "salaries" not in str(told)


def test_a_model_of_a_folder_is_told_by_its_name(
    path: Path, tmp_path: Path, fast_build: None
) -> None:
    model = tmp_path / "our models" / "small"
    model.mkdir(parents=True)
    Index(path).rebuild(model=str(model))
    assert status_of(path)["model"] == "small"


def test_what_a_rule_passes_over_is_counted_and_not_named(path: Path, folder: Path) -> None:
    (folder / ".gitignore").write_text("secret*\n", "utf-8")
    (folder / "secret-plan.txt").write_text(WORDS, "utf-8")
    Index(path).update()
    Index(path).remove("a,/b.txt")
    told = status_of(path)
    assert told["unread"] == {"empty": 5, "ignored": 1, "taken out": 1}
    assert {one["why"] for one in told["failures"]} == {"empty"}
    assert "secret" not in str(told)
    assert "a,/b.txt" not in str(told)


def test_what_a_tab_sent_and_was_refused_is_not_read_here_and_there(fast_build: None) -> None:
    chat = Chat(CannedEngine((), ()))
    session = chat.sessions.of(TOKEN)
    session.files.add("good.txt", WORDS.encode())
    session.files.refuse("bad.pdf", UnreadableDocument("bad.pdf: no PDF; save it again"))
    session.files.refuse("c.doc", UnreadableDocument("c.doc: save it as .docx"))
    session.take()
    told: dict[str, Any] = chat.status(TOKEN)
    assert told["unread"] == {".doc": 1, "unreadable": 1}
    assert [one["source"] for one in told["failures"]] == ["bad.pdf"]
    shown = Drawn("home").library(session)
    assert "1 read, 2 not read" in shown


def test_a_file_without_room_is_not_one_that_cannot_be_read() -> None:
    files = Chat(CannedEngine((), ())).sessions.of(TOKEN).files
    files.refuse("late.txt", NoRoom("late.txt: there are 20 files; remove one first"))
    assert files.refused == {}
