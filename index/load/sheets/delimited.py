"""CSV and its like (.csv, .tsv): each row with its header's labels.

The delimiter is the one that parts most rows into the same number of cells: a comma that is a
decimal sign or a part of a sentence does not. Rows are counted as a spreadsheet counts them, the
header is row 1. What says "sep=;" for Excel comes from a program that exports its columns' names.

The standard library parses. pandas takes commas and UTF-8 alone unless told: 3 of 9 files;
markitdown reads all, without a label in any row (`python -m benchmarks.libraries`).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from index.load.decode import decode
from index.load.formats import Parsed
from index.load.grid import GridRow
from index.load.sheets.lines import SheetText
from index.load.writer import Writer

NAME = "delimited"
VERSION = 5

_DELIMITERS = "\t;|,"  # of equals the first: a comma is a decimal sign too
_NONE = "\x1f"  # parts nothing
_SAMPLE = 200  # rows, and characters of them, by which the delimiter is found
_SAMPLE_CHARS = 200_000
_SAID = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)  # Excel's way to name it


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed]:
    """The file's one text."""
    text = decode(data, source)
    writer = Writer()
    rows = SheetText(writer)
    said = _SAID.match(text)
    rows.add(_rows(text, said[1] if said else ""), headed=said is not None)
    # the file's name otherwise: to look for a title in a million rows takes minutes
    yield writer.parsed()._replace(title=rows.title or Path(source).stem)


def _rows(text: str, said: str) -> Iterator[GridRow]:
    """The rows but for the one that says which delimiter parts them, where one does."""
    for number, cells in enumerate(_records(text, said or find_delimiter(text)), 1):
        if not (said and number == 1):
            yield GridRow(number, [" ".join(cell.split()) for cell in cells])


def find_delimiter(text: str) -> str:
    """The delimiter that parts most of the first rows alike.

    Where none does, it is one that parts all of them, the first one into most cells: a header, and
    rows whose last cells are left out. Else there is one column: a character that parts nothing.
    """
    sample = text[:_SAMPLE_CHARS]
    best, ragged = (0.5, 1, _NONE), _NONE
    for delimiter in _DELIMITERS if _is_tight(sample) else _DELIMITERS[:-1]:
        records = _records(sample, delimiter)
        widths = [len(row) for row in islice(records, _SAMPLE) if any(map(str.strip, row))]
        if len(sample) < len(text) and len(widths) > 1:
            widths.pop()  # it may be cut off
        width, rows = max(Counter(widths).items(), key=lambda w: (w[1], w[0]), default=(1, 0))
        if width > 1:
            best = max(best, (rows / len(widths), width, delimiter), key=lambda b: b[:2])
        if ragged == _NONE and len(widths) > 2 and min(widths) >= 2 and max(widths) == widths[0]:
            ragged = delimiter
    return best[2] if best[2] != _NONE else ragged


def _is_tight(text: str) -> bool:
    """Whether its commas are not those of sentences, of which most stand before a small letter."""
    return 2 * len(re.findall(r", [^\W\d_A-Z]", text)) <= text.count(",")


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    # a cell may be as long as it likes: the size of the file is limited already
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
