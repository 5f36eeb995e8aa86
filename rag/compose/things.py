"""What a question lists or counts: the words that name the things, and those that say which."""

from __future__ import annotations

import re
from typing import NamedTuple

from index import Query

# what stands before the noun of the things that are listed or counted
_LEAD = re.compile(
    r"""(?xi) \b(?:how\ ?man+y|number\ of|(?:names|dates|titles)\ of|which|what|who|list|enumerate
        |count|all|every|each|name|show|give|find
        |wie\ ?viele[nr]?|welche[nrs]?|nenne?|liste|alle[nrs]?)\b
    (?:\s+(?:me|us|of|all|the|our|my|your|their|these|those|different|other|a|list|are|were|is
        |names|how\ ?man+y|mir|die|der|den|das|von|sind|waren)\b)*"""
)
# says of what is listed or counted only that it is there
_THERE = re.compile(
    r"""(?xi) (?:lists?|listed|enumerated?|count|counted|names?|named|mentions?|mentioned|told|tell
        |show|shown|give|given|find|found|number|total|different|currently|still|yet|now|moment
        |exist|existing|contain\w*|record\w*|appear\w*|occur\w*|have|got|there|table|sheet
        |spreadsheet|csv|file|rows?|entries|documents?|altogether|overall|please|know|can|could|made|taken
        |gibt|noch|derzeit|insgesamt|liste|tabelle|datei|aufgeführt|genannt|stehen|bitte)"""
)


class AskedWord(NamedTuple):
    """A word of the question: where it stands in it, as it is written, and its stem."""

    at: int
    written: str
    stem: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.at + len(self.written)

    @property
    def is_frame(self) -> bool:
        """Whether it says of the things only that they are there, or are to be told."""
        return bool(_THERE.fullmatch(self.written))


class Things(NamedTuple):
    """The words of a question that count, and those of them on end that name the things."""

    words: list[AskedWord]
    nouns: list[AskedWord]


def things_of(question: Query, language: str) -> Things:
    """The words by the rules of a language, without what only asks for several: "how many"."""
    text = question.cleaned
    lead = _LEAD.search(text)
    start, end = lead.span() if lead else (0, 0)
    placed = [AskedWord(*word) for word in question.words(language).placed]
    words = [word for word in placed if not start <= word.at < end]
    nouns: list[AskedWord] = []
    for word in words:
        if word.at < end or word.is_frame:
            continue
        if nouns and text[nouns[-1].end : word.at].strip():
            break
        nouns.append(word)
    return Things(words, nouns)
