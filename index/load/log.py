"""Logs: each entry a line with its time, and what goes on below it, as a stack trace does.

markitdown gives a log as it stands; nothing was found that tells the entries of any program's log
(`python -m benchmarks.libraries`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from index.load.decode import decode
from index.load.formats import Parsed, check_length
from index.load.text import lines
from index.types import Block, BlockKind, Span

NAME = "log"
VERSION = 1

_HEAD = 60  # characters in which an entry says its time
_SAMPLE = 500  # lines
_TIME = re.compile(
    r"\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/.](?:\d\d|[A-Z][a-z]{2})[-/.]\d{4}"
    r"|\b[A-Z][a-z]{2} +\d{1,2} \d\d:|\d\d:\d\d:\d\d|(?<![^\n\r])\[?\d{9,13}(?:\.\d+)?\b"
)


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed]:
    """The file's one text, as it was written; an entry is quoted as a whole."""
    text = decode(data, source)
    check_length(len(text))
    found = [line for line in lines(text) if line.start < line.end]
    if found:
        yield Parsed(text, tuple(_blocks(text, found)))


def _blocks(text: str, found: Sequence[Span]) -> Iterator[Block]:
    dated = [_begins(text, line) for line in found]
    if not any(dated[:_SAMPLE]):  # no log that tells the time: each line is an entry
        dated = [True] * len(found)
    dated[0] = True
    starts = [at for at, begins in enumerate(dated) if begins]
    for first, after in pairwise([*starts, len(found)]):
        start, end = found[first].start, found[after - 1].end
        kind = BlockKind.ROWS if after == first + 1 else BlockKind.PARAGRAPH
        yield Block(kind, start, end, start)


def _begins(text: str, line: Span) -> bool:
    indented = line.start > 0 and text[line.start - 1] in " \t"
    return (
        not indented
        and _TIME.search(text, line.start, min(line.end, line.start + _HEAD)) is not None
    )
