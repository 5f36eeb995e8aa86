"""Several things told one after another: "First …. Then …. Finally ….", "Term: what it means"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index import Document, Sentence, Span, clean
from rag.compose.lists import WholeList, is_next

LONGEST = 10  # sentences
FEWEST, MOST = 3, 300  # terms
TELLING = 3  # sentences, at most, that a term has on the average
_TERM = re.compile(
    r"[*_`]{0,3}([^\W_][^.:;!?\n*_`]{0,50}?)[*_`]{0,3}(?:[:：][*_`]{0,3}| [–—-])[ \n][*_`\s]*\S"
)
_GOES_ON = re.compile(
    r"""(?xi) (?:(?:and|und)\s+)? (?:then|next|after\ that|second(?:ly)?|third(?:ly)?|fourth(?:ly)?
        |fifth(?:ly)?|finally|last(?:ly)?|also|another|in\ addition|additionally|furthermore
        |moreover|besides|dann|danach|anschließend|zweitens|drittens|viertens|fünftens|schließlich|zuletzt
        |außerdem|ferner|zudem|ein(?:e[rs]?)?\ weitere[rs]?|auch)\b"""
)


def enumeration(
    document: Document, sentence: Span, section: Sequence[Sentence]
) -> WholeList | None:
    """The sentences of a paragraph that go on with what a sentence begins; None where none does.

    `section` are the sentences around it, in order, it among them.
    """
    at = next((i for i, own in enumerate(section) if own.span == sentence), None)
    if at is None or section[at].role != "body":
        return None

    def goes_on(i: int) -> bool:
        """Whether sentence `i` goes on with what the one before it says."""
        one, own = section[i - 1 : i + 1]
        gap = document.text[one.end : own.start]
        near = own.role == one.role == "body" and gap.count("\n") < 2
        said = clean(document.cut(own.span))
        return near and is_next(document, one.span, own.span) and bool(_GOES_ON.match(said))

    first, end = at, at + 1
    while first > 0 and goes_on(first):
        first -= 1
    while end < len(section) and goes_on(end):
        end += 1
    if not 1 < end - first <= LONGEST:
        return None
    return WholeList((), tuple(own.span for own in section[first:end]))


def definitions(
    document: Document, sentence: Span, section: Sequence[Sentence]
) -> WholeList | None:
    """The lines about a sentence that each begin with a term of their own; None for fewer than 3.

    Where one speaks after another the same names come again: that is none. `section` are the
    sentences around it, in order, it among them.
    """
    at = next((i for i, own in enumerate(section) if own.span == sentence), None)
    if at is None:
        return None
    begins = [i for i in range(len(section)) if _begins_line(document, section[i])]
    lines = list(pairwise([*begins, len(section)]))
    own = next((n for n, (i, j) in enumerate(lines) if i <= at < j), None)
    if own is None:
        return None
    terms = [_term(document, section[i]) for i, _ in lines]
    if not terms[own] and clean(document.cut(sentence)).endswith((":", "：")):
        own += 1  # what leads to them

    def goes_on(n: int) -> bool:
        return is_next(document, section[lines[n][0] - 1].span, section[lines[n][0]].span)

    first = end = own
    while end < len(lines) and terms[end] and (end == own or goes_on(end)):
        end += 1
    while 0 < first < end and terms[first - 1] and goes_on(first):
        first -= 1
    told = section[lines[first][0] : lines[end - 1][1]] if end > first else ()
    count = end - first
    if not FEWEST <= count <= MOST or len({*terms[first:end]}) < count:
        return None
    if len(told) > TELLING * count:
        return None
    above = section[lines[first][0] - 1] if lines[first][0] > 0 and goes_on(first) else None
    leads = above is not None and clean(document.cut(above.span)).endswith((":", "："))
    return WholeList((above.span,) if above and leads else (), tuple(s.span for s in told))


def _begins_line(document: Document, sentence: Sentence) -> bool:
    line = document.text.rfind("\n", 0, sentence.start) + 1
    return not document.text[line : sentence.start].strip(" \t>")


def _term(document: Document, sentence: Sentence) -> str:
    """The term that a line begins with; "" for none."""
    found = _TERM.match(document.text, sentence.start, sentence.end)
    return found[1].casefold() if found and sentence.role in ("body", "row") else ""
