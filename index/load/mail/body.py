"""The text of an e-mail: what its writer says, and what others said that it repeats.

What a mail repeats is text as well, for the folder may not hold the mail it comes from: it stands
under a heading that says who wrote it, deeper the more often it was repeated, and what the writer
says between is the writer's again. A question that is answered right below it heads the answer.
A signature stays in the text and is never quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from index.load.writer import Writer
from index.types import BlockKind

DEEPEST = 4  # of those that quote one another; what is deeper stands as deep as this
LONGEST_NAME = 200  # characters: it stands above each part of what somebody wrote
_QUESTION = 200  # characters; a longer one says something beside what it asks
_SENTENCE_END = re.compile(r"[.!?]\s+[^\W\d_a-z]")


class MailLine(NamedTuple):
    """A block of a mail before it is written; a RULE is only carried along.

    `depth` is how often it was repeated, 0 for the writer's own. `names`: it says who wrote what
    follows at this depth. `apart`: an empty line stands above it.
    """

    words: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: str = ""
    depth: int = 0
    names: bool = False
    apart: bool = False


def write_body(lines: Sequence[MailLine], writer: Writer, sender: str) -> None:
    """Add the lines of a mail that `sender` wrote; one with nothing else passes on what it carries.

    Each change of speaker has a heading: the line that announces the other, or the sender.
    """
    if not any(_says(line) for line in lines):
        lines = [line._replace(kind=BlockKind.PARAGRAPH, names=False) for line in lines]
    turns = _Turns(writer, sender)
    for line, after in pairwise([*lines, MailLine("")]):
        if line.names:
            turns.begin(line.words, line.depth)
        elif line.kind is BlockKind.RULE:
            writer.add(line.words, line.kind)
        elif _is_answered(line, after):
            turns.turn(after.depth)
            writer.add(line.words, BlockKind.HEADING, level=_level(after.depth) + 1)
        else:
            turns.turn(line.depth)
            _write(line, writer)


def _write(line: MailLine, writer: Writer) -> None:
    kind, level = line.kind, line.level
    if kind is BlockKind.HEADING or kind is BlockKind.ROWS:
        below = min(level + _level(line.depth), 6) if level and line.depth else level
        writer.add(line.words, kind, level=below)
        return
    if line.depth and kind is BlockKind.PARAGRAPH:
        kind = BlockKind.REPEATED
    writer.add(line.words, kind, marker="> " * line.depth + line.marker)


def _says(line: MailLine) -> bool:
    said = line.kind is not BlockKind.RULE and not line.names
    return said and any(map(str.isalnum, line.words))


def _is_answered(line: MailLine, after: MailLine) -> bool:
    """Whether a line is one question of another, and the line below it is not that one's."""
    asks = line.depth > after.depth and line.words.rstrip().endswith(("?", "？", "؟"))
    brief = len(line.words) <= _QUESTION and not _SENTENCE_END.search(line.words)
    return asks and brief and not after.names and _says(after)


def _level(depth: int) -> int:
    """Of the heading above what was said at this depth; the subject has the first."""
    return max(depth, 1) + 1


class _Turns:
    """Whose words are written: the heading that says so stands where that changes."""

    def __init__(self, writer: Writer, sender: str) -> None:
        self._writer, self._at = writer, 0
        self._names = {0: sender[:LONGEST_NAME] or "Reply"}

    def begin(self, name: str, depth: int) -> None:
        """From here on `name` says who wrote what stands at `depth`."""
        self._names = {d: said for d, said in self._names.items() if d < depth}
        self._names[depth] = name
        self._lead_to(depth)

    def turn(self, depth: int) -> None:
        """Whoever wrote what stands at `depth` goes on."""
        if depth != self._at:
            self._lead_to(depth)

    def _lead_to(self, depth: int) -> None:
        """Say who wrote what stands at `depth`, and above it who repeats that."""
        for at in range(self._at + 1, depth):
            if at in self._names:
                self._writer.add(self._names[at], BlockKind.HEADING, level=_level(at))
        name = self._names.get(depth, "Quoted")
        self._writer.add(name, BlockKind.HEADING, level=_level(depth))
        self._at = depth
