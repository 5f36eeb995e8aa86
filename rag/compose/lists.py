"""A list is quoted whole: the sentence that leads to it and its members, however many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from index import Document, Sentence, Span, clean

FEWEST, MOST = 2, 1_000  # sentences
PARAGRAPH = 2  # sentences a member, from which on marks stand before paragraphs, not in a list
_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s*")
_ENDS = (".", "!", "?", "。", "！", "？", "।", "؟")


class WholeList(NamedTuple):
    """The sentences of a list, in order, and the one that leads to it, or None."""

    lead: Span | None
    sentences: tuple[Span, ...]

    @property
    def parts(self) -> tuple[Span, ...]:
        """Everything that it says."""
        return self.sentences if self.lead is None else (self.lead, *self.sentences)

    def members(self, document: Document) -> tuple[Span, ...]:
        """Its members, of one or more sentences each: a mark stands before one, or a line ends."""
        between = [document.text[a.end : b.start] for a, b in pairwise(self.sentences)]
        marked = any(gap.strip() for gap in between)
        found = [self.sentences[0]]
        for gap, own in zip(between, self.sentences[1:], strict=True):
            if gap.strip() if marked else "\n" in gap:
                found.append(own)
            else:
                found[-1] = Span(found[-1].start, own.end)
        return tuple(found)


def whole_list(document: Document, sentence: Span, section: Sequence[Sentence]) -> WholeList | None:
    """The list that a sentence is a member of, or leads to; None for neither.

    `section` are the sentences around it, in order, it among them; they end where its heading does.
    A line that is no sentence, a title or code, ends a list. Paragraphs with a dash before them are
    none; steps are, however much each of them says.
    """
    at = next((i for i, own in enumerate(section) if own.span == sentence), None)
    if at is None:
        return None

    def is_next(one: Span, other: Span) -> bool:
        """Whether nothing but the mark of `other` stands between two stretches."""
        lines, _, _ = document.text[one.end : other.start].rpartition("\n")
        return not lines.strip()

    def goes_on(i: int) -> bool:
        """Whether sentences `i` and `i` + 1 are of one list."""
        one, other = section[i : i + 2]
        of_one = one.role == other.role == "item" and one.lead == other.lead
        return of_one and is_next(one.span, other.span)

    first = at if section[at].role == "item" else at + 1
    if first == len(section) or section[first].role != "item":
        return None
    lead = section[first].lead
    if lead is not None and not _leads(document.cut(lead)):
        lead = None
    if first > at and lead != sentence:
        return None
    end = first + 1
    while first > 0 and goes_on(first - 1):
        first -= 1
    while end < len(section) and goes_on(end - 1):
        end += 1
    sentences = tuple(own.span for own in section[first:end])
    if lead is not None and not is_next(lead, sentences[0]):
        lead = None
    found = WholeList(lead, sentences)
    if sentence not in found.parts or not FEWEST <= len(sentences) <= MOST:
        return None
    members = found.members(document)
    is_list = len(sentences) < PARAGRAPH * len(members) or _is_numbered(document, members[0])
    return found if is_list else None


def _is_numbered(document: Document, member: Span) -> bool:
    line = document.text.rfind("\n", 0, member.start) + 1
    return bool(_NUMBER.fullmatch(document.text, line, member.start))


def _leads(sentence: str) -> bool:
    """Whether a sentence above a list goes on in it: it has no end of its own."""
    return not clean(sentence).rstrip("*_\"'”’) ").endswith(_ENDS)
