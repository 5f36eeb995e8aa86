"""Several things that are told one after another in a paragraph: "First …. Then …. Finally …."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Document, Sentence, Span, clean
from rag.compose.lists import WholeList, is_next

LONGEST = 10  # sentences
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
