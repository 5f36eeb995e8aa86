"""EPUB: a book's chapters in order, its pages, and what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from index import limits
from index.errors import UnreadableDocument
from index.load.loading import Loaded, load_file
from tests.index.load.office.office import overlapping

FORMATS = Path(__file__).parents[2] / "formats"
BOOKS = sorted(FORMATS.glob("*.epub"))
CONTAINER = '<container><rootfiles><rootfile full-path="a/b.opf"/></rootfiles></container>'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"'
HTML = "application/xhtml+xml"
LOCK = '<encryption><EncryptedData><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'


def package(metadata: str = "", extra: str = "", spine: str = "<itemref idref='c'/>") -> str:
    return (
        f'<package xmlns="http://www.idpf.org/2007/opf"><metadata {DC}>{metadata}</metadata>'
        f'<manifest><item id="c" href="c.xhtml" media-type="{HTML}"/>{extra}</manifest>'
        f"<spine>{spine}</spine></package>"
    )


def book(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An EPUB with these members beside a container, a package and a chapter."""
    held = {
        "META-INF/container.xml": CONTAINER,
        "a/b.opf": package("<dc:title>The Sel</dc:title>"),
        "a/c.xhtml": "<p>It is a river.</p>",
        **members,
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, text in held.items():
            file.writestr(name, text)
    return out.getvalue()


def load(members: Mapping[str, str | bytes]) -> Loaded:
    return load_file(book(members), "sel.epub")


def test_the_title_stands_first_unless_a_heading_says_it() -> None:
    assert load({}).documents[0].text == "The Sel\n\nIt is a river."
    (found,) = load({"a/c.xhtml": "<h2>THE SEL</h2><p>It is a river."}).documents
    assert found.text == "THE SEL\n\nIt is a river."


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        ("<dc:creator>Ida Holm</dc:creator><dc:creator>Per Lund</dc:creator>",
         {"author": "Ida Holm, Per Lund"}),
        ('<dc:creator opf:role="ill">Ida Holm</dc:creator>', {}),
        ("<dc:creator>Unknown Author</dc:creator><dc:publisher> </dc:publisher>", {}),
        ("<dc:publisher>Reed\n Press</dc:publisher>", {"publisher": "Reed Press"}),
        ("<dc:date>1998</dc:date><dc:language>en-GB</dc:language>",
         {"date": "1998", "language": "en"}),
        ('<dc:date opf:event="modification">2020-01-01</dc:date>'
         '<dc:date opf:event="publication">2011-05-02T00:00:00Z</dc:date>', {"date": "2011-05-02"}),
        ("<dc:date>last May</dc:date><dc:language>und</dc:language>", {}),
    ],
)  # fmt: skip
def test_what_a_book_says_of_itself(metadata: str, said: dict[str, str]) -> None:
    (found,) = load({"a/b.opf": package(metadata)}).documents
    known = {k: v for k, v in found.meta.items() if k not in ("sha256", "loader")}
    assert known == {"language": "en", **said}


def test_names_in_the_table_of_contents_are_headings() -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>The '
        'source</text></navLabel><content src="c.xhtml#x"/><navPoint><navLabel><text>A spring'
        '</text></navLabel><content src="c.xhtml"/></navPoint></navPoint></navMap><pageList>'
        '<pageTarget><navLabel><text>xi</text></navLabel><content src="c.xhtml#p11"/></pageTarget>'
        "</pageList></ncx>"
    )
    item = '<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/>'
    chapter = '<p>The source</p><p>A  spring</p><p id="p11">It is cold.</p><ul><li>A spring</ul>'
    members = {"a/b.opf": package(extra=item), "a/n.ncx": ncx, "a/c.xhtml": chapter}
    (found,) = load(members).documents
    assert [(b.kind.value, b.level) for b in found.blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("item", 0),
    ]
    assert [found.page(found.text.index(words)) for words in ("A spring", "It is")] == ["", "p. xi"]


def test_a_damaged_table_of_contents_is_done_without() -> None:
    item = '<item id="n" href="gone.ncx" media-type="application/x-dtbncx+xml"/>'
    assert load({"a/b.opf": package(extra=item)}).documents[0].text == "It is a river."
    broken = load({"a/b.opf": package(extra=item), "a/gone.ncx": b"\xff\xfe\x00"})
    assert broken.documents[0].text == "It is a river."


def test_the_spine_gives_the_order_and_no_chapter_twice() -> None:
    extra = f'<item id="d" href="d.xhtml" media-type="{HTML}"/><item id="e" href="e.svg"/>'
    spine = "".join(f'<itemref idref="{i}"/>' for i in "dcdex")
    members = {"a/b.opf": package("", extra, spine), "a/d.xhtml": "<p>First.</p>", "a/e.svg": "x"}
    assert load(members).documents[0].text == "First.\n\nIt is a river."


def test_a_chapter_that_cannot_be_read_is_reported() -> None:
    extra = f'<item id="d" href="d%20d.xhtml" media-type="{HTML}"/>'
    spine = "<itemref idref='c'/><itemref idref='d'/>"
    loaded = load({"a/b.opf": package("", extra, spine)})
    assert loaded.documents[0].text == "It is a river."
    assert [f[:2] for f in loaded.failures] == [
        ("sel.epub/a/d d.xhtml", "sel.epub/a/d d.xhtml: it is missing; get it again")
    ]
    binary = load({"a/b.opf": package("", extra, spine), "a/d d.xhtml": b"\x00\x01\x02"})
    assert "this is binary data" in binary.failures[0].reason


def test_a_book_whose_container_is_broken_is_found_by_its_package() -> None:
    assert load({"META-INF/container.xml": "rubbish"}).documents[0].title == "The Sel"
    assert load({"META-INF/container.xml": CONTAINER.replace("a/", "b/")}).documents


def test_fonts_that_are_made_unreadable_are_no_protection() -> None:
    font = LOCK.format("http://www.idpf.org/2008/embedding")
    assert load({"META-INF/encryption.xml": font}).documents


def test_no_entity_is_resolved() -> None:
    doctype = '<!DOCTYPE package [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY x "boo">]>'
    (found,) = load({"a/b.opf": doctype + package("<dc:title>The &x;&f;Sel</dc:title>")}).documents
    assert "boo" not in found.title
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 20}">' for i in range(1, 12))
    doctype = f'<!DOCTYPE package [<!ENTITY e0 "lol">{bomb}]>'
    with pytest.raises(UnreadableDocument, match=r"^sel\.epub: there is no text in it"):
        load({"a/b.opf": doctype + package("<dc:title>&e11;</dc:title>")})


def flagged(data: bytes) -> bytes:
    """The same zip file, its members marked as encrypted."""
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = data.split(mark)
        data = mark.join(
            [parts[0], *(p[: place - 4] + b"\x01" + p[place - 3 :] for p in parts[1:])]
        )
    return data


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is damaged, cut off, or not what its name says; get it again"),
        (b"PK\x03\x04 rubbish", "it is damaged, cut off, or not what its name says; get it again"),
        (book({"a/b.opf": ""}), "it does not say its chapters; fetch the book again"),
        (book({"META-INF/container.xml": CONTAINER, "a/b.opf": package(spine="")}), "there is no"),
        (book({"a/c.xhtml": "<img src='page1.png'/>", "a/b.opf": package()}), "there is no text"),
        (book({"META-INF/encryption.xml": LOCK.format("aes")}), r"it is protected \(DRM\); add a"),
        (flagged(book({})), "META-INF/container.xml: it needs a password; save a copy without"),
        (
            book({}, zipfile.ZIP_LZMA),
            "META-INF/container.xml: it is packed in a way that Ibid does not",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=rf"^sel\.epub(?:/|: ){why}"):
        load_file(data, "sel.epub")


def test_a_damaged_chapter_is_told_from_a_whole_one() -> None:
    data = book({}, zipfile.ZIP_STORED).replace(b"a river", b"a liver")  # its checksum is wrong
    (failure,) = load_file(data, "sel.epub").failures
    assert failure.reason == "sel.epub/a/c.xhtml: it is damaged; get it again"


def test_what_inflates_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    (failure,) = load({"a/c.xhtml": "<p>" + "a" * 2_000_000}).failures
    assert failure.reason == (
        "sel.epub/a/c.xhtml: it inflates to over 100 times its size, as in an attack; save it "
        "again with a program that you trust"
    )
    monkeypatch.setattr(limits, "MAX_INFLATED", 10_000)
    (failure,) = load({"a/c.xhtml": "<p>" + "a" * 20_000}).failures
    assert failure.reason == "sel.epub: it inflates to over 0 MB; split it, or take out pictures"


def test_a_book_that_leads_out_or_shares_bytes_or_is_crowded_is_refused() -> None:
    for name in ("../c.xhtml", "/etc/c.xhtml", "a/../../c.xhtml", "C:/c.xhtml", "..\\c.xhtml"):
        with pytest.raises(
            UnreadableDocument, match=r"^sel\.epub/.*: it has a name that leads out"
        ):
            load({name: "<p>a</p>"})
    with pytest.raises(UnreadableDocument, match=r"^sel\.epub: it holds over 2,000 files; split"):
        load({f"{n}.css": "" for n in range(2_001)})
    with pytest.raises(
        UnreadableDocument, match=r"^sel\.epub: it holds files that share their bytes"
    ):
        load_file(overlapping(book({})), "sel.epub")


ENTITIES = """<?xml version="1.0"?><!DOCTYPE html [<!ENTITY file SYSTEM "file:///etc/passwd">
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>"""


def test_a_books_entities_are_not_expanded_nor_loaded() -> None:
    chapter = f"{ENTITIES}<html><body><p>The eel is a fish. &b; &file;</p></body></html>"
    (document,) = load({"a/c.xhtml": chapter}).documents
    assert "The eel is a fish." in document.text
    assert "aaaa" not in document.text
    assert "root:" not in document.text


@given(st.sampled_from(BOOKS), st.integers(0), st.integers(0, 255))
def test_a_damaged_book_is_read_or_refused(path: Path, place: int, byte: int) -> None:
    data = bytearray(path.read_bytes())
    data[place % len(data)] = byte
    for damaged in (bytes(data), bytes(data[: place % len(data)])):
        try:
            assert load_file(damaged, "sel.epub").documents
        except UnreadableDocument:
            continue


@given(st.binary(max_size=200))
def test_any_package_is_read_or_refused(opf: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"^sel\.epub: "):
        load({"a/b.opf": opf})
