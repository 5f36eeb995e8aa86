"""A file of Word, by python-docx: the same bytes for the same content, and nothing hidden in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ui.show.plain import visible

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

_MADE = datetime(2000, 1, 1)  # of every file: when it was made is not part of what it says
_ZIPPED = (1980, 1, 1, 0, 0, 0)
_NO_XML = re.compile("[\ufffe\uffff]")  # what else XML cannot hold is not visible either
_FAINT = (0x6A, 0x65, 0x5C)
_LINKED = (0x8F, 0x56, 0x00)


def xml_text(text: str) -> str:
    """`text` with all that XML cannot hold written out."""
    return _NO_XML.sub(lambda found: f"<U+{ord(found[0]):04X}>", visible(text))


class WordPaper:
    """What is written from top to bottom; `to_bytes` gives the file."""

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        """`title` stands at the top, and is what the file says of itself."""
        from docx import Document
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm

        self._file = Document()
        known = self._file.core_properties
        known.author = known.comments = known.keywords = known.last_modified_by = ""
        known.title, known.created, known.modified = xml_text(title)[:250], _MADE, _MADE
        section = self._file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2)
        self._marks = 0
        self.heading(title, 0)

    def heading(self, words: str, level: int) -> None:
        """Level 0 is the title, then 1 to 9."""
        self._file.add_heading(xml_text(words), level)

    def line(self, words: str, *, faint: bool = False) -> None:
        """A paragraph of ours."""
        _run(self._file.add_paragraph(), words, faint=faint)

    def quote(
        self, pieces: Sequence[str], *, number: int = 0, anchor: str = "", listed: bool = False
    ) -> None:
        """A line of a block quote, every other piece emphasised; [`number`] leads to `anchor`."""
        paragraph = self._file.add_paragraph(style="Quote")
        paragraph.paragraph_format.left_indent = _cm(1.5 if listed else 0.8)
        paragraph.paragraph_format.keep_with_next = True
        for place, piece in enumerate(pieces):
            if piece:
                _run(paragraph, piece, bold=bool(place % 2))
        if number:
            paragraph.add_run(" ")
            _link(paragraph, f"[{number}]", anchor)

    def source(self, words: str) -> None:
        """The line under a quotation: where it stands."""
        paragraph = self._file.add_paragraph()
        paragraph.paragraph_format.left_indent = _cm(0.8)
        _run(paragraph, words, faint=True, size=9)

    def entry(self, anchor: str, words: str) -> None:
        """What a quotation's number leads to."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph = self._file.add_paragraph()
        self._marks += 1
        for kind in ("start", "end"):
            mark = OxmlElement(f"w:bookmark{kind.title()}")
            mark.set(qn("w:id"), str(self._marks))
            if kind == "start":
                mark.set(qn("w:name"), anchor)
            paragraph._p.append(mark)
        _run(paragraph, words, size=9)

    def table(
        self, rows: Sequence[Sequence[Sequence[tuple[str, str]]]], widths: Sequence[float]
    ) -> None:
        """A table whose first row stands again on each page.

        A cell is paragraphs, each a text and how it looks: "", "bold" or "faint". `widths` are of
        the columns, in centimetres.
        """
        from docx.oxml import OxmlElement

        made = self._file.add_table(len(rows), len(widths), style="Table Grid")
        made.autofit = False
        cells = iter(made._cells)  # all at once: to ask for each takes longer and longer
        for row in rows:
            for width, paragraphs in zip(widths, row, strict=True):
                cell = next(cells)
                cell.width = _cm(width)
                for at, (words, look) in enumerate(paragraphs):
                    paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                    paragraph.paragraph_format.space_after = 0
                    _run(paragraph, words, bold=look == "bold", faint=look == "faint", size=8)
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self._file.add_paragraph()

    def to_bytes(self) -> bytes:
        """The file."""
        stream, out = io.BytesIO(), io.BytesIO()
        self._file.save(stream)
        with zipfile.ZipFile(stream) as made, zipfile.ZipFile(out, "w") as same:
            for name in made.namelist():
                entry = zipfile.ZipInfo(name, _ZIPPED)
                entry.compress_type = zipfile.ZIP_DEFLATED
                same.writestr(entry, made.read(name))
        return out.getvalue()


def _cm(width: float) -> Any:
    from docx.shared import Cm

    return Cm(width)


def _run(
    paragraph: Paragraph, words: str, *, bold: bool = False, faint: bool = False, size: int = 0
) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(xml_text(words))
    run.bold = bold or None
    if faint:
        run.font.color.rgb = RGBColor(*_FAINT)
    if size:
        run.font.size = Pt(size)


def _link(paragraph: Paragraph, words: str, anchor: str) -> None:
    """A link to a place in the same file; there is none to anywhere else."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(words)
    run.font.color.rgb = RGBColor(*_LINKED)
    link.append(run._r)
    paragraph._p.append(link)
