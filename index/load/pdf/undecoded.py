"""Letters whose font does not say which characters they are: U+FFFD, or private-use ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from index.load.pdf.lines import lines_of
from index.load.pdf.sheet import Part, Run

_WORD = re.compile(r"\S{2,8}")  # a longer one counts as several: not all scripts have spaces
_BAD = re.compile("[\ufffd\ue000-\uf8ff]")
_LEADER = re.compile(r"([\ue000-\uf8ff])\1{2,}")
_TORN = 3  # a line is torn when one in so many of its words is
_FEW = 5  # words of a page say nothing


def is_undecoded(runs: Iterable[Run]) -> bool:
    """Whether most words of a page stand on lines of which many words are torn.

    A lone private-use character is a bullet or a box to tick, and one that is repeated a leader.
    """
    held = list(runs)
    if not any(_BAD.search(run.text) for run in held if not run.text.isascii()):
        return False
    whole = torn = 0
    for line in lines_of(held, 0):
        words = _WORD.findall(line.text)
        bad = sum(bool(_BAD.search(word)) and len(set(word)) > 1 for word in words)
        bad += sum(word == "\ufffd" * len(word) for word in words)
        whole += len(words)
        torn += len(words) if bad * _TORN >= len(words) > 0 else 0
    return torn * 2 > whole >= _FEW


def is_noise(part: Part) -> bool:
    """Whether half of a block's characters are not known."""
    text = _LEADER.sub("", "".join(line.text for line in part.lines).replace(" ", ""))
    return len(_BAD.findall(text)) * 2 >= len(text)


def lost_of(part: Part) -> Counter[int]:
    """How many characters of a block are not known, by page; a lone one is an ornament."""
    lost = Counter[int]()
    if len(part.lines) > 1 or len(part.lines[0].text) > 1:
        noise = is_noise(part)
        for line in part.lines:
            lost[line.sheet] += len(_BAD.findall(line.text)) if noise else line.text.count("\ufffd")
    return +lost
