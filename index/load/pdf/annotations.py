"""What lies on a page and is no part of it: fields, typed text, notes (ISO 32000-2, 12.5, 12.7).

The values are those that the file keeps, not those that it draws: a form that a program filled in
may draw none until a viewer does (`NeedAppearances`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_float, c_uint, cast, create_string_buffer
from enum import Enum, auto
from typing import Any, NamedTuple

from index.load.colours import WHITE, Colour, is_lost
from index.load.formats import check_length
from index.load.pdf.ink import Box

_SMALLEST = 1.0  # points
_OPTIONS = 5000  # of a list
_HIDDEN = 2 | 32  # flags: hidden, not to be viewed
_PASSWORD = 1 << 13
_INDEX = re.compile(r"\[\d+\]")
_STEP = re.compile(r"(?<=[^\W\d_])_(?=[^\W\d_])|(?<=[a-zà-ÿ])(?=[A-Z])")
_NAME = re.compile(r"[^\W\d_]{3,}(?:[ -][^\W\d_]+)*[:?]?")  # "Text1" names nothing


class FieldKind(Enum):
    """What is done with a field: written in, ticked, one of several chosen; or text of no form."""

    TEXT = auto()
    BOX = auto()
    RADIO = auto()
    TYPED = auto()


WRITTEN = (FieldKind.TEXT, FieldKind.TYPED)


class Field(NamedTuple):
    """A field and its place, in points.

    `value` is what is written in it, `on`: it is ticked. `name` is that of all fields which have
    one value; `told` is what the file calls it, "" where that says nothing to a reader.
    """

    kind: FieldKind
    box: Box
    value: str = ""
    on: bool = False
    name: str = ""
    told: str = ""


class Note(NamedTuple):
    """What somebody wrote about a page; `marked`: about words that are marked on it."""

    author: str
    text: str
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
        self._pdfium, self._form = pdfium, form
        self._length = 0  # of all that was read: many fields may have one long value
        self._marking = {
            pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY,
            pdfium.FPDF_ANNOT_STRIKEOUT,
        }  # fmt: skip
        self._noted = {
            *self._marking, pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_CARET, pdfium.FPDF_ANNOT_INK,
            pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_LINE,
            pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_POLYLINE,
        }  # fmt: skip

    def marks(self, page: Any) -> Marks:
        """What lies on `page`.

        Raises TooMuchText.
        """
        marks = Marks()
        for i in range(self._pdfium.FPDFPage_GetAnnotCount(page)):
            with self._annotation(page, i) as annotation:
                if annotation:
                    self._add(marks, annotation)
        return marks

    def draw(self, page: Any) -> None:
        """Make what only draws text part of `page`; it shows when that is loaded again."""
        pdfium = self._pdfium
        for i in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
            with self._annotation(page, i) as annotation:
                drawn = annotation and self._draws(annotation)
            if not drawn:
                pdfium.FPDFPage_RemoveAnnot(page, i)
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)

    def _add(self, marks: Marks, annotation: Any) -> None:
        pdfium = self._pdfium
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        hidden = bool(pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN)
        if self._draws(annotation):
            marks.drawn = marks.drawn or not hidden
        elif kind == pdfium.FPDF_ANNOT_WIDGET:
            field = self._field(annotation) if self._form else None
            if field and (hidden or self._is_unseen(annotation, field)):
                marks.unseen.append(field.value)
            elif field:
                marks.fields.append(field)
        elif kind == pdfium.FPDF_ANNOT_FREETEXT or kind in self._noted:
            text = self._entry(annotation, b"Contents")
            if hidden:
                marks.unseen.append(text)
                return
            marks.struck += kind == pdfium.FPDF_ANNOT_STRIKEOUT
            if kind == pdfium.FPDF_ANNOT_FREETEXT:
                marks.fields.append(Field(FieldKind.TYPED, self._box(annotation), text))
            elif text and not pdfium.FPDFAnnot_HasKey(annotation, b"StateModel"):
                author = self._entry(annotation, b"T")
                marks.notes.append(Note(author, text, kind in self._marking))

    def _draws(self, annotation: Any) -> bool:
        pdfium = self._pdfium
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        return bool(kind == pdfium.FPDF_ANNOT_STAMP) or (
            kind == pdfium.FPDF_ANNOT_WIDGET
            and self._type(annotation) == pdfium.FPDF_FORMFIELD_SIGNATURE
        )

    def _type(self, annotation: Any) -> int:
        ask = self._pdfium.FPDFAnnot_GetFormFieldType
        return int(ask(self._form, annotation)) if self._form else -1

    def _field(self, annotation: Any) -> Field | None:
        """A field that says something; None for a button or a password."""
        pdfium, form = self._pdfium, self._form
        kind = self._type(annotation)
        name = self._text("FPDFAnnot_GetFormFieldName", form, annotation)
        told = self._text("FPDFAnnot_GetFormFieldAlternateName", form, annotation)
        field = Field(FieldKind.TEXT, self._box(annotation), name=name, told=told or _called(name))
        if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
            radio = kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON
            state = self._entry(annotation, b"AS") or self._entry(annotation, b"V")
            if not state and radio:
                return None  # pdfium does not tell what is chosen
            on = state not in ("", "Off")
            return field._replace(kind=FieldKind.RADIO if radio else FieldKind.BOX, on=on)
        if kind in (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
            return field._replace(value=self._chosen(annotation))
        secret = pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD
        if kind != pdfium.FPDF_FORMFIELD_TEXTFIELD or secret:
            return None
        return field._replace(value=self._text("FPDFAnnot_GetFormFieldValue", form, annotation))

    def _entry(self, annotation: Any, key: bytes) -> str:
        return self._text("FPDFAnnot_GetStringValue", annotation, key)

    def _chosen(self, annotation: Any) -> str:
        """What is shown of the options that are chosen; of what is written instead, all."""
        pdfium, form = self._pdfium, self._form
        options = range(min(pdfium.FPDFAnnot_GetOptionCount(form, annotation), _OPTIONS))
        chosen = (i for i in options if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, i))
        said = [self._text("FPDFAnnot_GetOptionLabel", form, annotation, i) for i in chosen]
        return ", ".join(filter(None, said)) or self._text(
            "FPDFAnnot_GetFormFieldValue", form, annotation
        )

    def _is_unseen(self, annotation: Any, field: Field) -> bool:
        """Whether a field has no place, or what is written in it is tiny or white."""
        pdfium, form, box = self._pdfium, self._form, field.box
        if min(box.right - box.left, box.top - box.bottom) < _SMALLEST:
            return True
        if field.kind is not FieldKind.TEXT or not field.value:
            return False
        size, parts = c_float(), [c_uint() for _ in range(3)]
        sized = pdfium.FPDFAnnot_GetFontSize(form, annotation, byref(size))
        if sized and 0 < size.value < _SMALLEST:
            return True
        told = pdfium.FPDFAnnot_GetFontColor(form, annotation, *map(byref, parts))
        return bool(told) and is_lost(Colour(*(part.value / 255 for part in parts)), WHITE)

    def _box(self, annotation: Any) -> Box:
        place = self._pdfium.FS_RECTF()
        self._pdfium.FPDFAnnot_GetRect(annotation, byref(place))
        left, right = sorted((place.left, place.right))
        bottom, top = sorted((place.bottom, place.top))
        return Box(left, bottom, right, top)

    @contextmanager
    def _annotation(self, page: Any, index: int) -> Iterator[Any]:
        annotation = self._pdfium.FPDFPage_GetAnnot(page, index)
        try:
            yield annotation
        finally:
            if annotation:
                self._pdfium.FPDFPage_CloseAnnot(annotation)

    def _text(self, name: str, *given: Any) -> str:
        """What a function of pdfium writes into a buffer, as UTF-16."""
        function = getattr(self._pdfium, name)
        size = function(*given, None, 0)
        if size <= 2:
            return ""
        self._length += size // 2
        check_length(self._length)
        buffer = create_string_buffer(size)
        function(*given, cast(buffer, function.argtypes[len(given)]), size)
        return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()


def _called(name: str) -> str:
    """What a field's name says to a reader: "Surname" of "form[0].page[0].Surname[0]"."""
    last = _STEP.sub(" ", _INDEX.sub("", name[-200:]).rpartition(".")[2])
    return last if _NAME.fullmatch(last) else ""
