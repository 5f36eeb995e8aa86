"""What: the rules for the things a sentence speaks of, from a clause to a question.

Each is given a clause and returns the question without its mark, or "" where it does not fit.
"""

from __future__ import annotations

import re
from itertools import takewhile

from rag.questions.clause import Clause
from rag.questions.noun_phrase import (
    AFTER_NOUN,
    PREPOSITIONS,
    head_of,
    is_phrase,
    starts_noun_phrase,
)
from rag.questions.verbs import base_of, forms, goes_with, is_one
from rag.questions.wh import ask, is_number, setting

_KEY = re.compile(
    r"""(?x) (?:the|\S+'s)\s(?:\w+\s)? (?: true | real | main | primary | central | biggest
    | greatest | largest | chief | key | ultimate | principal | most\s\w+ | best | worst | oldest
    | highest | longest | smallest | first | aim | goal | purpose | cause | reason | result
    | capital | danger | risk | challenge | problem | advantage | argument | bottleneck
    | way\sto )\b"""
)
_LIFELESS = re.compile(r"(?:tion|ment|ity|ism|ness|ance|ence|ing|ics|ure)s?\Z")


def what_moved(clause: Clause) -> str:
    """ "S forces X to V …"."""
    rest = clause.rest
    if not is_one("moving", clause.base) or clause.form == "passive" or "to" not in rest:
        return ""
    at = rest.index("to")
    kept = rest[:at]
    does = any(base_of(w, "base") for w in rest[at + 1 : at + 2])
    if not does or kept[:1] in (("more",), ("less",), ("enough",)) or not is_phrase(kept, 5):
        return ""
    return ask("what", clause, (*kept, "to", "do")) if starts_noun_phrase(kept) else ""


def what_toward(clause: Clause) -> str:
    """ "S aims to V …"."""
    if not is_one("toward", clause.base) or clause.form == "passive":
        return ""
    if clause.rest[:1] != ("to",) or clause.rest[1:2] == ("be",):
        return ""
    return ask("what", clause, ("to", "do"))


def what_governed(clause: Clause) -> str:
    """ "S relies on X", "S is made of X", "S is famous for X": the preposition is left behind."""
    rest = clause.rest
    at = 0
    if clause.form == "copula":
        at = 2 if rest[0].endswith("ly") else 1
        word = rest[at - 1] if len(rest) >= at else ""
        fitting: tuple[str, ...] = ("than",) if word.endswith("er") else goes_with(word)
    else:
        passive = ("from", "into", "with") if clause.form == "passive" else ()
        fitting = (*goes_with(clause.base), *passive)
    if len(rest) < at + 2 or rest[at] not in fitting or not starts_noun_phrase(rest[at + 1 :]):
        return ""
    if rest[at + 1][0].isdigit():
        return ""
    return ask("what", clause, rest[: at + 1])


def what_for(clause: Clause) -> str:
    """ "S is used to V …"."""
    rest = clause.rest
    used = clause.form == "passive" and clause.base == "use" and rest[:1] == ("to",)
    return ask("what", clause, ("for",)) if used else ""


def what_into(clause: Clause) -> str:
    """ "S turns X into Y", "S describes X as Y"."""
    for kind, preposition in (("converting", "into"), ("calling", "as")):
        if not is_one(kind, clause.base) or preposition not in clause.rest[:7]:
            continue
        kept = clause.rest[: clause.rest.index(preposition)]
        if kept and starts_noun_phrase(kept) and is_phrase(kept, 6) and clause.form != "passive":
            return ask("what", clause, (*kept, preposition))
    return ""


def what_role(clause: Clause) -> str:
    """ "S plays a role in X"."""
    rest = clause.rest
    at = next((i for i, w in enumerate(rest[:4]) if is_one("light", w)), -1)
    if at < 1 or rest[0] not in ("a", "an", "the") or clause.form in ("copula", "passive"):
        return ""
    if rest[at + 1 : at + 2] not in (("in",), ("on",), ("to",), ("for",)):
        return ""
    if not starts_noun_phrase(rest[at + 2 :]) or not is_phrase(rest[: at + 1]):
        return ""
    return ask("what", clause, rest[: at + 2])


def what_key(clause: Clause) -> str:
    """ "The main threat to S is X"."""
    if clause.form != "copula" or clause.adverbs or clause.verb or len(clause.subject) < 3:
        return ""
    opens = clause.rest[0] in ("that", "to", "how") or starts_noun_phrase(clause.rest)
    return ask("what", clause) if opens and _KEY.match(" ".join(clause.subject)) else ""


def what_could(clause: Clause) -> str:
    """ "S could V X", as "What could V X?", where S is clearly no person."""
    head = head_of(clause.subject)
    if clause.form != "modal" or not _LIFELESS.search(head) or head[0].isupper():
        return ""
    if not starts_noun_phrase(clause.rest) or not is_phrase(clause.rest, 7):
        return ""
    return " ".join(["what", clause.auxiliary, *clause.adverbs, clause.verb, *clause.rest])


def what_said(clause: Clause) -> str:
    """ "S argues that …"."""
    if not is_one("saying", clause.base) or clause.rest[:1] != ("that",) or _is_thin(clause):
        return ""
    return ask("what", clause, setting(clause)) if clause.form in ("simple", "perfect") else ""


def what_is(clause: Clause) -> str:
    """ "S is a …", as "What is S?" or "Who is S?"."""
    if clause.form != "copula" or clause.adverbs or clause.verb or len(clause.rest) < 3:
        return ""
    subject, rest = clause.subject, clause.rest
    names = [w for w in subject if w[0].isupper()]
    one = subject[0][0].isupper() and clause.auxiliary in ("is", "was")
    articles = ("a", "an", "the") if one else ("a", "an")
    if rest[0] not in articles and rest[:2] != ("one", "of"):
        return ""
    if subject[0][0].isupper() and one and _is_person(clause):
        return ask("who", clause)
    joined = sum(w in ("of", "and", "the") for w in subject)
    if subject[0] in ("the", "a", "an") and names and len(names) + joined < len(subject):
        return ""  # "the resulting Report"
    if (subject[0] in ("a", "an") and names) or (subject[0] == "the" and not names):
        return ""
    unsure = 2 <= len(names) == len(subject) <= 3 and clause.auxiliary == "was"
    return "" if unsure else ask("what", clause)


def _is_person(clause: Clause) -> bool:
    """Whether what a clause says of its subject is said of people."""
    rest = clause.rest
    end = PREPOSITIONS | AFTER_NOUN - {"and"}
    rest = rest[2:] if rest[:2] == ("one", "of") else rest
    head = list(takewhile(lambda w: w not in end and not _is_participle(w), rest))
    after = rest[len(head) : len(head) + 1]
    told = [*filter(str.islower, clause.subject), *(w.strip(",").lower() for w in head)]
    return after == ("who",) or any(
        is_one("people", w) or is_one("people", w.removesuffix("s")) for w in told
    )


def _is_participle(word: str) -> bool:
    return any(f.tense == "participle" for f in forms(word))


def what_thing(clause: Clause) -> str:
    """ "S requires X"."""
    rest = clause.rest
    thing = rest[1:] if rest[:1] in (("its",), ("his",), ("her",), ("their",)) else rest
    if clause.form in ("copula", "passive") or not clause.base or clause.auxiliary == "had":
        return ""
    if clause.form == "progressive" and head_of(clause.subject).islower():
        return ""  # "What is history watching?"
    if not starts_noun_phrase(thing):
        return ""
    if any(is_one(kind, clause.base) for kind in ("bare", "alone", "moving", "calling")):
        return ""
    first = rest[0]  # a name may be a person's, and of a number one asks how many
    if first[0].isupper() and not is_one("on_things", clause.base):
        return ""
    if first[0].isdigit() or first[0] == "$" or is_number(first):
        return ""
    if first in ("both", "either") or base_of(first, "ing") or _is_thin(clause):
        return ""
    light = any(is_one("light", w) for w in rest[:4])
    return "" if light else ask("what", clause, setting(clause))


def _is_thin(clause: Clause) -> bool:
    """Whether too little is told: "What did Foster write?", or the answer is "the song"."""
    rest, told = clause.rest, setting(clause)
    if rest[0] == "the" and (len(rest) <= 2 or rest[2] in AFTER_NOUN):
        return True
    if clause.lead[:3].lower() in ("in ", "on ", "at ") and not told:
        return True
    return len(clause.subject) == 1 and clause.auxiliary == "did" and not told
