"""Excel (.xlsx, .xlsm): each row with its header's labels, and what stands beside the tables.

Hidden sheets are left out, hidden rows and columns are not: a filter hides rows that people look
for. A formula stands for the result that the program last stored.

openpyxl and calamine give values, not what is shown ("48000.0"), and say nothing of labels or
notes: 94 and 85% of the words; calamine takes less than a twentieth of the time
(`python -m benchmarks.libraries`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.errors import UnreadableDocument
from index.failures import Failure
from index.load.aside import with_aside
from index.load.formats import Parsed
from index.load.office.excel.workbook import Sheet, Workbook
from index.load.office.package import Package
from index.load.office.properties import properties, stated
from index.load.sheets.lines import SheetText
from index.load.writer import Writer
from index.types import BlockKind

NAME = "xlsx"
VERSION = 6

_NAMED = 3  # cells without a result
# what programs call a sheet that nobody named
_UNNAMED = re.compile(r"(?i)(?:sheet|tabelle|feuil|hoja|foglio|blad|ark|arkusz|planilha|лист) ?\d*")


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The workbook's one text; a sheet that cannot be read among others is a Failure."""
    package = Package(data, source, "workbook")
    workbook = Workbook(package)
    sheets = list(workbook.sheets())
    meta = properties(package)
    writer = Writer()
    writer.add(meta["title"], BlockKind.HEADING, level=1)
    writer.add("\n".join(stated(package)), BlockKind.ROWS)
    text = SheetText(writer)
    for sheet in sheets:
        try:
            text.add(workbook.rows(sheet), f"sheet {sheet.name}, ", _heading(sheet, sheets), 3)
        except UnreadableDocument as exc:
            part = f"{source}#{sheet.name}"
            yield Failure(part, part + str(exc).removeprefix(source))
    if workbook.unset:
        yield Failure(source, _unset(workbook.unset, source), partly=True)
    if workbook.hidden:
        yield Failure(source, _hidden(workbook.hidden, source), partly=True)
    yield from workbook.unseen.failures(source)
    title = meta["title"] or (text.title if len(sheets) == 1 else "") or Path(source).stem
    parsed = (writer.parsed(meta) if text.lines else Parsed("", ()))._replace(title=title)
    yield with_aside(parsed, workbook.unseen.texts)


def _heading(sheet: Sheet, sheets: list[Sheet]) -> str:
    return "" if len(sheets) == 1 and _UNNAMED.fullmatch(sheet.name) else sheet.name


def _hidden(sheets: list[str], source: str) -> str:
    named = f"sheets {', '.join(sheets)} are" if len(sheets) > 1 else f"sheet {sheets[0]} is"
    return f"{source}: {named} hidden and left out; to have it read, unhide it and save the file"


def _unset(cells: list[str], source: str) -> str:
    count = f"{len(cells):,} formulas have" if len(cells) > 1 else "a formula has"
    named = ", ".join([*cells[:_NAMED], *["…"] * (len(cells) > _NAMED)])
    return (
        f"{source}: {count} no result in the file ({named}); open it in Excel or LibreOffice "
        "and save it again"
    )
