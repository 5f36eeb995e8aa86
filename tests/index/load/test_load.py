"""Bytes to documents: the text stays what the file says, and a bad file is refused by name."""

from __future__ import annotations

import codecs
import hashlib
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from index.errors import DocumentError, MissingPath, NoDocuments, UnreadableDocument
from index.files import reading
from index.files.reading import read_bytes
from index.files.roots import Root
from index.files.walk import find_files
from index.library.index import Index
from index.load.loading import load_text
from tests.strategies import texts

SUFFIXES = st.sampled_from([".txt", ".md"])
WITH_MARK = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
]


@given(texts(), SUFFIXES)
@example("one\r\ntwo\rthree\u2028four\n", ".txt")
@example("one\r\ntwo\rthree\u2028four\n", ".md")
def test_the_text_is_the_decoded_file(text: str, suffix: str) -> None:
    loaded = load_text(text.encode(), f"a{suffix}")
    assert loaded.text == text.removeprefix("\ufeff")
    assert loaded.id == hashlib.sha256(loaded.text.encode()).hexdigest()
    assert loaded.meta["sha256"] == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(("mark", "encoding"), WITH_MARK)
@given(text=texts())
def test_a_byte_order_mark_names_the_encoding_and_is_dropped(
    mark: bytes, encoding: str, text: str
) -> None:
    assert load_text(mark + text.encode(encoding), "a.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_western_utf16_without_a_mark_is_read(encoding: str) -> None:
    text = "The harbour was dredged in 1987.\n"
    assert load_text(text.encode(encoding), "a.txt").text == text


def test_windows_1252_is_read() -> None:
    text = "Café “Zürich” costs €5 – naïve?"
    assert load_text(text.encode("cp1252"), "a.txt").text == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR word",
        b"\x7fELF\x02\x01\x01\x00\x00\x00 text text text",
        b"%PDF-1.7 \x00\x01\x02\x03 words in it",
        b"abc \x81\x8d\x8f\x90\x9d",  # neither UTF-8 nor Windows-1252
        codecs.BOM_UTF16_LE + b"a\x00b",  # half a character
        codecs.BOM_UTF8 + b"abc \xff",
        b"",
        b"  \n\t ",
        b"*** --- ...",
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"^folder/a\.txt: .+"):
        load_text(data, "folder/a.txt")


@given(st.binary(max_size=300), SUFFIXES)
def test_any_bytes_load_or_are_refused(data: bytes, suffix: str) -> None:
    try:
        loaded = load_text(data, f"a{suffix}")
    except UnreadableDocument:
        return
    assert any(c.isalnum() for c in loaded.text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The Harbour Report\n\nIt was dredged in 1987. It took a year.\n", "The Harbour Report"),
        ("Home\n\nShare\n\nThe Harbour Report\n\nIt was dredged.\n", "The Harbour Report"),
        (
            "It was dredged in 1987.\n\nThe Harbour Report | Example News\n\nMore.\n",
            "The Harbour Report",
        ),
        ("It was dredged in 1987. It took a year.\n", "name-of-file"),
    ],
)
def test_a_title_is_the_first_heading_or_what_the_site_says_or_the_name(
    text: str, title: str
) -> None:
    assert load_text(text.encode(), "folder/name-of-file.txt").title == title


def test_a_markdown_title_is_its_first_heading() -> None:
    assert (
        load_text(b"---\ntags: x\n---\n\n# The *Report* #\n\nText.\n", "a.md").title == "The Report"
    )
    assert load_text(b"The Report\n==========\n\nText.\n", "a.md").title == "The Report"


def test_what_the_folder_says_of_a_document_is_believed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Some heading\n\nIt was dredged.\n")
    (tmp_path / "sources.toml").write_text('["a.txt"]\ntitle = "Given"\nauthor = "Ida Holm"\n')
    (found,) = Index.load(tmp_path).documents
    assert (found.title, found.meta["author"]) == ("Given", "Ida Holm")


def test_a_broken_list_of_sources_is_reported_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It was dredged.\n")
    (tmp_path / "sources.toml").write_text("not toml [")
    loaded = Index.load(tmp_path)
    assert [d.source for d in loaded.documents] == ["a.txt"]
    assert [f.source for f in loaded.failures] == ["sources.toml"]


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


LEADS_OUT = "it is a link that leads out of the folder; copy the file into it"
NO_FILE = "it is no regular file; remove it"


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

    monkeypatch.setattr(reading.os, "open", refuse)
    loaded = Index.load(tmp_path)
    assert [f.source for f in loaded.failures] == ["locked.txt"]
    assert (
        loaded.failures[0].reason == "locked.txt: no permission; give yourself the right to read it"
    )


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
def test_nothing_to_read_is_a_typed_error_of_one_line(tmp_path: Path, make, error) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(error) as caught:
        Index.load(make(tmp_path))
    assert isinstance(caught.value, DocumentError)
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)
