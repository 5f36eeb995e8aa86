"""The headings of plain text: by their looks, and those that are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.language import stems
from index.layout import looks_like_heading
from index.load.numerals import roman_number
from index.load.text.lines import NUMBER, has_gap
from index.types import Block, BlockKind

_ASKS = ("?", "？", "؟")
_ROMAN = 2  # the level of sections with Roman numbers; those with figures are below it
_DEEPEST = 6
_MARKS = 20  # characters that may stand before a line's first word, as in a comment
_LONG = 45  # characters; fewer headings are longer than lines of text are
_RUNNING = 8  # lines of a footer and a header, at most
_WORD = re.compile(r"[^\W\d_]+")
_GOES_ON = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_TEXT = (BlockKind.PARAGRAPH, BlockKind.ROWS, BlockKind.CODE)


class _Number(NamedTuple):
    """The number of the `at`-th block: `style` is what stands around its last part.

    `least` is how many make a series; `heads`: it stands alone, above text.
    """

    at: int
    style: str
    last: int
    level: int
    least: int
    heads: bool = False


def with_headings(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those that are headings as such; a numbered one's level is that of its number."""
    levels = _numbered(text, found)
    looks = [looks_like_heading(text, b) and i not in levels for i, b in enumerate(found)]
    for i in range(len(found)):
        # a question is a heading only where it stands alone; in a line of talk it is a sentence
        if looks[i] and text[found[i].start : found[i].end].rstrip("\"'”’」』》»").endswith(_ASKS):
            looks[i] = all(has_gap(text, a, b) for a, b in pairwise(found[max(0, i - 1) : i + 2]))
    for i, block in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        # two such lines in a row without a gap are verse or an address
        stacked = (i > 0 and looks[i - 1] and not has_gap(text, found[i - 1], block)) or (
            after is not None and looks[i + 1] and not has_gap(text, block, after)
        )
        # the end of a sentence that was begun above
        stacked = stacked or (i > 0 and _ends_sentence_of(text, found[i - 1], block))
        cut = after is not None and _is_cut(text, found, i)
        if i in levels or (looks[i] and after is not None and not stacked and not cut):
            level = levels.get(i, 0)
            yield Block(BlockKind.HEADING, block.start, block.end, block.start, level)
        else:
            yield block


def _ends_sentence_of(text: str, above: Block, block: Block) -> bool:
    """Whether a line stands right below one whose sentence has not ended."""
    if above.kind not in _GOES_ON or has_gap(text, above, block):
        return False
    return text[above.start : above.end].rstrip("\"'”’)*_` ")[-1:].isalnum()


def _is_cut(text: str, found: Sequence[Block], at: int) -> bool:
    """Whether what stands below a line goes on with it."""
    block, below = found[at], found[at + 1]
    if has_gap(text, block, below):
        return below.kind is BlockKind.RULE and _goes_on(text, found, at + 1)
    return _goes_on(text, found, at + 1) or _fills(text, block, below)


def _fills(text: str, block: Block, below: Block) -> bool:
    """Whether a line is about as long as those below it: the first of a text, no heading of it."""
    if below.kind is BlockKind.RULE:
        return False
    length = block.end - block.start
    longest = max(map(len, text[below.start : below.end].splitlines()))
    return length > _LONG and length * 4 > longest * 3


def _goes_on(text: str, found: Sequence[Block], at: int) -> bool:
    """Whether the text from `at` on, or below running lines there, goes on in small letters."""
    below = next((b for b in found[at : at + _RUNNING] if b.kind is not BlockKind.RULE), None)
    if below is None or below.kind is BlockKind.ITEM:
        return False
    begin = text[below.start : min(below.end, below.start + _MARKS)].lstrip("#>/;*\"'`<( ")
    return begin[:1].islower()


def _numbered(text: str, found: Sequence[Block]) -> dict[int, int]:
    """The level of each block that is a numbered heading.

    Numbers that go up by one are a series. It numbers sections where three of four of its members
    are short lines with text below them; where one follows upon another it is a list.
    """
    numbers = {i: n for i, block in enumerate(found) if (n := _number_of(text, block, i))}
    open_: dict[tuple[str, int, bool], list[_Number]] = {}
    series: list[list[_Number]] = []
    for i, number in numbers.items():
        number = number._replace(heads=_heads(text, found, i, numbers))
        members: list[_Number] = []
        for heads in (number.heads, not number.heads):  # a list in a section counts for itself
            members = members or open_.pop((number.style, number.last, heads), [])
        if not members:
            series.append(members)
        members.append(number)
        open_[number.style, number.last + 1, number.heads] = members
    sections: dict[int, int] = {}
    for members in series:
        own = {n.at: n.level for n in members if n.heads}
        if len(own) >= members[0].least and len(own) * 4 >= len(members) * 3:
            sections |= own
    return sections


def _number_of(text: str, block: Block, at: int) -> _Number | None:
    found = NUMBER.match(text, block.start, block.end)
    if found is None or block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return None
    if found["roman"]:
        last = roman_number(found["roman"].lower())
        least = 2 if len(found["roman"]) == 1 else 1  # "C. Holm" is a name
        return _Number(at, "I", last, _ROMAN, least) if last else None
    sign, above, point = (found[name] or "" for name in ("sign", "above", "point"))
    if not (sign or above or point):  # "12 boats"
        return None
    level = min(_ROMAN + 1 + above.count("."), _DEEPEST)
    return _Number(
        at, f"{sign[:1]}{above}{point}", int(found["last"]), level, 1 if sign or above else 2
    )


def _heads(text: str, found: Sequence[Block], at: int, numbers: Mapping[int, _Number]) -> bool:
    """Whether a numbered block is a short line that stands above text of its own."""
    block, number = found[at], numbers[at]
    words = NUMBER.match(text, block.start, block.end)
    assert words is not None
    places = range(at + 1, min(len(found), at + 1 + _RUNNING))
    below = next((i for i in places if found[i].kind is not BlockKind.RULE), None)
    if below is None:
        return False
    after, gap = found[below], has_gap(text, block, found[below])
    line = Block(BlockKind.PARAGRAPH, words.end(), block.end, words.end())
    title = text[line.start : line.end]
    if gap and _is_titled(title):  # "8. Termination." is no sentence
        line = line._replace(end=line.start + len(title.rstrip(". ")))
    if not looks_like_heading(text, line) or (not gap and _fills(text, block, after)):
        return False
    above = found[at - 1] if at else None
    if above and above.kind is not BlockKind.RULE and not has_gap(text, above, block):
        return False
    if below in numbers:
        deeper = numbers[below].level > number.level
        return deeper or (numbers[below].last == 1 and gap)
    if after.kind is BlockKind.ITEM:
        return gap
    return after.kind in _TEXT and not looks_like_heading(text, after)


def _is_titled(line: str) -> bool:
    """Whether all its words but the smallest begin with a capital, as those of a title do."""
    words = [word for word in _WORD.findall(line) if stems(word)]
    return bool(words) and all(word[0].isupper() for word in words)
