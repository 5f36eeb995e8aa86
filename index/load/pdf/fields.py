"""The fields of a form (ISO 32000-2, 12.7) through pdfium's C functions.

The values are those that the file keeps, not those that it draws: a form that a program filled in
may draw none until a viewer does (`NeedAppearances`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ctypes import byref, c_float
from enum import Enum, auto
from typing import Any, NamedTuple

from index.load.colours import WHITE, Colour, is_lost
from index.load.pdf.ink import Box

_SMALLEST = 1.0  # points
_OPTIONS = 5000  # of a list
_PASSWORD, _RADIO, _PUSH = 1 << 13, 1 << 15, 1 << 16  # flags
_DRAWN = 400  # characters that say how a value is drawn
_PARTS = {"g": 1, "rg": 3}  # of a colour
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


class Fields:
    """Reads what annotations say of a field.

    pdfium looks for a field by its name among all, one after the other: what an annotation says
    itself is not looked for, and nothing is where it has no parent.
    """

    def __init__(self, pdfium: Any, form: Any, text: Callable[..., str]) -> None:
        self._pdfium, self._form, self._text = pdfium, form, text
        self._types = {
            "Tx": pdfium.FPDF_FORMFIELD_TEXTFIELD, "Ch": pdfium.FPDF_FORMFIELD_LISTBOX,
            "Sig": pdfium.FPDF_FORMFIELD_SIGNATURE,
        }  # fmt: skip
        self._boxes = {
            pdfium.FPDF_FORMFIELD_CHECKBOX: FieldKind.BOX,
            pdfium.FPDF_FORMFIELD_RADIOBUTTON: FieldKind.RADIO,
        }

    def is_signature(self, annotation: Any) -> bool:
        """Whether it is the place of a signature."""
        return bool(self._type(annotation) == self._pdfium.FPDF_FORMFIELD_SIGNATURE)

    def read(self, annotation: Any, box: Box) -> Field | None:
        """A field that says something; None for a button or a password."""
        pdfium, kind = self._pdfium, self._type(annotation)
        grouped = kind in self._boxes and self._has(annotation, b"Parent")
        name = (
            self._text("FPDFAnnot_GetFormFieldName", self._form, annotation)
            if grouped
            else self._own(annotation, b"T")
        )
        told = self._said("FPDFAnnot_GetFormFieldAlternateName", annotation, b"TU")
        field = Field(FieldKind.TEXT, box, name=name, told=told or _called(name))
        if kind in self._boxes:
            state = self._own(annotation, b"AS") or self._own(annotation, b"V")
            if not state and kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON:
                return None  # pdfium does not tell what is chosen
            return field._replace(kind=self._boxes[kind], on=state not in ("", "Off"))
        if kind in (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
            return field._replace(value=self._chosen(annotation))
        if kind != pdfium.FPDF_FORMFIELD_TEXTFIELD or self._flags(annotation) & _PASSWORD:
            return None
        return field._replace(value=self._said("FPDFAnnot_GetFormFieldValue", annotation, b"V"))

    def is_unseen(self, annotation: Any, field: Field) -> bool:
        """Whether a field has no place, or what is written in it is tiny or white."""
        box = field.box
        if min(box.right - box.left, box.top - box.bottom) < _SMALLEST:
            return True
        return field.kind is FieldKind.TEXT and _is_lost(self._own(annotation, b"DA")[-_DRAWN:])

    def _type(self, annotation: Any) -> int:
        pdfium, kind = self._pdfium, self._own(annotation, b"FT")
        if kind in self._types:
            return int(self._types[kind])
        if kind != "Btn":
            return int(pdfium.FPDFAnnot_GetFormFieldType(self._form, annotation))
        flags = self._flags(annotation)
        if flags & _PUSH:
            return int(pdfium.FPDF_FORMFIELD_PUSHBUTTON)
        radio = flags & _RADIO
        return int(pdfium.FPDF_FORMFIELD_RADIOBUTTON if radio else pdfium.FPDF_FORMFIELD_CHECKBOX)

    def _flags(self, annotation: Any) -> int:
        if self._has(annotation, b"Parent") and not self._has(annotation, b"Ff"):
            return int(self._pdfium.FPDFAnnot_GetFormFieldFlags(self._form, annotation))
        number = c_float()
        self._pdfium.FPDFAnnot_GetNumberValue(annotation, b"Ff", byref(number))
        return int(number.value)

    def _has(self, annotation: Any, key: bytes) -> bool:
        return bool(self._pdfium.FPDFAnnot_HasKey(annotation, key))

    def _own(self, annotation: Any, key: bytes) -> str:
        return self._text("FPDFAnnot_GetStringValue", annotation, key)

    def _said(self, function: str, annotation: Any, key: bytes) -> str:
        if self._has(annotation, key) or not self._has(annotation, b"Parent"):
            return self._own(annotation, key)
        return self._text(function, self._form, annotation)

    def _chosen(self, annotation: Any) -> str:
        """What is shown of the options that are chosen; else what is written instead."""
        pdfium, form = self._pdfium, self._form
        options = range(min(pdfium.FPDFAnnot_GetOptionCount(form, annotation), _OPTIONS))
        chosen = (i for i in options if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, i))
        said = [self._text("FPDFAnnot_GetOptionLabel", form, annotation, i) for i in chosen]
        return ", ".join(filter(None, said)) or self._own(annotation, b"V")


def paragraphs(value: str) -> list[str]:
    """What was written in a field; lines that end no sentence are the field's width."""
    found: list[list[str]] = [[]]
    for line in value.splitlines():
        found[-1] += line.split()
        if not line.strip() or line.rstrip().endswith((".", "!", "?")):
            found.append([])
    return [" ".join(words) for words in found if words] or [""]


def _called(name: str) -> str:
    """What a field's name says to a reader: "Surname" of "form[0].page[0].Surname[0]"."""
    last = _STEP.sub(" ", _INDEX.sub("", name[-200:]).rpartition(".")[2])
    return last if _NAME.fullmatch(last) else ""


def _is_lost(drawn: str) -> bool:
    """Whether a value is to be drawn in tiny or white letters: "/Helv 12 Tf 1 g"."""
    numbers: list[float] = []
    lost = False
    for word in drawn.split():
        try:
            numbers.append(float(word))
            continue
        except ValueError:
            pass
        if word == "Tf" and numbers and 0 < numbers[-1] < _SMALLEST:
            return True
        if len(numbers) == _PARTS.get(word):
            red, green, blue = numbers if word == "rg" else numbers * 3
            lost = is_lost(Colour(red, green, blue), WHITE)
        numbers = []
    return lost
