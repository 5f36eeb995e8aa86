"""The cells of a workbook's sheets, row by row, as strings that a person would see."""

from __future__ import annotations

import io
import math
import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from index.errors import UnreadableDocument
from index.load.formats import SAFE_XML
from index.load.grid import CellNote, GridRow
from index.load.office.excel.notes import notes_of
from index.load.office.excel.number_formats import BUILTIN, shown
from index.load.office.excel.places import column_number, place_of
from index.load.office.excel.sight import CellSight, is_coloured
from index.load.office.package import (
    Element,
    Package,
    attr,
    child,
    children,
    link_id,
    local,
    whole,
)
from index.load.unseen import Unseen

_COLUMNS = 16_384  # of Excel
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]{0,99}?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"'
)
_ESCAPED = re.compile(r"_x00[01][0-9A-Fa-f]_")  # a control character
_EVENTS = ("end",)


class Sheet(NamedTuple):
    """A sheet that is shown, and the part that holds it."""

    name: str
    part: str


class Workbook:
    """The sheets of an Excel file. Raises UnreadableDocument."""

    def __init__(self, package: Package) -> None:
        self._package = package
        properties = child(package.root, "workbookPr")
        self._since_1904 = properties is not None and attr(properties, "date1904") in ("1", "true")
        self._strings = _strings(package)
        part = package.linked(package.main, "styles")
        styles = package.xml(part) if part else None
        self._formats = _formats(styles)
        self._bold = _bold(styles)
        self._sight = CellSight(styles, self._formats)
        self.unset: list[str] = []  # cells whose formula has no result in the file
        self.unseen = Unseen()
        self.hidden: list[str] = []  # sheets

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in order, hidden ones and those that are one chart left out."""
        links = self._package.link_ids(self._package.main)
        for sheet in children(child(self._package.root, "sheets"), "sheet"):
            link = links.get(link_id(sheet))
            if not link or link.kind != "worksheet":
                continue
            if attr(sheet, "state") in ("", "visible"):
                yield Sheet(attr(sheet, "name"), link.part)
            else:
                self.hidden.append(attr(sheet, "name"))

    def rows(self, sheet: Sheet) -> Iterator[GridRow]:
        """The rows with a value, an empty one for those between; text is on one line.

        A cell that is merged downwards in the first column names each of its rows. What stands
        beside cells of empty rows is with the next row, or in one of its own at the end.
        """
        waiting = deque(sorted(notes_of(self._package, sheet.part).items()))
        data = self._package.xml_bytes(sheet.part)
        merged, wide = _merged(data)
        last, column, name, until = 0, 0, "", 0
        for number, cells, bold in self._read(data, sheet):
            first = next((i for i, cell in enumerate(cells) if cell), -1)
            if first < 0:
                continue
            if (number, first) in merged:
                column, name, until = first, cells[first], merged[number, first]
            elif number <= until and column < first:
                cells[column] = name
            if number > last + 1:
                yield GridRow(last + 1, [])
            notes: list[CellNote] = []
            while waiting and waiting[0][0] <= number:
                notes += waiting.popleft()[1]
            yield GridRow(number, cells, notes, (number, first) in wide, bold)
            last = number
        for number, left in waiting:
            yield GridRow(number, [], left)

    def _read(self, data: bytes, sheet: Sheet) -> Iterator[tuple[int, list[str], bool]]:
        """Each row's number and cells, and whether the first that says something is in bold."""
        from lxml import etree

        number, coloured = 0, is_coloured(data)
        try:
            # as a stream: the tree of a large sheet would take gigabytes
            for _, row in etree.iterparse(
                io.BytesIO(data),
                events=_EVENTS,
                tag="{*}row",
                **SAFE_XML,
            ):
                number = max(whole(row.get("r", "")), number + 1)
                yield number, *self._cells(row, number, sheet, coloured)
                row.clear()
                while row.getprevious() is not None:
                    del row.getparent()[0]
        except etree.XMLSyntaxError as exc:
            raise UnreadableDocument(
                f"{self._package.source}: {sheet.part} in it is damaged; get it again"
            ) from exc

    def _cells(
        self, row: Element, number: int, sheet: Sheet, coloured: bool
    ) -> tuple[list[str], bool]:
        cells: list[str] = []
        bold: bool | None = None
        for cell in children(row, "c"):
            place = place_of(cell.get("r", ""))
            at = place.column if place else len(cells)
            if at < len(cells) or at >= _COLUMNS:
                continue
            text = self._text(cell)
            if text and self._sight.misses(cell, coloured):
                self.unseen.add(text)
            elif text:
                cells += [""] * (at - len(cells))
                cells.append(text)
                if bold is None:
                    bold = whole(cell.get("s", ""), 0) in self._bold
            elif child(cell, "f") is not None and _is_unset(cell):
                self.unset.append(f"{sheet.name}!{attr(cell, 'r') or number}")
        return cells, bool(bold)

    def _text(self, cell: Element) -> str:
        kind = cell.get("t", "") or "n"
        value = child(cell, "v")
        said = (value.text or "") if value is not None else ""
        if kind == "s":
            return _nth(self._strings, said)
        if kind == "inlineStr":
            return _string(child(cell, "is"))
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(said, "")
        if kind == "e":  # "#DIV/0!" says nothing
            return ""
        if kind == "n":
            return self._number(said, cell.get("s", ""))
        return _line(said)  # "str": a formula's text; "d": a date, in ISO 8601 already

    def _number(self, said: str, style: str) -> str:
        try:
            value = float(said)
        except ValueError:
            return _line(said)
        if not math.isfinite(value):
            return said
        return shown(value, _nth(self._formats, style), self._since_1904)


def _nth(of: list[str], said: str) -> str:
    at = whole(said, -1)
    return of[at] if 0 <= at < len(of) else ""


def _is_unset(cell: Element) -> bool:
    """Whether a cell without text has no value at all: an empty text is a result too."""
    value = child(cell, "v")
    return cell.get("t", "") not in ("str", "e") and (value is None or not value.text)


def _merged(data: bytes) -> tuple[dict[tuple[int, int], int], set[tuple[int, int]]]:
    """By row and column, the cells merged downwards, each with the last row that it reaches; and
    those merged over columns of one row.
    """
    down: dict[tuple[int, int], int] = {}
    wide: set[tuple[int, int]] = set()
    for column, row, end, last in _MERGED.findall(data):
        place = int(row), column_number(column.decode())
        if row != last:
            down[place] = int(last)
        elif column != end:
            wide.add(place)
    return down, wide


def _bold(styles: Element | None) -> set[int]:
    """The numbers of the styles whose letters are bold."""
    marks = [child(font, "b") for font in children(child(styles, "fonts"), "font")]
    fonts = {
        str(i)
        for i, mark in enumerate(marks)
        if mark is not None and attr(mark, "val") not in ("0", "false")
    }
    cells = children(child(styles, "cellXfs"), "xf")
    return {i for i, cell in enumerate(cells) if attr(cell, "fontId") in fonts}


def _strings(package: Package) -> list[str]:
    part = package.linked(package.main, "sharedStrings")
    return [_string(e) for e in children(package.xml(part), "si")] if part else []


def _string(element: Element | None) -> str:
    """A text and its runs in one line, without what says how to pronounce them."""
    parts: list[str] = []
    for part in () if element is None else element:
        text = child(part, "t") if local(part) == "r" else part
        if text is not None and local(text) == "t":
            parts.append(text.text or "")
    return _line("".join(parts))


def _line(text: str) -> str:
    return " ".join(_ESCAPED.sub(" ", text).split())


def _formats(styles: Element | None) -> list[str]:
    """The number format of each style that a cell may have."""
    own = {
        attr(e, "numFmtId"): attr(e, "formatCode")
        for e in children(child(styles, "numFmts"), "numFmt")
    }
    known = {str(number): code for number, code in BUILTIN.items()} | own
    return [known.get(attr(e, "numFmtId"), "") for e in children(child(styles, "cellXfs"), "xf")]
