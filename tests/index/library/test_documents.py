"""Folders to documents: each file is read, or named with the reason."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import DocumentError, MissingPath, NoDocuments
from index.files.reading import LEADS_OUT, NO_FILE
from index.library.index import Index


def test_a_folder_is_read_with_its_folders_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "deep/er/c.TXT", ".hidden.txt", ".git/d.txt", "e.png", "f.json"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"The text of {name}.\n")
    assert [d.source for d in Index.load(tmp_path).documents] == ["a.md", "b.txt", "deep/er/c.TXT"]


def test_the_same_text_under_two_names_is_one_document(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("It was dredged.\n")
    assert [d.source for d in Index.load(tmp_path).documents] == ["a.txt"]


def test_a_bad_file_is_reported_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\x03")
    (tmp_path / "good.txt").write_text("It was dredged.\n")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    loaded = Index.load(tmp_path)
    assert [d.source for d in loaded.documents] == ["good.txt"]
    assert [f.source for f in loaded.failures] == ["gone.txt", "bad.txt"]
    assert loaded.failures[0].reason == (
        "gone.txt: it is a link that leads nowhere; mend it or remove it"
    )
    assert "bad.txt" in loaded.failures[1].reason


def test_a_link_out_of_the_folder_is_reported_and_one_within_read(tmp_path: Path) -> None:
    folder, outside = tmp_path / "docs", tmp_path / "secret.txt"
    (folder / "deep").mkdir(parents=True)
    outside.write_text("It was hidden.\n")
    (folder / "good.txt").write_text("It was dredged.\n")
    (folder / "deep" / "same.md").symlink_to("../good.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "far.txt").symlink_to(folder / "deep" / ".." / ".." / "secret.txt")
    (folder / "chain.txt").symlink_to(folder / "out.txt")
    (folder / "sources.toml").symlink_to(outside)
    loaded = Index.load(folder)
    assert [(d.source, d.text, d.copies) for d in loaded.documents] == [
        ("deep/same.md", "It was dredged.\n", ("good.txt",))
    ]
    names = ["sources.toml", "chain.txt", "far.txt", "out.txt"]
    assert [f[:2] for f in loaded.failures] == [(name, f"{name}: {LEADS_OUT}") for name in names]
    through = tmp_path / "link"
    through.symlink_to(folder)
    assert Index.load(through) == loaded
    assert Index.load(folder / "out.txt").documents[0].text == "It was hidden.\n"  # it was named


def test_what_is_no_file_is_reported_and_nothing_waits_for_it(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("It was dredged.\n")
    (tmp_path / "folder.txt").mkdir()
    for name in ("pipe.txt", ".gitignore", "sources.toml"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "link.txt").symlink_to("pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.txt"))
        loaded = Index.load(tmp_path)
    assert [d.source for d in loaded.documents] == ["good.txt"]
    unknown = f".gitignore: {NO_FILE}; what it leaves out is not known"
    names = ["link.txt", "pipe.txt", "socket.txt"]
    assert [failure.reason for failure in loaded.failures] == [
        f"sources.toml: {NO_FILE}",
        unknown,
        *(f"{name}: {NO_FILE}" for name in names),
    ]
    with pytest.raises(NoDocuments, match=NO_FILE):
        Index.load(tmp_path / "pipe.txt")


def test_one_file_is_a_folder_of_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It was dredged.\n")
    (tmp_path / "b.txt").write_text("It was not.\n")
    assert [d.source for d in Index.load(tmp_path / "a.txt").documents] == ["a.txt"]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda p: p / "nothing", MissingPath),
        (lambda p: p, NoDocuments),  # an empty folder
        (lambda p: (p / "a.png").write_bytes(b"x") and p, NoDocuments),
        (lambda p: (p / "a.png").write_bytes(b"x") and p / "a.png", NoDocuments),
        (lambda p: (p / "a.txt").write_bytes(b"\x00\x01") and p, NoDocuments),
    ],
)
def test_nothing_to_read_is_a_typed_error_of_one_line(
    tmp_path: Path, make: Callable[[Path], Path], error: type[DocumentError]
) -> None:
    with pytest.raises(error) as caught:
        Index.load(make(tmp_path))
    assert isinstance(caught.value, DocumentError)
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)
