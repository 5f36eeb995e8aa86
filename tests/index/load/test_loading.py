"""Bytes to documents: the text stays what the file says, and a bad file is refused by name."""

from __future__ import annotations

import codecs
import hashlib
import random

import pytest
from hypothesis import example, given, strategies as st

from index.errors import UnreadableDocument
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
        random.Random(0).randbytes(400).translate(None, bytes(32)),  # no words in any encoding
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
