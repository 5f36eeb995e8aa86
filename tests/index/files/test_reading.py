"""The bytes of a file: of no link out of the folder, of no pipe, and no more than the limit."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from index.errors import UnreadableDocument
from index.files.reading import read_bytes
from index.files.roots import Root
from index.files.walk import find_files
from index.library.index import Index

LEADS_OUT = "it is a link that leads out of the folder; copy the file into it"
NO_FILE = "it is no regular file; remove it"


@pytest.mark.parametrize("other", ["link", "pipe", "nothing"])
def test_a_file_that_is_another_when_it_is_read_is_refused(other: str, tmp_path: Path) -> None:
    file = tmp_path / "docs" / "a.txt"
    file.parent.mkdir()
    file.write_text("It was dredged.\n")
    (tmp_path / "secret.txt").write_text("It was hidden.\n")
    root = Root(file.parent)
    (found,) = find_files(root).files
    file.unlink()
    if other == "link":
        file.symlink_to(tmp_path / "secret.txt")
    if other == "pipe":
        os.mkfifo(file)
    why = {"link": LEADS_OUT, "pipe": NO_FILE, "nothing": "it went away"}[other]
    with pytest.raises(UnreadableDocument, match=f"^a.txt: {why}"):
        read_bytes(found, root)


def test_a_file_over_the_limit_is_not_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("It was dredged.\n")
    with (tmp_path / "vast.txt").open("wb") as file:
        file.truncate(2**40)
    (failure,) = Index.load(tmp_path).failures
    assert failure.reason == "vast.txt: over 64 MB; split the file"


def test_a_file_that_may_not_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.txt").write_text("It was dredged.\n")
    (tmp_path / "locked.txt").write_text("It was hidden.\n")
    real = os.open

    def refuse(path: Any, flags: int) -> int:
        if Path(path).name == "locked.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    loaded = Index.load(tmp_path)
    assert [f.source for f in loaded.failures] == ["locked.txt"]
    assert (
        loaded.failures[0].reason == "locked.txt: no permission; give yourself the right to read it"
    )
