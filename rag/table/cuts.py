"""What of a quotation is the date, the amount or the party that is asked for.

Only what is clear is cut out: what the reader points at, the only one of its kind, or the one that
stands with the question's words. Dates and amounts are told by their looks, in English and, where
they are written in digits, in German too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from index import ENGLISH, Span
from rag.query import AskedQuestion
from rag.reader import CandidateKind, candidates_in
from rag.statements import LISTS, are_synonyms, base, dates, in_digits
from rag.table.columns import ColumnKind

LONGEST = 2000  # characters of a sentence that is looked into

_GERMAN = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_MONTHS = "|".join(LISTS["numbers"]["months"].split())
_DATES = re.compile(
    rf"""(?x) \b\d{{1,2}}(?:st|nd|rd|th)\ day\ of\ (?:{_MONTHS}),?\ \d{{4}}\b
    | \b\d{{4}}-\d\d-\d\d\b | \b\d{{1,2}}\.\ ?\d{{1,2}}\.\ ?(?:19|20)\d\d\b
    | \b\d{{1,2}}/\d{{1,2}}/\d{{4}}\b | \b\d{{1,2}}\.\ (?:{_GERMAN})\ \d{{4}}\b"""
)
# what stands behind "of" names a thing: "the minutes of 12 May", and not "as of", "the end of"
_NAMES_A_THING = re.compile(
    r"(?i)(?<!\bas)(?<!day)(?<!end)(?<!month)(?<!year)(?<!beginning)(?<!start)(?<!summer)"
    r"(?<!winter)(?<!spring)(?<!autumn)\ of\ (?:the\ )?\Z"
)
_LEAD = re.compile(r"(?:[a-z]+ )+")

_SMALL, _TENS = LISTS["numbers"]["small"].split(), LISTS["numbers"]["tens"].split()
_SCALES = "|".join(LISTS["numbers"]["scales"])
_SPELT = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_SMALL)}))?|{'|'.join(_SMALL[2:])}|one(?=\ hundred|\ thousand|\ million))\b"
_DIGITS = (
    r"(?:\d{1,3}(?:[.,'’\ ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)(?!\d|(?:st|nd|rd|th)\b)"
)
_NUMBER = rf"(?:(?:{_DIGITS})|(?i:{_SPELT}))(?:\ \((?:{_DIGITS})\))?(?:\ (?:{_SCALES}|Mio\.|Mrd\.))?"
_SYMBOL = r"(?:(?:US|CA|AU|A|C)?\$|€|£|¥|(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|NOK|SEK|DKK)\b)"
_NAMED = r"(?:euros?|dollars?|pounds?(?:\ sterling)?|francs?|crowns?|yen|cents?)\b"
_SUM = rf"{_SYMBOL}\ ?(?:{_DIGITS})(?:\ (?:{_SCALES})\b|(?:k|m|bn)\b)?|{_NUMBER}\ ?(?:{_SYMBOL}|{_NAMED})"
_MONEY = re.compile(rf"(?:{_SUM})(?:\ ?(?:-|–|to)\ ?(?:{_SUM}))?")
_UNITS = "|".join(
    sorted(
        (re.escape(n) for names in LISTS["units"].values() for n in names.split()),
        key=len,
        reverse=True,
    )
)
_MEASURE = re.compile(
    rf"(?<![\w.,])(?:{_NUMBER})(?:\ ?(?:-|–|to)\ ?(?:{_NUMBER}))?"
    rf"(?:[\ -]?(?:business\ |calendar\ |working\ )?(?:{_UNITS})(?!\w)"
    rf"(?:\ (?:per|an?|each)\ (?:{_UNITS})(?!\w))?)?"
)
# the number of a clause counts nothing, nor does that of an edition
_NUMBERED = re.compile(r"(?i)\b(?:section|clause|article|version|chapter|no\.?|paragraph|§)\s*\Z")
_COUNTS = re.compile(r"(?i)\bhow\s+(?:long|many|old|often|far|tall|deep|wide|soon)\b|\bnotice\b|\brate\b")
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
_LEADS_TO_DOER = re.compile(r"(?i)(?:\b(?:by|is|are|was|were|von|ist)|:)\s+(?:the\s+|die\s+|der\s+)?\Z")

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
        _PARENTHESES.sub(" ", sentence[end:start])
        for end, start in zip(ends, starts, strict=True)
    ]


def _holding_words_of(question: AskedQuestion) -> Callable[[str], bool]:
    asked = question.words(ENGLISH).asked_stems

    def holds(text: str) -> bool:
        own = AskedQuestion(text).words(ENGLISH).stems if text.strip() else frozenset()
        return not asked.isdisjoint(own)

    return holds


def _dates(text: str, question: AskedQuestion) -> list[Span]:
    found = [Span(*m.span()) for m in _DATES.finditer(text)]
    for start, end, *_ in dates(text):  # in words, in English
        lead = _LEAD.match(text, start, end)
        span = Span(lead.end() if lead else start, end)
        if all(span.end <= s.start or s.end <= span.start for s in found):
            found.append(span)
    return sorted(s for s in found if not _NAMES_A_THING.search(text[: s.start]))


def _amounts(text: str, question: AskedQuestion) -> list[Span]:
    money = [Span(*m.span()) for m in _MONEY.finditer(text)]
    if money and not _COUNTS.search(question.text):
        return money
    taken = [*_dates(text, question), *money]
    measured = [
        Span(*m.span())
        for m in _MEASURE.finditer(text)
        if not _NUMBERED.search(text[: m.start()])
        and all(m.end() <= s.start or s.end <= m.start() for s in taken)
    ]
    with_unit = [s for s in measured if " " in text[slice(*s)] or "%" in text[slice(*s)]]
    return with_unit or sorted(measured or money)


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
    ColumnKind.DATE: _dates,
    ColumnKind.AMOUNT: _amounts,
    ColumnKind.PARTY: _parties,
}


def sort_key(kind: ColumnKind | None, words: str) -> str:
    """What a date or an amount is sorted by: "2027-03-31", "100000.0"; "" where that is not known.

    Days before months, as everywhere but in the United States.
    """
    if kind is ColumnKind.DATE:
        return next(_iso_dates(words), "")
    if kind is ColumnKind.AMOUNT:
        digits = re.search(_DIGITS, in_digits(words))
        return str(_number(digits[0]) * _scale(words)) if digits else ""
    return words.casefold()


def _iso_dates(words: str) -> Iterator[str]:
    if iso := re.search(r"\d{4}-\d\d-\d\d", words):
        yield iso[0]
    if numbers := re.search(r"(\d{1,2})[./] ?(\d{1,2})[./] ?(\d{4})", words):
        yield f"{numbers[3]}-{int(numbers[2]):02}-{int(numbers[1]):02}"
    for named in dates(words):
        year, month, day = named.value
        yield f"{year or 0:04}-{month or 0:02}-{day or 0:02}"


def _number(digits: str) -> float:
    """Of what stands behind the last point or comma, three digits are thousands."""
    whole, mark, last = re.fullmatch(r"(.*?)(?:([.,])(\d+))?", digits).groups()  # type: ignore[union-attr]
    if mark and len(last) == 3:
        whole, last = whole + last, ""
    return float(f"{re.sub(r'[^0-9]', '', whole)}.{last or 0}")


def _scale(words: str) -> float:
    return next((n for name, n in LISTS["numbers"]["scales"].items() if name in words), 1.0)
