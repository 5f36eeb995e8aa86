"""A list is quoted whole: the sentence that leads to it and its members, however many there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from index import Document, Sentence, Span, clean

FEWEST, MOST = 2, 1_000  # sentences
PARAGRAPH = 2  # sentences a member, from which on marks stand before paragraphs, not in a list
APART = 10  # sentences, at most, that stand between two steps
_NUMBER = re.compile(r"[\s*_]*\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)][\s*_]*")
_COUNT = re.compile(r"[\s*_]*\(?(\d{1,3})[.)][\s*_]*")
_PICTURE = re.compile(r"[ \t]*!\[[^\]\n]{0,300}\]\([^)\n]{0,300}\)[ \t]*")
_ENDS = (".", "!", "?", "。", "！", "？", "।", "؟")
_GOES_ON = (":", ",", "：", "，")  # what leads to a list in a list ends so
_TAB = 4


class WholeList(NamedTuple):
    """The sentences of a list, in order, and those that lead to it, if any.

    `context` is what stands above, is shown with it, and is no part of it; `rows` are those of the
    sentences that are a table's.
    """

    leads: tuple[Span, ...]
    sentences: tuple[Span, ...]
    context: Span | None = None
    rows: frozenset[Span] = frozenset()

    @property
    def parts(self) -> tuple[Span, ...]:
        """Everything that it says."""
        return (*self.leads, *self.sentences)

    def members(self, document: Document) -> tuple[Span, ...]:
        """Its members, of one or more sentences each: a mark or an empty line stands before one.

        Where none has a mark, each begins a line; so does each row of a table.
        """
        between = [document.text[a.end : b.start] for a, b in pairwise(self.sentences)]
        marked = any(gap.strip() for gap in between)
        found = [self.sentences[0]]
        for gap, own in zip(between, self.sentences[1:], strict=True):
            lines = gap.count("\n")
            if gap.strip() or lines > marked or (lines and own in self.rows):
                found.append(own)
            else:
                found[-1] = Span(found[-1].start, own.end)
        return tuple(found)


def whole_list(
    document: Document, sentence: Span, section: Sequence[Sentence], *, several: bool = False
) -> WholeList | None:
    """The list that a sentence is a member of, or leads to; None for neither.

    `section` are the sentences around it, in order, it among them; they end where its heading does.
    A line that is no sentence, a title or code, ends a list; a picture does not. Of a list in a
    list, to which a member of the outer one leads, it is the inner one. Paragraphs with a dash
    before them are no list; steps are, however much each of them says, and whatever stands between
    them. Where `several` things are asked for, such paragraphs are one too, and a whole sentence
    right above a list leads to it.
    """
    at = next((i for i, own in enumerate(section) if own.span == sentence), None)
    if at is None:
        return None
    inside = _inside_steps(document, section)

    def is_member(i: int) -> bool:
        return section[i].role == "item" or i in inside

    def goes_on(i: int) -> bool:
        """Whether sentences `i` and `i` + 1 are of one list."""
        one, other = section[i : i + 2]
        of_one = one.lead == other.lead or i in inside or i + 1 in inside
        both = is_member(i) and is_member(i + 1)
        return both and of_one and is_next(document, one.span, other.span)

    first = at if is_member(at) else at + 1
    if first == len(section) or not is_member(first):
        return None
    if first > at and section[first].lead != sentence:
        return None
    end = first + 1
    while first > 0 and goes_on(first - 1):
        first -= 1
    while end < len(section) and goes_on(end - 1):
        end += 1
    lead = section[first].lead
    if lead is not None and not (several and lead == sentence) and not _leads(document.cut(lead)):
        lead = None
    sentences = tuple(own.span for own in section[first:end])
    leads = (lead,) if lead is not None and is_next(document, lead, sentences[0]) else ()
    found = WholeList(leads, sentences)
    if sentence not in found.parts or not FEWEST <= len(sentences) <= MOST:
        return None
    found = _inner(document, found, sentence) or found
    members = found.members(document)
    is_list = len(found.sentences) < PARAGRAPH * len(members) or is_numbered(document, members[0])
    return found if is_list or several else None


def is_flat(document: Document, found: WholeList) -> bool:
    """Whether no list stands in a list: each of its members is of all of it."""
    return len({_depth(document, member) for member in found.members(document)}) == 1


def _inside_steps(document: Document, section: Sequence[Sentence]) -> set[int]:
    """Which sentences stand between a step and the one of the next number, and are no member."""
    found: set[int] = set()
    last, count = 0, None
    for i, own in enumerate(section):
        number = _number(document, own.span) if own.role == "item" else None
        if number is None:
            continue
        if count is not None and number == count + 1 and i - last <= APART:
            found |= {j for j in range(last + 1, i) if section[j].role in ("body", "row")}
        last, count = i, number
    return found


def _number(document: Document, member: Span) -> int | None:
    """The number that stands before a member on its line; None for none."""
    line = document.text.rfind("\n", 0, member.start) + 1
    found = _COUNT.fullmatch(document.text, line, member.start)
    return int(found[1]) if found else None


def _inner(document: Document, outer: WholeList, sentence: Span) -> WholeList | None:
    """The list in a list that a sentence is of, or leads to, where a member of it leads there."""
    members = outer.members(document)
    at = next((i for i, m in enumerate(members) if m.start <= sentence.start < m.end), None)
    if at is None or len(members) <= FEWEST:
        return None
    depths = [_depth(document, member) for member in members]
    shallowest = inf
    for i in range(at, -1, -1):
        is_above, shallowest = depths[i] < shallowest, min(shallowest, depths[i])
        if not is_above or not clean(document.cut(members[i])).endswith(_GOES_ON):
            continue
        end = next((j for j in range(i + 1, len(members)) if depths[j] <= depths[i]), len(members))
        if end > max(at, i + FEWEST):
            lead, last = members[i], members[end - 1].end
            leads = tuple(s for s in outer.sentences if lead.start <= s.start < lead.end)
            inner = tuple(s for s in outer.sentences if lead.end <= s.start < last)
            return WholeList(leads, inner)
    return None


def _depth(document: Document, member: Span) -> int:
    """How far in a member's line begins."""
    line = document.text.rfind("\n", 0, member.start) + 1
    before = document.text[line : member.start].expandtabs(_TAB)
    return len(before) - len(before.lstrip())


def is_next(document: Document, one: Span, other: Span) -> bool:
    """Whether nothing but pictures and the mark of `other` stands between two stretches."""
    lines, _, _ = document.text[one.end : other.start].rpartition("\n")
    return all(not line.strip() or _PICTURE.fullmatch(line) for line in lines.splitlines())


def is_numbered(document: Document, member: Span) -> bool:
    """Whether a number or a letter stands before a member."""
    line = document.text.rfind("\n", 0, member.start) + 1
    return bool(_NUMBER.fullmatch(document.text, line, member.start))


def _leads(sentence: str) -> bool:
    """Whether a sentence above a list goes on in it: it has no end of its own."""
    return not clean(sentence).rstrip("*_\"'”’) ").endswith(_ENDS)
