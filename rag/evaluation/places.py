"""Where a quote stands in the documents, however it was typed or copied."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from index import UNSHOWN, Document, Span, as_shown, letters, letters_before


class Place(NamedTuple):
    """A stretch of a document where an expected quote stands."""

    document: Document
    span: Span

    def __str__(self) -> str:
        """`source:line`."""
        return f"{self.document.source}:{self.document.line(self.span.start)}"

    def to_dict(self) -> dict[str, Any]:
        """The place for people (source and line) and for programs (offsets)."""
        return {
            "source": self.document.source,
            "line": self.document.line(self.span.start),
            "start": self.span.start,
            "end": self.span.end,
        }


def overlaps(a: Span, b: Span) -> bool:
    """Whether two stretches share at least half of the shorter one.

    So they do when one holds the other.
    """
    common = min(a.end, b.end) - max(a.start, b.start)
    return 2 * common >= min(a.end - a.start, b.end - b.start)


class Locator:
    """Finds quotes in documents; each document is prepared once, for all questions.

    Letters and digits are compared, after NFKD and case folding, and nothing else: white space,
    line breaks, kinds of quotation marks and dashes, Markdown's emphasis and other punctuation do
    not matter. A single word does not stand within a longer one ("12" in "2012"). Where a quote
    stands nowhere, it is looked for without the addresses of links and without tags.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._texts = [(d, _Text(d.text)) for d in documents]
        self._shown: list[tuple[Document, _Text]] | None = None

    def places(self, quote: str) -> list[Place]:
        """Every place where the quote stands, by document and offset."""
        return self._in(self._texts, quote) or self._in(self._as_shown(), as_shown(quote))

    def _in(self, texts: Sequence[tuple[Document, _Text]], quote: str) -> list[Place]:
        wanted, single = letters(quote), len(quote.split()) == 1
        return [Place(d, span) for d, text in texts for span in text.find(wanted, single)]

    def _as_shown(self) -> list[tuple[Document, _Text]]:
        if self._shown is None:
            marked = [d for d, _ in self._texts if UNSHOWN.search(d.text)]
            self._shown = [(d, _Text(as_shown(d.text))) for d in marked]
        return self._shown


class _Text:
    """A text, and its letters with the way back to their offsets."""

    def __init__(self, text: str) -> None:
        self.text, self.letters = text, letters(text)

    @cached_property
    def _before(self) -> list[int]:
        """How many letters stand before each offset."""
        return letters_before(self.text)

    def find(self, wanted: str, single: bool) -> Iterator[Span]:
        """The spans whose letters are `wanted`, which is not empty; whole words for a `single`."""
        at = self.letters.find(wanted)
        while at >= 0:
            start = bisect_right(self._before, at) - 1
            end = bisect_left(self._before, at + len(wanted))
            # else it begins or ends within a character: "f" in "ﬁ"
            whole = self._before[start] == at and self._before[end] == at + len(wanted)
            if whole and not (single and (self._in_word(start) or self._in_word(end))):
                yield Span(start, end)
            at = self.letters.find(wanted, at + 1)

    def _in_word(self, offset: int) -> bool:
        around = self.text[offset - 1 : offset + 1] if offset else ""
        return len(around) == 2 and all(map(_of_spaced_words, around))


def _of_spaced_words(character: str) -> bool:
    """Whether words of this character are parted by spaces: digits, and letters that have case."""
    return (
        character.isdecimal()
        or character.lower() != character.upper()
        or unicodedata.combining(character) > 0
    )
