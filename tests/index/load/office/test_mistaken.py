"""Office files that are damaged, locked, hostile or something else: each is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from index.errors import NoDocuments, UnreadableDocument
from index.failures import Failure
from index.files.roots import Root
from index.files.walk import find_files
from index.library.index import Index
from index.load.loaders import UNREAD
from index.load.loading import load_file
from tests.index.load.office.office import (
    FORMATS,
    cells,
    members,
    para,
    replaced,
    shape,
    slides,
    without,
    word,
    workbook,
    zipped,
)

FILES = sorted(p for p in FORMATS.iterdir() if p.suffix in (".docx", ".pptx", ".xlsx", ".csv"))
MAIN = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
SMALL = {
    "docx": word(para("The pier is long.")),
    "pptx": slides(shape("The pier is long.")),
    "xlsx": workbook(cells(1, "Pier", "Length") + cells(2, "North", "5")),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refused(data: bytes, suffix: str, match: str, part: str = "") -> None:
    with pytest.raises(UnreadableDocument, match=rf"^box/a\.{suffix}{part}: {match}[^\n]*\Z"):
        load_file(data, f"box/a.{suffix}")


@pytest.mark.parametrize("suffix", sorted(SMALL))
def test_each_is_told_what_is_wrong_with_it(suffix: str) -> None:
    locked = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    refused(locked, suffix, "password-protected; save it without the password")
    refused(OLE, suffix, rf"in the format of Office 97-2003; open it and save it as \.{suffix}")
    refused(b"", suffix, "there is nothing in it; remove it")
    refused(b" \n", suffix, "there is nothing in it; remove it")
    refused(b"%PDF-1.7\n...", suffix, r"a PDF, not .*; rename it to \.pdf")
    refused(b"{\\rtf1 eels}", suffix, r"rich text, not .*; rename it to \.rtf")
    refused(b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>", suffix, r"a web page, not .*; rename it to \.html")
    refused(b"Some words.", suffix, "not an? .*, or damaged; get it again")
    refused(
        SMALL[suffix][:-50],
        suffix,
        "it is damaged, cut off, or not what its name says; get it again",
    )
    refused(zipped({"a.txt": "eels"}), suffix, "a zip archive, not an? .*; unpack it")
    opendocument = zipped({"mimetype": "application/vnd.oasis.opendocument.text"})
    refused(opendocument, suffix, rf"OpenDocument under .*; open it and save it as \.{suffix}")
    refused(without(SMALL[suffix], MAIN[suffix]), suffix, "its main part is missing; get it again")
    refused(without(SMALL[suffix], "_rels/.rels"), suffix, "its main part is missing")
    other = zipped({**members(SMALL[suffix]), MAIN[suffix]: "<other/>"})
    refused(other, suffix, rf"not an? .*; save it as \.{suffix}")
    broken = zipped({**members(SMALL[suffix]), MAIN[suffix]: "<a><b></a>"})
    refused(broken, suffix, ".* in it is damaged; get it again")


def test_one_kind_under_the_name_of_another() -> None:
    refused(SMALL["xlsx"], "docx", r"an Excel file, not a Word file; rename it to \.xlsx")
    refused(SMALL["docx"], "pptx", r"a Word file, not a PowerPoint file; rename it to \.docx")
    refused(SMALL["pptx"], "xlsx", r"a PowerPoint file, not an Excel file; rename it to \.pptx")


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "eel"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("dtd", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize(
    ("suffix", "part"),
    [(s, part) for s in SMALL for part in (MAIN[s], "core.xml", "_rels/.rels")]
    + [("docx", "word/_rels/document.xml.rels"), ("xlsx", "xl/sheet1.xml")]
    + [("pptx", "ppt/slide1.xml")],
)  # fmt: skip
def test_a_dtd_in_any_part_is_refused(suffix: str, part: str, dtd: str, encoding: str) -> None:
    held = members(SMALL[suffix])
    inner = held[part].decode().replace("North", "&c;").replace("The pier", "&c;")
    hostile = zipped({**held, part: (dtd + inner).encode(encoding)})
    failed = {"xl/sheet1.xml": "#Sheet1", "ppt/slide1.xml": "#1"}.get(part, "")
    refused(hostile, suffix, f"{part} in it declares a DTD, which no .*; save it again", failed)


@pytest.mark.parametrize("encoding", ["cp037", "utf-7"])
def test_a_dtd_in_an_encoding_that_hides_it_grows_nothing(encoding: str) -> None:
    held = members(SMALL["docx"])
    inner = held[MAIN["docx"]].decode().replace("The pier", "&c;")
    names = {"cp037": "IBM037", "utf-7": "UTF-7"}
    said = LAUGHS.replace('"1.0"', f'"1.0" encoding="{names[encoding]}"', 1)
    refused(
        zipped({**held, MAIN["docx"]: (said + inner).encode(encoding)}),
        "docx",
        f"{MAIN['docx']} in it ",
    )


def test_a_bomb_is_refused_before_it_is_read() -> None:
    bomb = zipped({**members(SMALL["docx"]), "word/media/a.bin": bytes(5_000_000)})
    refused(bomb, "docx", "word/media/a.bin in it inflates to over 100 times its size")


def test_a_damaged_picture_does_no_harm() -> None:
    plain = zipped({**members(SMALL["docx"]), "word/media/a.bin": b"PICTURE" * 50})
    data = bytearray(plain)
    data[data.index(b"word/media/a.bin") + 20] ^= 255
    assert load_file(bytes(data), "a.docx").documents[0].text == "The pier is long."


def test_a_damaged_slide_or_sheet_among_good_ones_is_reported() -> None:
    two = slides(shape("The pier is long."), shape("It is old."))
    found = load_file(zipped({**members(two), "ppt/slide2.xml": "<p"}), "a.pptx")
    assert [d.text for d in found.documents] == ["The pier is long."]
    assert found.failures == (
        Failure("a.pptx#2", "a.pptx#2: ppt/slide2.xml in it is damaged; get it again"),
    )
    both = workbook(cells(1, "The pier is long."), cells(1, "It is old."))
    broken = replaced(both, "xl/sheet2.xml", b"</row>", b"")
    found = load_file(broken, "a.xlsx")
    assert "The pier is long." in found.documents[0].text
    assert found.failures == (
        Failure("a.xlsx#Sheet2", "a.xlsx#Sheet2: xl/sheet2.xml in it is damaged; get it again"),
    )


@pytest.mark.slow
@settings(max_examples=150)
@given(st.sampled_from(FILES), st.data())
def test_cut_and_changed_files_load_or_are_refused(file: Path, data: st.DataObject) -> None:
    whole = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        whole[at : at + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=40))
    _loads_or_refuses(bytes(whole), file.name)


TOKENS = st.sampled_from(
    [
        "-1",
        "0",
        "7",
        "99999999999999999999",
        "rId1",
        "nan",
        "1e999",
        "²",
        "٣",
        "XFD1",
        "",
        "&#8232;",
    ]
)


@pytest.mark.slow
@settings(max_examples=150)
@given(st.sampled_from([f for f in FILES if f.suffix != ".csv"]), st.data())
def test_parts_that_say_something_else_load_or_are_refused(file: Path, data: st.DataObject) -> None:
    held = members(file.read_bytes())
    part = data.draw(st.sampled_from(sorted(held)))
    text = held[part].decode("utf-8", "replace")
    for _ in range(data.draw(st.integers(1, 6))):
        pieces = text.split('"')
        at = data.draw(st.integers(0, len(pieces) - 1))
        pieces[at] = data.draw(TOKENS) if at % 2 else pieces[at]
        text = '"'.join(pieces)
    _loads_or_refuses(zipped({**held, part: text}), file.name)


@given(st.binary(max_size=400), st.sampled_from([*SMALL, "csv", "tsv"]))
def test_any_bytes_load_or_are_refused(data: bytes, suffix: str) -> None:
    _loads_or_refuses(data, f"a.{suffix}")


def _loads_or_refuses(data: bytes, name: str) -> None:
    reason = ""
    try:
        found = load_file(data, name)
    except UnreadableDocument as exc:
        reason = str(exc)
    if reason:
        assert reason.startswith(name)
        assert "\n" not in reason
        return
    for document in found.documents:
        at = 0
        for block in document.blocks:
            assert not document.text[at : block.start].strip()
            at = block.end
        assert not document.text[at:].strip()


@pytest.mark.parametrize(("suffix", "advice"), sorted(UNREAD.items()))
def test_a_file_of_a_format_that_is_not_read_is_told_what_to_save_it_as(
    tmp_path: Path, suffix: str, advice: str
) -> None:
    file = tmp_path / f"a{suffix.upper()}"
    file.write_bytes(OLE)
    with pytest.raises(NoDocuments, match=rf"not of a format .* reads; open it .* as \{advice}\Z"):
        find_files(Root(file))


def test_the_locks_of_open_documents_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(SMALL["docx"])
    (tmp_path / "~$a.docx").write_bytes(b"\x03Ada")
    found = Index.load(tmp_path)
    assert ([d.source for d in found.documents], found.failures) == (["a.docx"], ())
