"""Files that nobody meant well, or that went wrong: each by its name, and what is said of it.

`FILES` maps a name to what makes its bytes and to a pattern of the reason for which it is refused;
"" means that it gives a document.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.index.load.office.office import (
    FORMATS,
    cells,
    overlapping,
    para,
    word,
    workbook,
    zipped,
)
from tests.index.load.pdfs import line, pdf

FACT = "The pier of Tarn was closed in May."
_MB = 2**20
_REFUSED = FORMATS / ".refused"
_DOC = word(para(FACT))
_REF = '<itemref idref="c"/>'
_XXE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_LAUGHS = "<!DOCTYPE a [<!ENTITY x0 'ha'>{}]>".format(
    "".join(f"<!ENTITY x{n} '{f'&x{n - 1};' * 10}'>" for n in range(1, 12))
)
_DAMAGED = "damaged|no PDF|not a|not an"
_SLOW = "it took over|it needed over|over 20 million"


def _part(name: str, old: str, new: str) -> bytes:
    """The Word file with a text in a part replaced."""
    with zipfile.ZipFile(io.BytesIO(_DOC)) as archive:
        held = {n: archive.read(n).decode() for n in archive.namelist()}
    assert old in held[name]
    return zipped({**held, name: held[name].replace(old, new)})


def _with(**members: str | bytes) -> bytes:
    """The Word file with these members more, "__" for a slash."""
    with zipfile.ZipFile(io.BytesIO(_DOC)) as archive:
        held: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    return zipped({**held, **members})


def _main(new: str) -> bytes:
    return _part("word/document.xml", FACT, new)


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, from 1, without a table of where they are; the first is the root."""
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return (
        b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R /Size %d >>\n%%%%EOF" % (len(objects) + 1)
    )


def _stream(data: bytes, entries: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


_FONT = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R /Resources %b >>"


def _one_page(content: bytes) -> bytes:
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return raw_pdf(_CATALOG, pages, _PAGE % _FONT, content)


def _flate_bomb() -> bytes:
    packer = zlib.compressobj(9)
    first, more = (packer.compress(b" " * _MB) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    data = first + more * 999 + packer.flush()  # a gigabyte
    return _one_page(_stream(zlib.compress(data), b"/Filter [/FlateDecode /FlateDecode]"))


def _shared_stream() -> bytes:
    text = "\n".join(line(40, 350 - n % 300, f"{FACT} {n}") for n in range(14_000)).encode()
    assert len(text) > _MB
    kids = b" ".join(b"%d 0 R" % n for n in range(5, 7))
    pages = b"<< /Type /Pages /Kids [%b] /Count 2 >>" % kids
    return raw_pdf(_CATALOG, pages, b"<< >>", _stream(zlib.compress(text)), *([_PAGE % _FONT] * 2))


def _looping_pdf() -> bytes:
    pages = b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Parent 3 0 R /Count 1000 >>"
    return raw_pdf(_CATALOG, pages, b"<< /Type /Pages /Kids [2 0 R] /Count 5 >>")


def _outline_loop() -> bytes:
    return pdf(
        [line(40, 350, FACT)],
        catalog="/Outlines 10 0 R",
        more=["<< /First 11 0 R /Last 11 0 R >>", "<< /Title (a) /Next 11 0 R /First 11 0 R >>"],
    )


def _quine(depth: int) -> bytes:
    data = zipped({"a.txt": FACT})
    for _ in range(depth):
        data = zipped({"a.zip": data, "b.zip": data})
    return data


def _epub(chapter: str | bytes = "", **members: str | bytes) -> dict[str, str | bytes]:
    html = "application/xhtml+xml"
    return {
        "META-INF/container.xml": '<container><rootfile full-path="b.opf"/></container>',
        "b.opf": f'<package><manifest><item id="c" href="c.xhtml" media-type="{html}"/></manifest>'
        f"<spine>{_REF * 1000}</spine></package>",
        "c.xhtml": chapter or f"<p>{FACT}</p>",
        **members,
    }


def _mail(boundaries: int) -> str:
    head = "From: a@b.c\nSubject: Pier\nMIME-Version: 1.0\n"
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(boundaries)
    )
    return f"{head}{parts}Content-Type: text/plain\n\n{FACT}\n"


def _notebook(cells_: object) -> str:
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": cells_})


Made = Callable[[], bytes | str]
FILES: Mapping[str, tuple[Made, str]] = {
    # text
    "empty.txt": (lambda: b"", "no text in it|nothing in it"),
    "spaces.txt": (lambda: b" \n\t\r\n" * 1000, "no text in it"),
    "bom.txt": (lambda: codecs.BOM_UTF8, "no text in it"),
    "bom16.md": (lambda: codecs.BOM_UTF16_LE, "no text in it"),
    "bom32.txt": (lambda: codecs.BOM_UTF32_BE, "no text in it"),
    "utf16.txt": (lambda: FACT.encode("utf-16"), ""),
    "utf16-no-bom.txt": (lambda: FACT.encode("utf-16-be"), ""),
    "utf16-cut.txt": (lambda: FACT.encode("utf-16")[:-1], "binary data|cannot be decoded|UTF"),
    "utf32.txt": (lambda: FACT.encode("utf-32"), ""),
    "surrogates.txt": (lambda: codecs.BOM_UTF16_LE + b"\x00\xd8a\x00" * 50, "UTF"),
    "invalid-utf8.txt": (lambda: FACT.encode() + b"\xff\xfe\x81\x8d", ""),
    "overlong-utf8.txt": (lambda: b"\xc0\xaf\xe0\x80\xaf" * 20, "|UTF"),
    "nuls.txt": (lambda: bytes(_MB), "binary data"),
    "nuls-within.txt": (lambda: b"The pier\0\0\0\0 was closed.", "binary data"),
    "one-line.txt": (lambda: b"The pier was closed. " * (4 * _MB // 21), ""),
    "one-word.txt": (lambda: b"x" * (4 * _MB), ""),
    "newlines.txt": (lambda: b"\n" * 400_000 + FACT.encode(), ""),
    "short-lines.txt": (lambda: b"a\n" * 60_000, ""),
    "much-text.txt": (lambda: b"The pier was closed.\n\n" * (_MB), "over 20 million characters"),
    "vast.txt": (lambda: b"a" * (64 * _MB), "over 20 million characters"),
    "quotes.txt": (lambda: FACT + "\n\n" + "\"' “‘" * 8_000, ""),
    "bullets.txt": (lambda: b"- a\n" * 10_000, ""),
    "returns.csv": (lambda: b"a,b\r" * 20_000, ""),
    "open-brackets.txt": (lambda: FACT + "\n\n" + "![a" * 20_000, ""),
    "han.txt": (lambda: "港口于一九八七年疏浚。" * 5_000, ""),
    "exe.txt": (lambda: b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" * 500, "binary data"),
    "elf.md": (lambda: b"\x7fELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0" * 500, "binary data"),
    "png.txt": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 500, "binary data"),
    # Markdown, reStructuredText
    "brackets.md": (lambda: "[" * 200_000, "no text in it"),
    "deep-quotes.md": (lambda: "> " * 50_000 + FACT, f"{_SLOW}|nest|parser failed|"),
    "stars.md": (lambda: "*a " * 60_000, ""),
    "include.rst": (lambda: f"{FACT}\n\n.. include:: /etc/passwd\n", ""),
    "raw.rst": (lambda: f"{FACT}\n\n.. raw:: html\n   :file: /etc/passwd\n", ""),
    "deep.rst": (lambda: "".join(" " * n + "- a\n\n" for n in range(400)), "|nest"),
    # records and tables
    "deep.json": (lambda: "[" * 100_000 + "]" * 100_000, "not valid JSON|nest"),
    "number.json": (lambda: '{"text": ' + "1" * 1_000_000 + "}", "|not valid JSON|no fields"),
    "bad-lines.jsonl": (lambda: "{\n" * 100_000, "not JSON"),
    "same-ids.jsonl": (lambda: '{"id": "../../a", "text": "The pier of Tarn."}\n' * 2, ""),
    "open-quote.csv": (lambda: 'a,b\n"' + "x,y\n" * 500_000, "|quote|over"),
    "wide.csv": (lambda: ",".join(["a"] * 200_000) + "\n" + ",".join(["1"] * 200_000), "|over"),
    # HTML
    "deep.html": (lambda: "<div>" * 100_000 + FACT, "|nest|parser"),
    "open-comment.html": (lambda: f"<p>{FACT}</p><!--" + "a" * (5 * _MB), ""),
    "only-comment.html": (lambda: "<!--" + "<p>a</p>" * (5 * _MB // 8), "no text in it"),
    "open-tags.html": (lambda: f"<p>{FACT}</p>" + "<a " * _MB, ""),
    "attributes.html": (lambda: f"<p {'a=1 ' * 300_000}>{FACT}</p>", ""),
    "colspan.html": (lambda: f"{FACT}<table><tr><td colspan=999999999 rowspan=99999>a</table>", ""),
    "tables.html": (lambda: "<table><tr><td>" * 3_000 + FACT, "|nest|parser"),
    "deep-lists.html": (lambda: "<ul><li>" * 20_000 + FACT, "|nest|parser"),
    # PDF
    "pdf-as.docx": (lambda: pdf([line(40, 350, FACT)]), "a PDF, not"),
    "docx-as.pdf": (lambda: _DOC, _DAMAGED),
    "html-as.pdf": (lambda: f"<p>{FACT}</p>", _DAMAGED),
    "only-head.pdf": (lambda: b"%PDF-1.7\n", _DAMAGED),
    "truncated.pdf": (lambda: (FORMATS / "harbour-report.pdf").read_bytes()[:9_000], _DAMAGED),
    "encrypted.pdf": (lambda: (_REFUSED / "locked.pdf").read_bytes(), "protected by a password"),
    "scanned.pdf": (lambda: (_REFUSED / "scanned.pdf").read_bytes(), "pictures without text"),
    "looping.pdf": (_looping_pdf, "damaged|no pages|empty"),
    "outline-loop.pdf": (_outline_loop, ""),
    "flate-bomb.pdf": (_flate_bomb, f"{_SLOW}|crashed|empty|damaged"),
    "shared-stream.pdf": (_shared_stream, ""),
    "many-pages.pdf": (lambda: raw_pdf(_CATALOG, b"<< /Type /Pages /Kids [] /Count 2000000000 >>"),
                       "2,000 is the most|no pages|damaged|empty"),
    "deep-arrays.pdf": (lambda: raw_pdf(_CATALOG, b"[" * 1_000_000), "damaged|no pages|empty"),
    "deep-forms.pdf": (lambda: _one_page(_stream(b"q " * 500_000 + b"[" * 500_000, b"")),
                       "empty|damaged|pictures"),
    # Word, Excel, PowerPoint
    "no-document.docx": (lambda: zipped({"_rels/.rels": "<Relationships/>"}), "not a Word|missing"),
    "xxe.docx": (lambda: _part("word/document.xml", "<w:document", f"{_XXE}<w:document"),
                 "declares a DTD"),
    "laughs.docx": (lambda: _part("word/document.xml", "<w:document", f"{_LAUGHS}<w:document"),
                    "declares a DTD"),
    "xxe-links.docx": (lambda: _part("_rels/.rels", "<Relationships", f"{_XXE}<Relationships"),
                       "declares a DTD"),
    "bomb.docx": (lambda: _with(**{"word/media/a.bin": bytes(120 * _MB)}), "100 times its size"),
    "stored-bomb.docx": (lambda: _with(**{str(n): bytes(10**6) for n in range(120)}),
                         "over 100 MB"),
    "overlap.docx": (lambda: overlapping(_DOC), "share their bytes"),
    "dots.docx": (lambda: _with(**{"../../a.xml": "<a/>"}), "a name that leads out"),
    "absolute.docx": (lambda: _with(**{"/etc/cron.d/a": "<a/>"}), "a name that leads out"),
    "crowded.docx": (lambda: _with(**{f"m/{n}": "" for n in range(2_001)}), "over 2,000 files"),
    "truncated.docx": (lambda: _DOC[:-40], "damaged, cut off"),
    "locked.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "97-2003"),
    "deep.docx": (lambda: _main("a</w:t></w:r></w:p>" + "<w:sdt>" * 100_000), "is damaged"),
    "deep-closed.docx": (lambda: _main(
        "a</w:t></w:r></w:p>" + "<w:sdtContent>" * 3_000 + "</w:sdtContent>" * 3_000
        + "<w:p><w:r><w:t>"), "|is damaged|nest"),
    "spans.docx": (lambda: _main("a</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan "
                                 'w:val="2000000000"/></w:tcPr><w:p><w:r><w:t>b</w:t></w:r></w:p>'
                                 "</w:tc></w:tr></w:tbl><w:p><w:r><w:t>"), ""),
    "far-cell.xlsx": (lambda: workbook(cells(1, "Pier", "Length")
                                       + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x'
                                       "</t></is></c></row>"), ""),
    "no-slides.pptx": (lambda: zipped({"a.txt": FACT}), "not a"),
    # EPUB
    "entities.epub": (lambda: zipped(_epub(f"{_LAUGHS}<html><p>{FACT} &x11;</p></html>")), ""),
    "package-laughs.epub": (lambda: zipped(_epub(**{"b.opf": f"{_LAUGHS}<a>&x11;</a>"})),
                            "chapters|no text|damaged"),
    "bomb.epub": (lambda: zipped(_epub(b"<p>" + b"a" * (30 * _MB))), "100 times its size"),
    "overlap.epub": (lambda: overlapping(zipped(_epub())), "share their bytes"),
    "dots.epub": (lambda: zipped(_epub(**{"../../a.xhtml": "<p>a</p>"})), "a name that leads out"),
    "no-zip.epub": (lambda: FACT, "damaged, cut off"),
    # archives
    "bomb.zip": (lambda: zipped({"a.txt": b"a" * (200 * _MB)}), "100 times its size"),
    "dots.zip": (lambda: zipped({"../a.txt": FACT, "/b.txt": FACT}), "a name that leads out"),
    "overlap.zip": (lambda: overlapping(zipped({"a.txt": FACT, "b.txt": FACT})), "share their"),
    "crowded.zip": (lambda: zipped({f"{n}.txt": FACT for n in range(2_001)}), "over 2,000 files"),
    "deep.zip": (lambda: _quine(6), "archive in an archive in an archive"),
    "no.zip": (lambda: b"PK\3\4" + bytes(100), "damaged"),
    # notebooks and mail
    "no-cells.ipynb": (lambda: _notebook("cells"), "cells|notebook"),
    "odd-cells.ipynb": (lambda: _notebook([1, None, {"cell_type": 7, "source": {"a": 1}}]),
                        "cells|no text|notebook|nothing"),
    "deep.eml": (lambda: _mail(5_000), "|nest"),
    "headers.eml": (lambda: "X: y\n" * 300_000 + f"Subject: Pier\n\n{FACT}", ""),
    "hostile-name.eml": (
        lambda: "Subject: Pier\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        'Content-Disposition: attachment; filename="../../../a\x01.txt"\n\n'
        f"{FACT}\n--b--\n", ""),
}  # fmt: skip

# names that a file system takes, or that a browser sends
NAMES = (
    "../a.txt", "../../../../etc/passwd.txt", "/etc/a.txt", "x" * 5_000 + ".txt", "\u202egpj.txt",
    "CON.txt", "NUL", "a\nb.txt", "a\r\nSet-Cookie: x.txt", "<img src=x onerror=alert(1)>.txt",
    "a\0b.txt", "..", ".", "", " ", "a/../../b.txt", "C:\\a.txt", "\\\\host\\a.txt", "-rf.txt",
    "$(id).txt", "%2e%2e%2fa.txt", "\ud800.txt", "a" * 300 + "/b.txt", "😀.txt", "~/a.txt",
)  # fmt: skip


def made(name: str) -> bytes:
    """The bytes of one of `FILES`."""
    data = FILES[name][0]()
    return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data


# more than a second, each
SLOW = frozenset(
    ("attributes.html", "bad-lines.jsonl", "flate-bomb.pdf", "headers.eml", "newlines.txt",
     "one-line.txt", "one-word.txt", "only-comment.html", "open-tags.html", "shared-stream.pdf",
     "short-lines.txt", "stars.md")
)  # fmt: skip
# of which nothing can be read
REFUSED = tuple(name for name, (_, why) in FILES.items() if not re.fullmatch(why, ""))
