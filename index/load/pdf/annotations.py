"""What lies on a page and is no part of it: fields, typed text, notes (ISO 32000-2, 12.5)."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref
from typing import Any, NamedTuple

from index.load.formats import check_length
from index.load.pdf.calls import text_of
from index.load.pdf.fields import Field, FieldKind, Fields
from index.load.pdf.ink import Box

_HIDDEN = 2 | 32  # flags: hidden, not to be viewed


class Note(NamedTuple):
    """What somebody wrote about a page, and where it lies; `marked`: about words marked there."""

    author: str
    text: str
    box: Box
    marked: bool = False


class Marks:
    """What lies on a page. `unseen` is shown to nobody; `struck` counts what is struck out.

    `drawn`: something draws text that is kept nowhere else, a stamp or a signature.
    """

    def __init__(self) -> None:
        self.fields: list[Field] = []
        self.notes: list[Note] = []
        self.unseen: list[str] = []
        self.struck = 0
        self.drawn = False


class Annotations:
    """Reads one page after the other; `form` is pdfium's, None where the file is none."""

    def __init__(self, pdfium: Any, form: Any) -> None:
        self._pdfium = pdfium
        self._fields = Fields(pdfium, form, self._text) if form else None
        self._length = 0  # of all that was read: many fields may have one long value
        self._marking = {
            pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY,
            pdfium.FPDF_ANNOT_STRIKEOUT,
        }  # fmt: skip
        self._read = {
            *self._marking, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP,
            pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_CARET,
            pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE,
            pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_POLYLINE,
        }  # fmt: skip

    def marks(self, page: Any) -> Marks:
        """What lies on `page`.

        Raises TooMuchText.
        """
        marks = Marks()
        for annotation in self._all(page):
            self._add(marks, annotation)
        return marks

    def draw(self, page: Any) -> None:
        """Make what only draws text part of `page`; it shows when that is loaded again."""
        pdfium = self._pdfium
        kinds = ((one, pdfium.FPDFAnnot_GetSubtype(one) if one else -1) for one in self._all(page))
        drawn = [self._draws(*one) for one in kinds]
        for i in reversed(range(len(drawn))):
            if not drawn[i]:
                pdfium.FPDFPage_RemoveAnnot(page, i)
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)

    def _all(self, page: Any) -> Iterator[Any]:
        """The annotations of a page; None for one that is damaged."""
        pdfium = self._pdfium
        for i in range(pdfium.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium.FPDFPage_GetAnnot(page, i) or None
            try:
                yield annotation
            finally:
                if annotation:
                    pdfium.FPDFPage_CloseAnnot(annotation)

    def _add(self, marks: Marks, annotation: Any) -> None:
        pdfium = self._pdfium
        kind = pdfium.FPDFAnnot_GetSubtype(annotation) if annotation else pdfium.FPDF_ANNOT_UNKNOWN
        if kind not in self._read:  # as links, of which there are many
            return
        hidden = bool(pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN)
        if self._draws(annotation, kind):
            marks.drawn = marks.drawn or not hidden
        elif kind == pdfium.FPDF_ANNOT_WIDGET and self._fields:
            field = self._fields.read(annotation, self._box(annotation))
            if field and (hidden or self._fields.is_unseen(annotation, field)):
                marks.unseen += [field.value] * bool(field.value)
            elif field:
                marks.fields.append(field)
        elif kind != pdfium.FPDF_ANNOT_WIDGET:
            self._say(marks, annotation, kind, hidden)

    def _say(self, marks: Marks, annotation: Any, kind: int, hidden: bool) -> None:
        """Add what somebody typed on a page, or wrote about it."""
        pdfium = self._pdfium
        text = self._text("FPDFAnnot_GetStringValue", annotation, b"Contents")
        if hidden:
            marks.unseen += [text] * bool(text)
            return
        marks.struck += kind == pdfium.FPDF_ANNOT_STRIKEOUT
        if kind == pdfium.FPDF_ANNOT_FREETEXT:
            marks.fields.append(Field(FieldKind.TYPED, self._box(annotation), text))
        elif text and not pdfium.FPDFAnnot_HasKey(annotation, b"StateModel"):
            author = self._text("FPDFAnnot_GetStringValue", annotation, b"T")
            marks.notes.append(Note(author, text, self._box(annotation), kind in self._marking))

    def _draws(self, annotation: Any, kind: int) -> bool:
        if kind == self._pdfium.FPDF_ANNOT_WIDGET and self._fields:
            return self._fields.is_signature(annotation)
        return kind == int(self._pdfium.FPDF_ANNOT_STAMP)

    def _box(self, annotation: Any) -> Box:
        place = self._pdfium.FS_RECTF()
        self._pdfium.FPDFAnnot_GetRect(annotation, byref(place))
        left, right = sorted((place.left, place.right))
        bottom, top = sorted((place.bottom, place.top))
        return Box(left, bottom, right, top)

    def _text(self, name: str, *given: Any) -> str:
        text = text_of(getattr(self._pdfium, name), *given)
        self._length += len(text)
        check_length(self._length)
        return text.strip()
