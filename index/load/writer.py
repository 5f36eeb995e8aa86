"""Blocks to one text: for formats whose bytes are not the text that is shown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from index.load.formats import NOTHING, Parsed, check_length
from index.types import Block, BlockKind, Page

_SPACE = re.compile(r"[ \t\n\r\x0b\x0c]+")
_LINE_END = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# a list's items, a table's rows and what is only carried along stand together
_SIGNED = {BlockKind.BYLINE, BlockKind.RECIPIENTS, BlockKind.DATELINE}
_CLOSE = {BlockKind.ITEM, BlockKind.ROWS, BlockKind.CODE, BlockKind.RULE, *_SIGNED}


class Writer:
    """Takes blocks in reading order; each becomes a line, with an empty line between two.

    Raises TooMuchText when they are over 20 million characters: a table's labels are repeated, so
    a small file may grow into a vast text.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._pages: list[Page] = []
        self._length = 0

    def __len__(self) -> int:
        """How many blocks were added."""
        return len(self._blocks)

    def add(
        self,
        text: str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        level: int = 0,
        marker: str = "",
    ) -> Block | None:
        """Add a block, the last of it if it becomes several; None where no character is visible.

        White space is made single, but for rows and code, of which each line becomes a block
        that keeps its own. `level` is a heading's; `marker` is what stands before a list's item.
        """
        before = len(self)
        if kind in (BlockKind.ROWS, BlockKind.CODE):
            for line in _LINE_END.split(text):
                self._line(line.rstrip(), kind, 0, "")
        else:
            self._line(_SPACE.sub(" ", text).strip(), kind, level, marker)
        return self._blocks[-1] if len(self) > before else None

    def keep(self, text: str, blocks: Sequence[Block]) -> None:
        """Add a text as it was written, with its own blocks."""
        if not blocks:
            return
        if self._blocks:
            self._put("\n\n")
        at = self._length
        self._put(text)
        self._blocks += (block.moved(at) for block in blocks)

    def page(self, name: str, back: int = 0) -> None:
        """What is added from now on stands on the page that people call `name`.

        The last `back` characters of what was added stand on it already.
        """
        if not self._pages or self._pages[-1].name != name:
            self._pages.append(Page(self._length - back, name))

    def parsed(self, meta: Mapping[str, str] = NOTHING, part: str = "") -> Parsed:
        """All that was added."""
        starts = [b.start for b in self._blocks]
        pages: dict[int, Page] = {}
        for page in self._pages:  # it begins in a block or with one; an empty one gives way
            at = bisect_left(starts, page.start)
            if at and page.start < self._blocks[at - 1].end:
                pages[page.start] = page
            elif at < len(starts):
                pages[starts[at]] = Page(starts[at], page.name)
        held = {key: value for key, value in meta.items() if value}
        return Parsed("".join(self._parts), tuple(self._blocks), tuple(pages.values()), held, part)

    def _line(self, line: str, kind: BlockKind, level: int, marker: str) -> None:
        body = line.lstrip()
        if not body:
            return
        if self._blocks:
            before = self._blocks[-1].kind
            close = kind in _CLOSE and (before is kind or {before, kind} <= _SIGNED)
            self._put("\n" if close else "\n\n")
        start = self._length + len(line) - len(body)
        self._put(marker + line)
        self._blocks.append(Block(kind, start, self._length, start + len(marker), level))

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        check_length(self._length)


def with_title(parsed: Parsed, title: str) -> Parsed:
    """The text with its title first, as a heading."""
    shift = len(title) + 2
    blocks = (block.moved(shift) for block in parsed.blocks)
    return parsed._replace(
        text=f"{title}\n\n{parsed.text}",
        blocks=(Block(BlockKind.HEADING, 0, len(title), 0, 1), *blocks),
        pages=tuple(page._replace(start=page.start + shift) for page in parsed.pages),
    )
