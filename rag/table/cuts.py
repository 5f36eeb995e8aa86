"""What of a quotation is the date, the amount or the party that is asked for.

Only what is clear is cut out: what the reader points at, the only one of its kind, or the one that
stands with the question's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index import ENGLISH, Span
from rag.query import AskedQuestion
from rag.reader import CandidateKind, candidates_in
from rag.statements import are_synonyms, base
from rag.table.columns import ColumnKind
from rag.table.values import find_amounts, find_dates

LONGEST = 2000  # characters of a sentence that is looked into

_COUNTS = re.compile(
    r"(?i)\bhow\s+(?:long|many|old|often|far|tall|deep|wide|soon)\b|\bnotice\b|\brate\b"
)
_LEGAL_FORM = re.compile(r"\b(?:Inc|Ltd|Co|Corp|LLC|LLP|Jr|Sr)\b\.?|\b(?:S\.A|B\.V|N\.V|A\.G)\.")
_ENDS = (
    (
        re.compile(r"(?i)\b(?:ends?|expir\w*|terminat\w*|until|endet|läuft)\b"),
        re.compile(r"(?i)\b(?:until|till|to|by|through|bis(?:\ zum)?)\ (?:the\ )?\Z"),
    ),
    (
        re.compile(r"(?i)\b(?:begins?|starts?|commences?|effect(?:ive)?|beginnt)\b"),
        re.compile(r"(?i)\b(?:from|since|as\ of|on|ab(?:\ dem)?|vom)\ (?:the\ )?\Z"),
    ),
)
_BESIDE = re.compile(r"\s*\(([^()]*)\)|\s(\w+)")
_PARENTHESES = re.compile(r"\([^()]*\)")
_LEADS_TO_DOER = re.compile(
    r"(?i)(?:\b(?:by|is|are|was|were|von|ist)|:)\s+(?:the\s+|die\s+|der\s+)?\Z"
)

Narrower = Callable[[list[Span]], list[Span]]  # those that are meant; none where it cannot tell


def cut_out(
    kind: ColumnKind | None, question: AskedQuestion, sentence: str, emphasis: Sequence[Span] = ()
) -> Span | None:
    """The characters of a sentence that are of the kind that is asked for; None unless one is.

    `emphasis` are the characters that the reader points at. Of yes and no nothing is cut out.
    """
    finder = _FINDERS.get(kind) if kind is not None else None
    if finder is None or len(sentence) > LONGEST:
        return None
    named = question.text.casefold()
    found = [s for s in finder(sentence, question) if sentence[slice(*s)].casefold() not in named]
    standing = _doing if kind is ColumnKind.PARTY else _behind
    for narrower in (
        _pointed_at(emphasis),
        _at_the_end_asked(question, sentence),
        standing(question, sentence),
    ):
        if len(found) > 1:
            found = narrower(found) or found
    return found[0] if len(found) == 1 else None


def _pointed_at(emphasis: Sequence[Span]) -> Narrower:
    def narrower(found: list[Span]) -> list[Span]:
        return [s for s in found if any(s.start < e.end and e.start < s.end for e in emphasis)]

    return narrower


def _at_the_end_asked(question: AskedQuestion, sentence: str) -> Narrower:
    """Those that "until" leads to where an end is asked for, and "from" where a beginning is."""
    lead = next((lead for asks, lead in _ENDS if asks.search(question.text)), None)

    def narrower(found: list[Span]) -> list[Span]:
        return [s for s in found if lead and lead.search(sentence[: s.start])]

    return narrower


def _behind(question: AskedQuestion, sentence: str) -> Narrower:
    """Those that the question's words stand with: behind, in brackets, or since the one before."""
    holds = _holding_words_of(question)

    def narrower(found: list[Span]) -> list[Span]:
        beside = [m and (m[1] or m[2]) for m in (_BESIDE.match(sentence, s.end) for s in found)]
        called = [s for s, said in zip(found, beside, strict=True) if said and holds(said)]
        told = zip(found, _between(found, sentence), strict=False)
        return called or [s for s, text in told if holds(text)]

    return narrower


def _doing(question: AskedQuestion, sentence: str) -> Narrower:
    """Those who are called by the question's words, in brackets, or do or suffer what they say."""
    holds = _holding_words_of(question)

    def narrower(found: list[Span]) -> list[Span]:
        beside = [_BESIDE.match(sentence, s.end) for s in found]
        called = [s for s, m in zip(found, beside, strict=True) if m and m[1] and holds(m[1])]
        before, *behind = _between(found, sentence)
        pairs = zip(found, [before, *behind], behind, strict=False)
        by = [s for s, text, _ in pairs if _LEADS_TO_DOER.search(text) and holds(text)]
        pairs = zip(found, [before, *behind], behind, strict=False)
        does = [s for s, _, text in pairs if holds(text) and not _LEADS_TO_DOER.search(text)]
        return called or by or does

    return narrower


def _between(found: Sequence[Span], sentence: str) -> list[str]:
    """What stands before each of them and, last, behind all; no brackets."""
    ends, starts = [0, *(s.end for s in found)], [*(s.start for s in found), len(sentence)]
    return [
        _PARENTHESES.sub(" ", sentence[end:start]) for end, start in zip(ends, starts, strict=True)
    ]


def _holding_words_of(question: AskedQuestion) -> Callable[[str], bool]:
    asked = question.words(ENGLISH).asked_stems

    def holds(text: str) -> bool:
        own = AskedQuestion(text).words(ENGLISH).stems if text.strip() else frozenset()
        return not asked.isdisjoint(own)

    return holds


def _parties(text: str, question: AskedQuestion) -> list[Span]:
    """The names; "Inc." behind a comma is the end of one, and the end of a sentence is of none.

    "GNU General Public License" is none where a licence is asked about.
    """
    found: list[Span] = []
    for kind, span in candidates_in(text):
        if kind is not CandidateKind.NAME:
            continue
        legal = _LEGAL_FORM.match(text, span.start)
        if found and legal and text[found[-1].end : span.start] == ", ":
            found[-1] = Span(found[-1].start, legal.end())
        elif not legal:
            is_short = _LEGAL_FORM.search(text, span.start, span.end)
            ends = span.end - (text[span.start : span.end].endswith(".") and not is_short)
            found.append(Span(span.start, ends))
    asked = {base(word.casefold()) for word, _ in question.words(ENGLISH).asked}
    lasts = [base(text[slice(*s)].split()[-1].casefold()) for s in found]
    return [
        s
        for s, last in zip(found, lasts, strict=True)
        if last not in asked and not any(are_synonyms(last, word) for word in asked)
    ]


_FINDERS = {
    ColumnKind.DATE: lambda text, question: find_dates(text),
    ColumnKind.AMOUNT: lambda text, question: find_amounts(
        text, money_first=not _COUNTS.search(question.text)
    ),
    ColumnKind.PARTY: _parties,
}
