"""The lines of a mail in plain text: as deep as they are quoted, without the marks of that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from index.load import text as plain
from index.load.mail.attribution import attributed
from index.load.mail.body import DEEPEST, MailLine
from index.types import BlockKind

_MARKS = re.compile(r">[> ]*(?<=>)")
_SIGNATURE = re.compile(r"--[ \t]*")
_LONGEST_SIGNATURE = 12  # lines


def from_plain(text: str, *, flowed: bool = False, tight: bool = False) -> list[MailLine]:
    """The lines of a plain text; `flowed` and `tight` are its format and its delsp (RFC 3676)."""
    raw = text.splitlines()
    found: list[MailLine] = []
    lines = map(_quoted, _unflowed(raw, tight) if flowed else raw)
    for depth, run in groupby(lines, itemgetter(0)):
        found += _signed([line for _, line in run], depth)
    return attributed(found)


def _quoted(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and the line without its marks."""
    marks = _MARKS.match(line)
    if marks is None:
        return 0, line
    return min(marks[0].count(">"), DEEPEST), line[marks.end() :].removeprefix(" ")


def _signed(lines: Sequence[str], depth: int) -> Iterator[MailLine]:
    """What one wrote, and where a signature stands below it."""
    said: list[str] = []
    signed = 0  # lines that may still be the signature's
    for line in lines:
        if signed or _SIGNATURE.fullmatch(line):
            yield from _blocks(said, depth)
            said.clear()
            yield MailLine(line, BlockKind.RULE, depth=depth)
            signed = (signed or _LONGEST_SIGNATURE + 1) - 1
        else:
            said.append(line)
    yield from _blocks(said, depth)


def _blocks(lines: Sequence[str], depth: int) -> Iterator[MailLine]:
    """What plain text makes of lines."""
    text = "\n".join(lines)
    end = 0
    for block in plain.blocks(text):
        marker = text[block.start : block.body]
        line = MailLine(text[block.body : block.end], block.kind, block.level, marker, depth)
        yield line._replace(apart=text.count("\n", end, block.start) > 1)
        end = block.end


def _unflowed(lines: Sequence[str], tight: bool) -> Iterator[str]:
    """Lines that end with a space go on in the next, if that is quoted as deeply."""
    open_, before = "", ""
    for line in lines:
        marks = _MARKS.match(line)
        depth = marks[0].replace(" ", "") if marks else ""
        body = line[len(marks[0]) if marks else 0 :]
        body = body if body.startswith(" >") else body.removeprefix(" ")
        if open_ and depth == before:
            body = (open_.removesuffix(" ") if tight else open_) + body
        elif open_:
            yield f"{before} {open_}".lstrip()
        open_, before = "", depth
        if body.endswith(" ") and not _SIGNATURE.fullmatch(body):
            open_ = body
        else:
            yield f"{depth} {body}" if depth else body
    if open_:
        yield f"{before} {open_}".lstrip()
