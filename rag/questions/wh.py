"""Why, when, where, how many, how tall, who: one small rule for each, from a clause to a question.

Each is given a clause and returns the question without its mark, or "" where it does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.questions.clause import Clause
from rag.questions.noun_phrase import AFTER_NOUN, is_phrase, is_plural, starts_noun_phrase
from rag.questions.verbs import BE, HAVE, base_of, is_one, past_of, third_of

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_TIME = re.compile(
    rf"(?:[Ii]n (?:early |late |mid-)?(?:{_MONTH} )?(?:1[0-9]|20)\d\d"
    r"|[Ii]n the (?:early |late |mid-)?(?:\d{4}s|\d\d?(?:st|nd|rd|th) century)"
    r"|(?:[Bb]etween \d{4} and|[Ff]rom \d{4} to) \d{4}"
    rf"|[Oo]n (?:\d\d? {_MONTH}|{_MONTH} \d\d?)(?:,? \d{{4}})?)"
)
_NUMBER = re.compile(
    r"""(?x) (?: [\d.,]*\d | two | three | four | five | six | seven | eight | nine | ten | eleven
    | twelve | twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety | hundreds
    | thousands | dozens )\Z"""
)
_MEASURES = {"tall", "long", "wide", "deep", "high", "thick", "old"}
_NO_THINGS = {"million", "billion", "percent", "the", "a", "an"}
_PLACE = {"in", "at", "on", "near"}


def ask(word: str, clause: Clause, kept: Sequence[str] = ()) -> str:
    """The question word, the clause turned round, and what is kept of the rest."""
    return " ".join([word, clause.front, *kept])


def setting(clause: Clause) -> tuple[str, ...]:
    """ "In Berlin, …": a short time or place that stood in front, to stand at the end."""
    lead = tuple(clause.lead.split())
    if not 2 <= len(lead) <= 4 or lead[0].lower() not in ("in", "on", "during", "after"):
        return ()
    named = lead[-1][0].isupper() or lead[-1][0].isdigit()
    return (lead[0].lower(), *lead[1:]) if named and is_phrase(lead) else ()


def is_number(word: str) -> bool:
    """Whether a word is a number, in figures or in letters."""
    return bool(_NUMBER.match(word))


def why(clause: Clause) -> str:
    """ "S is V-ed … because R", or "Because R, S is V-ed …"."""
    if clause.lead.lower().startswith("because ") and is_phrase(clause.rest):
        return ask("why", clause, clause.rest)
    for mark in (("because",), ("due", "to")):
        at = _find(clause.rest, mark)
        kept = _without_adverb(clause.rest[: max(0, at)])
        if at >= 0 and (kept or clause.verb) and is_phrase(kept):
            return ask("why", clause, kept)
    return ""


def why_built(clause: Clause) -> str:
    """ "S built X to V …"."""
    rest = clause.rest
    at = _find(rest, ("to",))
    if at < 0 or not is_one("purposeful", clause.base) or clause.form in ("copula", "modal"):
        return ""
    kept = _without_adverb(rest[:at])
    if not any(base_of(w, "base") for w in rest[at + 1 : at + 2]) or not is_phrase(kept):
        return ""
    if clause.form == "passive":
        return ask("why", clause) if not kept and clause.auxiliary in ("was", "were") else ""
    if not starts_noun_phrase(kept) or is_one("leading_to", kept[-1].removesuffix("s")):
        return ""
    return ask("why", clause, kept)


def why_needed(clause: Clause) -> str:
    """ "S is essential for X"."""
    rest = clause.rest
    if clause.form != "copula" or len(rest) < 3 or not is_one("needed", rest[0]):
        return ""
    return ask("why", clause, rest[:1]) if rest[1] in ("for", "to") else ""


def when(clause: Clause) -> str:
    """ "S was V-ed … in 1923", or "In 1923, S was V-ed …"."""
    if clause.form in ("copula", "progressive") or clause.auxiliary in HAVE:
        return ""
    kept = clause.rest
    if not _TIME.fullmatch(clause.lead):
        at = next((i for i in range(len(kept)) if _starts_time(kept[i:])), -1)
        if at < 0:
            return ""
        kept = kept[:at]
    if is_one("placed", clause.base) and kept[:1] in (("in",), ("at",)):
        kept = ()  # "When was S born?", wherever it was
    if not kept and clause.form != "passive" and not is_one("alone", clause.base):
        return ""
    return ask("when", clause, kept) if is_phrase(kept, 7) else ""


def _starts_time(words: Sequence[str]) -> bool:
    return any(_TIME.fullmatch(" ".join(words[:n]).rstrip(",")) for n in (2, 3, 4, 5))


def where(clause: Clause) -> str:
    """ "S is located in X", "S settled in X"."""
    rest = clause.rest
    kind = {"passive": "placed", "simple": "there"}.get(clause.form, "")
    if not kind or not is_one(kind, clause.base) or len(rest) < 2:
        return ""
    place = next((w for w in rest[1:] if w != "the"), "")
    if rest[0] not in _PLACE or not place[:1].isupper() or _starts_time(rest):
        return ""
    return ask("where", clause)


def how_many(clause: Clause) -> str:
    """ "S V-ed NUMBER things"."""
    rest = clause.rest
    if clause.form == "copula" or clause.base == "say" or is_one("saying", clause.base):
        return ""
    if len(rest) < 2 or not is_number(rest[0]) or re.search(r"\.\d", rest[0]):
        return ""
    stop = next((i for i, w in enumerate(rest) if i and w in AFTER_NOUN), len(rest))
    things = rest[1:stop]
    if not 1 <= len(things) <= 5 or not is_plural(things) or not is_phrase(things):
        return ""
    if any(is_number(t) or t in _NO_THINGS for t in things):
        return ""
    return " ".join(["how many", *things, clause.front, *setting(clause)])


def how_tall(clause: Clause) -> str:
    """ "S is 41 metres tall"."""
    rest = clause.rest
    if clause.form != "copula" or len(rest) < 3 or not is_number(rest[0]):
        return ""
    measure = rest[2].rstrip(",")
    return f"how {measure} {clause.front}" if measure in _MEASURES else ""


def who_passive(clause: Clause) -> str:
    """ "S was V-ed by X", as "Who V-ed S?"; "S is caused by X", as "What causes S?"."""
    if clause.form != "passive" or clause.rest[:1] != ("by",) or len(clause.rest) < 2:
        return ""
    if clause.auxiliary not in BE or " " in clause.verb:
        return ""
    now = clause.auxiliary in ("is", "are")
    if is_one("by_things", clause.base):
        verb = third_of(clause.base) if now else past_of(clause.base)
        return " ".join(["what", verb, *clause.subject])
    if now or not is_one("by_people", clause.base) or not clause.rest[1][0].isupper():
        return ""
    return " ".join(["who", *clause.adverbs, past_of(clause.base), *clause.subject])


def who_active(clause: Clause) -> str:
    """ "X founded S in …", as "Who founded S?"."""
    if clause.form != "simple" or clause.auxiliary != "did" or not is_one("by_people", clause.base):
        return ""
    stop = next((i for i, w in enumerate(clause.rest) if w in AFTER_NOUN), None)
    made = clause.rest[:stop]
    named = any(w[0].isupper() for w in made)
    if not clause.subject[0][0].isupper() or not named or not is_phrase(made, 6):
        return ""
    return " ".join(["who", past_of(clause.base), *made]) if starts_noun_phrase(made) else ""


def _without_adverb(words: Sequence[str]) -> Sequence[str]:
    """Without the last word of "… primarily because"."""
    return words[:-1] if words and words[-1].endswith("ly") else words


def _find(words: Sequence[str], part: Sequence[str]) -> int:
    """Where `part` stands in `words`; -1 where it does not."""
    places = range(len(words) - len(part) + 1)
    return next((i for i in places if tuple(words[i : i + len(part)]) == tuple(part)), -1)
