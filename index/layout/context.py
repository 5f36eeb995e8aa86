"""Where a line stands: above the text, inside it or below it; and what follows from that.

Outside the text a short line keeps the company of its neighbours: a menu's entries, a form's
fields, the titles of other articles. Inside it only what is enclosed by furniture goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.language import word_count
from index.layout.furniture import (
    is_address,
    is_furniture,
    is_label,
    is_lead,
    is_row,
)

_ENTRY = re.compile(
    r"\A\d+(?:\.\d+)*[.)]?\s+|\s*\[\w+\]\Z|[\s#=-]+\Z"
)  # "2. Uses [edit]" is "Uses"
_STOP = (".", "。", "۔", "।")
_LONGEST_ENTRY = 300  # characters
_END = (*_STOP, "!", "?", "؟", "…", '."', '!"', '?"', ".)")


class Line(NamedTuple):
    """A block as its neighbours see it.

    `silent`: known furniture. `fixed`: never marked, for it is the title, a byline, a heading
    by markup, a numbered item or a row. `tight`: no empty line stands above it.
    """

    words: str
    silent: bool
    fixed: bool
    heading: bool
    tight: bool


def is_prose(line: str) -> bool:
    """A line long enough to be read rather than clicked."""
    count = word_count(line)
    return count >= 14 or (count >= 7 and line.endswith(_END))


def first_prose(words: Sequence[str]) -> int:
    """The number of the first line that is read; how many lines there are where none is."""
    return next((i for i, line in enumerate(words) if is_prose(line)), len(words))


def contents(words: Sequence[str], headings: Sequence[bool]) -> set[int]:
    """The lines of a table of contents: in a row, each of them a heading further down.

    Two make one below furniture ("On this page"), three anywhere.
    """
    # an entry is short; in a long line of dashes every one would be tried as the begin of its end
    words = [_ENTRY.sub("", line) if len(line) <= _LONGEST_ENTRY else line for line in words]
    last = {line: i for i, (line, is_one) in enumerate(zip(words, headings, strict=True)) if is_one}
    found: set[int] = set()
    run: list[int] = []
    listed: set[str] = set()
    for i, line in enumerate([*words, ""]):
        if line and last.get(line, -1) > i + 1 and line not in listed:
            run.append(i)
            listed.add(line)
            continue
        told = len(run) > 2 or (len(run) == 2 and run[0] > 0 and is_furniture(words[run[0] - 1]))
        if told and min(last[words[j]] for j in run) >= i:
            found |= set(run)
        run, listed = [], set()
    return found


def company(lines: Sequence[Line], title: int | None) -> set[int]:
    """The lines that are furniture by the place where they stand and by their neighbours."""
    prose = [
        i for i, line in enumerate(lines) if is_prose(line.words) and not line.silent and i != title
    ]
    if not prose:
        return set()
    top = title if title is not None and title < prose[0] else None
    found = set() if top is None else _menu(lines, range(top))
    found |= _strip(lines, range(0 if top is None else top + 1, prose[0]))
    end = _last(lines, prose)
    return found | _footer(lines, range(end + 1, len(lines))) | set(_enclosed(lines, prose[0], end))


def _last(lines: Sequence[Line], prose: Sequence[int]) -> int:
    """The text's last line; a brief notice in the midst of a footer does not count as text."""
    for before, last in zip(reversed(prose[:-1]), reversed(prose), strict=False):
        brief = word_count(lines[last].words) <= 25 and lines[last - 1].silent
        between = sum(map(_is_known, lines[before + 1 : last]))
        after = lines[last + 1 : last + 3]
        if not brief or between < 3 or (after and not any(map(_is_known, after))):
            return last
    return prose[0]


def _menu(lines: Sequence[Line], above: range) -> set[int]:
    """Above the title: labels, where one of them is known or they make a stack."""
    known = [i for i in above if _is_known(lines[i])]
    if not known:
        stack = len(above) > 3 and all(_is_free(lines[i], 3) for i in above)
        return set(above) if stack and all(lines[i].tight for i in above[1:]) else set()
    return {
        i
        for i in above
        if i in known
        or (_is_free(lines[i], 6) and (len(known) > 1 or i < known[-1] or lines[i].tight))
    }


def _strip(lines: Sequence[Line], between: range) -> set[int]:
    """Between title and text: a menu's words, and short lines that touch furniture."""
    found: set[int] = set()
    for i in between:
        if not _is_free(lines[i], 4):
            continue
        touches = (i - 1 in found or lines[i - 1].silent) and lines[i].tight
        label = is_label(lines[i].words)
        # the line above the text may be its first heading; a figure belongs to the text
        own = any(c.isdigit() for c in lines[i].words)
        last = i + 1 == between.stop
        if (label and touches) or ((label or touches) and not own and not last):
            found.add(i)
    return found


def _footer(lines: Sequence[Line], below: range) -> set[int]:
    """Below the text: from the first furniture on, whatever is no sentence.

    One such line makes no footer: a letter may say "Contact" above its address.
    """
    known = [i for i in below if _is_known(lines[i])]
    strong = sum(lines[i].silent for i in known)
    if strong + len(known) < 3:
        return set()
    start = next(i for i in known if lines[i].silent) if strong else known[0]
    while start > below.start and (_is_known(lines[start - 1]) or _is_mark(lines[start - 1])):
        start -= 1
    return {
        i
        for i in range(start, below.stop)
        if _is_free(lines[i], 14) or (not lines[i].fixed and is_address(lines[i].words))
    }


def _is_known(line: Line) -> bool:
    return line.silent or (not line.fixed and (is_label(line.words) or is_row(line.words)))


def _is_mark(line: Line) -> bool:
    """The letters of an avatar."""
    return line.words.isupper() and line.words.isalpha() and len(line.words) <= 3


def _enclosed(lines: Sequence[Line], first: int, last: int) -> Iterator[int]:
    """Inside the text: brief labels in one stack with furniture above and below them, and the
    links right below a line that announces them."""
    for i in range(first + 1, last):
        if lines[i].fixed or lines[i].silent or not lines[i].tight:
            continue
        if is_lead(lines[i - 1].words) and lines[i - 1].silent and _is_free(lines[i], 14):
            yield i
        if not lines[i - 1].silent:
            continue
        run = i
        while run < last and _is_free(lines[run], 4) and lines[run].tight:
            run += 1
        if run > i and lines[run].silent and lines[run].tight:
            yield from range(i, run)


def _is_free(line: Line, words: int) -> bool:
    """A label: at most so many words, and no end of a sentence."""
    return (
        not line.fixed
        and not line.silent
        and word_count(line.words) <= words
        and not line.words.endswith((*_STOP, ":", ";", ",", "،"))
        and not (line.words.endswith("!") and len(line.words.split()) > 4)
    )
