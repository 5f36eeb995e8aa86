"""Several folders, asked together without an index of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import DocumentError
from index.library.index import Index
from index.storage import cache
from rag import Engine, ask
from rag.proof import read_documents
from tests.ui.test_cli import ibid, one_line


@pytest.fixture
def birds(world: Path, tmp_path: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder beside the world."""
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    cache._usable.cache_clear()
    folder = tmp_path / "birds"
    folder.mkdir()
    (folder / "herons.txt").write_text("Herons wait at the weir.\n")
    (folder / "stork.png").write_bytes(b"x")
    return folder


EVERY = ["birds/herons.txt", "world/eels.md", "world/harbour.txt", "world/nested/bread.txt"]


def test_all_folders_are_asked_in_whatever_order_they_are_given(birds: Path, world: Path) -> None:
    for given in ([birds, world], [world, birds, world]):
        assert [d.source for d in Engine.open(given).documents] == EVERY
        assert [d.source for d in read_documents(given).documents] == EVERY
    assert len(list((cache.home() / "indexes").iterdir())) == 1
    assert [d.source for d in Engine.open([world]).documents] == [
        "eels.md",
        "harbour.txt",
        "nested/bread.txt",
    ]


def test_a_change_in_any_of_them_is_seen(birds: Path, world: Path) -> None:
    before = ask("Who waits at the weir?", documents=[world, birds])
    (birds / "herons.txt").write_text("Storks nest on the chimney of the brewery.\n")
    after = ask("Who waits at the weir?", documents=[world, birds])
    assert before.hits != after.hits
    assert any("Storks" in hit.passage.text for hit in after.hits)


def test_the_command_takes_them_all(birds: Path, world: Path, tmp_path: Path) -> None:
    both = ["-d", str(world), "--documents", str(birds)]
    asked = ibid("ask", "Who waits at the weir?", *both, "--json")
    answer = json.loads(asked.stdout)
    shown = [*answer["citations"], *answer["closest"]]
    assert {c["source"].partition("/")[0] for c in shown} <= {"world", "birds"}
    (tmp_path / "answer.json").write_text(asked.stdout)
    verified = ibid("verify", str(tmp_path / "answer.json"), *both)
    assert "missing" not in verified.stdout
    status = ibid("status", str(birds), str(world), "--files")
    assert "     1  birds/herons.txt" in status.stdout.splitlines()
    assert "  birds/stork.png: not of a format that Ibid reads" in status.stdout


def test_an_index_is_asked_alone(birds: Path, world: Path, tmp_path: Path) -> None:
    Index(tmp_path / "own").update(world)
    with pytest.raises(DocumentError, match="ibid index PATH PATH --into DIR"):
        Engine.open([birds, tmp_path / "own"])
    refused = ibid("ask", "Who?", "-d", str(birds), "-d", str(tmp_path / "own"))
    assert refused.exit_code == 1
    assert "which is asked alone" in one_line(refused)


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "Who?", "--max-sentences", "2", "--max-sentences", "3"],
        ["index", "world", "--into", "a", "--into", "b"],
        ["index", "world", "--into", "a", "--model", "a", "--model=b"],
        ["index", "world", "--into", "a", "--text-field", "a", "--text-field", "b"],
        ["remove", "a", "--from", "a", "--from", "b"],
        ["eval", "q.jsonl", "--report", "a", "--report", "b"],
        ["chat", "--terminal", "--port", "1", "--port", "2"],
    ],
)
def test_an_option_of_which_one_would_be_lost_is_refused(arguments: list[str]) -> None:
    refused = ibid(*arguments)
    assert refused.exit_code == 2
    assert "is given twice; give one" in refused.stderr


def test_an_abstention_says_what_was_not_looked_in(birds: Path) -> None:
    (birds / ".hidden").write_text("x")
    (birds / "empty.txt").write_text("")
    answer = ask("Who was the king of Spain in 1700?", documents=birds)
    assert not answer
    assert answer.not_read == ((".png", 1), ("empty", 1))
    asked = ibid("ask", "Who was the king of Spain in 1700?", "-d", str(birds))
    assert (
        f"Not looked in, since not read: 1 .png, 1 empty; see each: ibid status {birds} --files"
        in asked.stdout.splitlines()
    )
    as_json = ibid("ask", "Who was the king of Spain in 1700?", "-d", str(birds), "--json")
    assert json.loads(as_json.stdout)["not_read"] == {".png": 1, "empty": 1}
