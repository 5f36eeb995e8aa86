"""From a clause to a question: one small rule for each kind of thing that is asked for.

Each pattern is given a clause and returns the question without its mark, or "".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.clause import Clause, head_of, is_phrase, is_plural, starts_noun_phrase
from rag.verbs import BE, base_of, forms, goes_with, is_one, past_of

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_TIME = re.compile(
    rf"(?:in (?:early |late |mid-)?(?:{_MONTH} )?(?:1[0-9]|20)\d\d|on (?:\d\d? {_MONTH}|{_MONTH} \d\d?)"
    r"(?:,? \d{4})?)\Z"
)
_NUMBER = re.compile(
    r"(?:[\d.,]*\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|hundreds|thousands|dozens)\Z"
)
_MEASURE = re.compile(r"(?:tall|long|wide|deep|high|thick|old)\Z")
_KEY = re.compile(
    r"(?:the|\S+'s) (?:\w+ )?(?:true|real|main|primary|central|biggest|greatest|largest|chief|key"
    r"|ultimate|principal|most \w+|best|worst|oldest|highest|longest|smallest|first|aim|goal|purpose"
    r"|cause|reason|result|capital|danger|risk|challenge|problem|advantage|argument|bottleneck|way to)\b"
)
_PERSON = re.compile(
    r"(?i)\b(?:singer|actor|actress|politician|player|writer|director|footballer|author|composer"
    r"|musician|poet|engineer|scientist|researcher|businessman|journalist|president|king|queen"
    r"|general|rapper|comedian|lawyer|physician|philosopher|prince|painter|historian|professor"
    r"|economist|architect|minister|senator|emperor|bishop|novelist|activist|character|quarterback|pitcher|golfer|boxer"
    r"|wrestler|cricketer|coach|chef|dancer|entrepreneur|judge|officer|soldier|explorer|inventor|who)\b"
)
_PLACE = ("in", "at", "on", "near")
_VERBLESS = {"have", "become", "remain", "seem", "appear", "mean", "include", "cost", "take"}


def why(clause: Clause) -> str:
    """ "S is V-ed … because R"."""
    for mark in (("because",), ("due", "to")):
        at = _index(clause.rest, mark)
        kept = clause.rest[:at]
        if at >= 0 and (kept or clause.verb) and is_phrase(kept):
            return _ask("why", clause, kept)
    return ""


def when(clause: Clause) -> str:
    """ "S was V-ed … in 1923", or "In 1923, …"."""
    rest = " ".join(clause.rest)
    if _TIME.match(clause.lead[:1].lower() + clause.lead[1:]) and clause.form != "copula":
        kept: Sequence[str] = clause.rest
    else:
        found = next((i for i in range(len(rest.split())) if _starts_time(rest.split()[i:])), -1)
        if found < 0 or clause.form == "copula":
            return ""
        kept = clause.rest[:found]
    kept = () if is_one("placed", clause.base) and kept[:1] in (("in",), ("at",)) else kept
    return _ask("when", clause, kept) if is_phrase(kept, 7) and clause.form != "progressive" else ""


def _starts_time(words: Sequence[str]) -> bool:
    return any(_TIME.fullmatch(" ".join(words[:n]).rstrip(",")) for n in (2, 3, 4))


def where(clause: Clause) -> str:
    """ "S is located in X"."""
    if clause.form != "passive" or not is_one("placed", clause.base) or len(clause.rest) < 2:
        return ""
    place = clause.rest[1] if clause.rest[1] != "the" else " ".join(clause.rest[2:3])
    if clause.rest[0] in _PLACE and place[:1].isupper() and not _starts_time(clause.rest):
        return _ask("where", clause, ())
    return ""


def how_many(clause: Clause) -> str:
    """ "S V-ed NUMBER things"."""
    rest = clause.rest
    if clause.form == "copula" or is_one("saying", clause.base) or clause.base == "say":
        return ""
    if len(rest) < 2 or not _NUMBER.match(rest[0]) or re.search(r"\.\d", rest[0]):
        return ""
    stop = next((i for i, w in enumerate(rest) if i and w in _AFTER_THINGS), len(rest))
    things = rest[1:stop]
    if not 1 <= len(things) <= 5 or not is_plural(things) or not is_phrase(things):
        return ""
    if any(_NUMBER.match(t) or t in _NO_THINGS for t in things):
        return ""
    return " ".join(["how many", *things, clause.front, *_setting(clause)])


_NO_THINGS = {"million", "billion", "percent", "the", "a", "an"}
_AFTER_THINGS = set("in on at from to with for by and as that which who per during over than".split())


def how(clause: Clause) -> str:
    """ "S is 41 metres tall"."""
    rest = clause.rest
    if clause.form == "copula" and len(rest) >= 3 and _NUMBER.match(rest[0]) and _MEASURE.match(rest[2]):
        return f"how {rest[2]} {clause.front}"
    return ""


def who(clause: Clause) -> str:
    """ "S was V-ed by X", as "Who V-ed S?"."""
    if clause.form != "passive" or clause.rest[:1] != ("by",) or clause.auxiliary not in BE:
        return ""
    if clause.auxiliary in ("is", "are") or " " in clause.verb or len(clause.rest) < 2:
        return ""
    asking = "who" if is_one("by_people", clause.base) else "what"
    if asking == "what" and not is_one("by_things", clause.base):
        return ""
    if asking == "who" and not clause.rest[1][0].isupper():
        return ""
    return " ".join([asking, *clause.adverbs, past_of(clause.base), *clause.subject])


def doer(clause: Clause) -> str:
    """ "X founded S in …", as "Who founded S?"."""
    if clause.form != "simple" or clause.auxiliary != "did" or not is_one("by_people", clause.base):
        return ""
    stop = next((i for i, w in enumerate(clause.rest) if w in ("in", "on", "with", "after")), None)
    thing = clause.rest[:stop]
    if not clause.subject[0][0].isupper() or not any(w[0].isupper() for w in thing):
        return ""
    if not is_phrase(thing, 6) or not starts_noun_phrase(thing):
        return ""
    return " ".join(["who", past_of(clause.base), *thing])


def moved(clause: Clause) -> str:
    """ "S forces X to V …"."""
    if not is_one("moving", clause.base) or clause.form == "passive" or "to" not in clause.rest:
        return ""
    at = clause.rest.index("to")
    after = clause.rest[at + 1 : at + 2]
    kept = clause.rest[:at]
    if kept[:1] in (("more",), ("less",), ("enough",)):
        return ""
    if not kept or not after or not base_of(after[0], "base") or not is_phrase(kept, 5):
        return ""
    return _ask("what", clause, (*kept, "to", "do")) if starts_noun_phrase(kept) else ""


def toward(clause: Clause) -> str:
    """ "S aims to V …"."""
    if not is_one("toward", clause.base) or clause.rest[:1] != ("to",) or clause.form == "passive":
        return ""
    return _ask("what", clause, ("to", "do"))


def governed(clause: Clause) -> str:
    """ "S relies on X", "S is made of X", "S is famous for X": the preposition is left behind."""
    rest = clause.rest
    if clause.form == "copula":
        at = 1 if rest and rest[0].endswith("ly") else 0
        prepositions = ("than",) if rest[at : at + 1] and rest[at].endswith("er") else goes_with(
            rest[at] if len(rest) > at else "")
        if len(rest) < at + 3 or rest[at + 1] not in prepositions:
            return ""
        return _ask("what", clause, rest[: at + 2]) if starts_noun_phrase(rest[at + 2 :]) else ""
    if len(rest) < 2 or rest[0] not in goes_with(clause.base) or not starts_noun_phrase(rest[1:]):
        return ""
    return _ask("what", clause, rest[:1])


def specified(clause: Clause) -> str:
    """ "The main threat to S is X"."""
    subject = " ".join(clause.subject)
    if clause.form != "copula" or not _KEY.match(subject) or clause.adverbs or clause.verb:
        return ""
    opening = clause.rest[0].lower()
    if not (opening in ("a", "an", "the", "that", "to", "how") or starts_noun_phrase(clause.rest)):
        return ""
    return _ask("what", clause, ()) if len(clause.subject) > 2 else ""


def cause(clause: Clause) -> str:
    """ "S could V X", as "What could V X?"."""
    head = head_of(clause.subject)
    lifeless = re.search(r"(?:tion|ment|ity|ism|ness|ance|ence|ing|ics|ure)s?\Z", head)
    if clause.form != "modal" or not lifeless or head[0].isupper():
        return ""
    if not starts_noun_phrase(clause.rest) or not is_phrase(clause.rest, 7):
        return ""
    return " ".join(["what", clause.auxiliary, *clause.adverbs, clause.verb, *clause.rest])


def thing(clause: Clause) -> str:
    """ "S requires X"."""
    rest = clause.rest
    if clause.form in ("copula", "passive") or clause.base in _VERBLESS or not clause.base:
        return ""
    if any(is_one(kind, clause.base) for kind in ("bare", "moving", "calling")):
        return ""
    if not starts_noun_phrase(rest) or rest[0][0] in "0123456789$" or base_of(rest[0], "ing"):
        return ""
    if rest[0] in ("both", "either"):
        return ""
    if _NUMBER.match(rest[0]) or any(is_one("light", w) for w in rest[:4]) or _is_thin(clause):
        return ""
    return _ask("what", clause, _setting(clause))


def _is_thin(clause: Clause) -> bool:
    """Whether too little is told: "What did Foster write?"."""
    if clause.lead[:3].lower() in ("in ", "on ", "at ") and not _setting(clause):
        return True
    return len(clause.subject) == 1 and clause.auxiliary == "did" and not _setting(clause)


def _setting(clause: Clause) -> tuple[str, ...]:
    """ "In Berlin, …": a short time or place that stood in front."""
    lead = tuple(clause.lead.split())
    if 2 <= len(lead) <= 4 and lead[0].lower() in ("in", "on", "during", "after"):
        if (lead[-1][0].isupper() or lead[-1][0].isdigit()) and is_phrase(lead):
            return (lead[0].lower(), *lead[1:])
    return ()


def into(clause: Clause) -> str:
    """ "S turns X into Y", "S describes X as Y"."""
    for kind, preposition in (("converting", "into"), ("calling", "as")):
        if is_one(kind, clause.base) and preposition in clause.rest[:7] and clause.form != "passive":
            kept = clause.rest[: clause.rest.index(preposition) + 1]
            if len(kept) > 1 and starts_noun_phrase(kept) and is_phrase(kept[:-1], 6):
                return _ask("what", clause, kept)
    return ""


def light(clause: Clause) -> str:
    """ "S plays a role in X"."""
    rest = clause.rest
    at = next((i for i, w in enumerate(rest[:4]) if is_one("light", w)), -1)
    if at < 1 or len(rest) < at + 3 or rest[0] not in ("a", "an", "the") or clause.form == "copula":
        return ""
    if rest[at + 1] not in ("in", "on", "to", "for") or not starts_noun_phrase(rest[at + 2 :]):
        return ""
    return _ask("what", clause, rest[: at + 2]) if is_phrase(rest[: at + 1]) else ""


def said(clause: Clause) -> str:
    """ "S argues that …"."""
    if not is_one("saying", clause.base) or clause.rest[:1] != ("that",):
        return ""
    if clause.form not in ("simple", "perfect") or _is_thin(clause):
        return ""
    return _ask("what", clause, _setting(clause))


def defined(clause: Clause) -> str:
    """ "S is a …"."""
    if clause.form != "copula" or clause.adverbs or clause.verb or len(clause.rest) < 3:
        return ""
    if clause.rest[0] not in ("a", "an") and clause.rest[:2] != ("one", "of"):
        return ""
    names = [w for w in clause.subject if w[0].isupper()]
    said_of = " ".join(clause.rest[:14])
    if len(names) == len(clause.subject) and _PERSON.search(said_of):
        return _ask("who", clause, ())
    if clause.subject[0] == "the" and len(names) + sum(w in ("of", "and") for w in clause.subject) + 1 < len(clause.subject):
        return ""
    if 2 <= len(names) == len(clause.subject) <= 3 and clause.auxiliary == "was":
        return ""  # a person, as likely as not
    return _ask("what", clause, ())


def _ask(word: str, clause: Clause, kept: Sequence[str]) -> str:
    return " ".join([word, clause.front, *kept])


def _index(words: Sequence[str], part: Sequence[str]) -> int:
    """Where `part` stands in `words`; -1 where it does not."""
    places = range(len(words) - len(part) + 1)
    return next((i for i in places if tuple(words[i : i + len(part)]) == tuple(part)), -1)


Pattern = Callable[[Clause], str]
PATTERNS: tuple[tuple[str, Pattern], ...] = (
    ("why", why), ("when", when), ("where", where), ("how many", how_many), ("how", how),
    ("who", who), ("who", doer), ("moved", moved), ("toward", toward), ("governed", governed),
    ("specified", specified), ("cause", cause), ("said", said), ("defined", defined), ("governed", into), ("governed", light),
    ("object", thing),
)  # fmt: skip
