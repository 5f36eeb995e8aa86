"""Which words of a sentence answer: what the model points at, found again in the document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from index import Document, Span, as_shown, letters, letters_before

MOST_WORDS = 12  # more of them point at nothing
_WORD = re.compile(r"[^\s—]+(?:\s[%°€£$](?!\S))?")  # "50 %" is one
_BEFORE, _AFTER = "\"'“”‘’„«»([{*_~`", "\"'“”‘’«»)]}*_~`.,;:!?…"
_ABBREVIATED = re.compile(r"(?:\w\.){2,}\Z")  # "U.S." keeps its last point


def answering_words(document: Document, sentence: Span, read: str, stretch: Span) -> Span | None:
    """The whole words of `sentence` that hold the characters `stretch` of `read`.

    `read` is the sentence as the model reads it: a label or none, then the words, cleaned. The
    way back is by letters, which cleaning leaves as they are; where it did not, there is no way
    back. None as well for over 12 words and for all there are: nothing would stand out.
    """
    shown = as_shown(document.cut(sentence))
    wanted, there = letters(read), letters(shown)
    label = len(wanted) - len(there)
    first, end = (len(letters(read[:at])) - label for at in stretch)
    if not wanted.endswith(there) or not 0 <= first < end:
        return None
    before = letters_before(shown)
    start, stop = bisect_right(before, first) - 1, bisect_left(before, end)
    words = [w.span() for w in _WORD.finditer(shown) if any(map(str.isalnum, w[0]))]
    held = [word for word in words if word[0] < stop and start < word[1]]
    if not held or len(held) > MOST_WORDS or len(held) == len(words):
        return None
    return _bare(document, Span(sentence.start + held[0][0], sentence.start + held[-1][1]))


def _bare(document: Document, words: Span) -> Span:
    """`words`, which hold a letter, without quotation marks and other signs around them."""
    text = document.cut(words).lstrip(_BEFORE)
    start = words.end - len(text)
    if not _ABBREVIATED.search(text):
        text = text.rstrip(_AFTER.replace(")", "") if "(" in text else _AFTER)
    return Span(start, start + len(text))
