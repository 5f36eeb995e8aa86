"""A sentence altered by rule: asked, denied, on a condition, of another thing, in other words.

What becomes of it is known by how it was made: that is what it is for. Where a sentence cannot be
taken apart with certainty, it is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from rag.questions import Casing, Clause, clause_of

OPPOSITES = Path(__file__).with_name("opposites.txt")
_AUXILIARIES = "is|are|was|were|can|could|will|would|should|must|may|might|shall"
_PLAIN = re.compile(rf"(?P<subject>[^,;:()]{{2,60}}?) (?P<aux>{_AUXILIARIES}) (?P<rest>[^\n]+)")
_SMALL = re.compile(
    r"(?:The|A|An|This|That|These|Those|There|It|He|She|They|We|You|Your|Our|Its|His|Her|Their|All"
    r"|Each|Every|Any|Some|One|Both|In|At)\b"
)
_DENIED = re.compile(rf"\b({_AUXILIARIES})(?: not\b|n['’]t\b|(?<=can)not\b)")
_HAS_DENIAL = re.compile(
    r"(?i)\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without"
    r"|hardly|only|unless|fail\w*)\b|n['’]t\b"
)
_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?![\w-]|[.,]\d)")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = re.compile(rf"\b(?:{'|'.join(m for m in _MONTHS if m != 'May')})\b")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{1,2}}), (\d{{4}})\b")
_DIGITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_SHORT = [
    ("is not", "isn't"),
    ("are not", "aren't"),
    ("was not", "wasn't"),
    ("cannot", "can't"),
    ("does not", "doesn't"),
    ("do not", "don't"),
    ("did not", "didn't"),
]
_WITHOUT = ("It is not true that {0}.", "There is no evidence that {0}.", "It is wrong that {0}.")
_REPORTED = (
    "It is said that {0}.",
    "According to the report, {0}.",
    "We found that {0}.",
    "In fact, {0}.",
    "As a rule, {0}.",
    "Please note that {0}.",
    "{1}, as it turned out.",
)
_OPEN = (
    "Whether {0} depends on {1}.",
    "It depends on {1} whether {0}.",
    "That depends on {1}.",
    "It depends on {1}.",
)


@dataclass(frozen=True)
class ParsedStatement:
    """A statement: what stands before its auxiliary, that, and what stands behind; `told` as it is.

    The auxiliary of "sold" is "did", and then `verb` is "sold"; else `verb` is "".
    """

    told: str
    lead: str
    subject: str
    auxiliary: str
    rest: str
    simple: bool

    @property
    def is_denied(self) -> bool:
        """Whether something in it denies already, so that another negation may mean anything."""
        return bool(_HAS_DENIAL.search(self.told))

    @property
    def question(self) -> str:
        """The same, asked."""
        return f"{_capital(self.auxiliary)} {self.subject} {self.rest}?"

    @property
    def inner(self) -> str:
        """The same behind "that", with its simple verb as it stood."""
        told = self.told.rstrip(" .")
        begins = told[len(self.lead) :].lstrip(" ,")
        begins = self.subject + begins[len(self.subject) :]
        return f"{begins}, {_low(self.lead)}" if self.lead else begins

    def denied(self, random: Random) -> str:
        """Its negation."""
        if random.random() < 0.06:
            return random.choice(_WITHOUT).format(self.inner)
        never = random.random() < 0.1 and self.auxiliary not in ("do", "does", "did")
        word = "never" if never else "not"
        auxiliary = f"{self.auxiliary} {word}"
        auxiliary = auxiliary.replace("can not", "cannot")
        if random.random() < 0.35:
            for long, short in _SHORT:
                auxiliary = auxiliary.replace(long, short)
        return self._with(f"{self.subject} {auxiliary} {self.rest}.")

    def of(self, subject: str) -> str:
        """The same of another subject."""
        told = self.inner
        return self._with(f"{subject}{told.split(', ' + _low(self.lead))[0][len(self.subject) :]}.")

    def _with(self, clause: str) -> str:
        return f"{self.lead}, {clause}" if self.lead else _capital(clause)


def parsed(sentence: str, casing: Casing) -> ParsedStatement | None:
    """A statement of one clause; None where it cannot be told what it states."""
    told = sentence.strip()
    if not told.endswith(".") or not 4 <= len(told.split()) <= 40 or "\n" in told:
        return None
    clause = clause_of(told, casing)
    if clause is not None and (found := _from_clause(told, clause)):
        return found
    plain = _PLAIN.fullmatch(told.rstrip(" ."))
    if plain is None or plain["rest"].startswith(("not ", "n't")):
        return None
    subject = plain["subject"]
    if not subject[:1].isupper() or len(subject.split()) > 7:
        return None
    subject = _low(subject) if _SMALL.match(subject) else subject
    return ParsedStatement(told, "", subject, plain["aux"], plain["rest"], False)


def _from_clause(told: str, clause: Clause) -> ParsedStatement | None:
    if len(clause.rest) < 1 or any(not w.isprintable() for w in clause.rest):
        return None
    words = [*clause.adverbs, *clause.verb.split(), *clause.rest]
    rest = " ".join(words).rstrip(" .,")
    if len(rest.split()) < len(told.split()) - len(clause.subject) - len(clause.lead.split()) - 3:
        return None  # something of it was cut off
    simple = clause.form == "simple"
    subject = " ".join(clause.subject)
    body = told[len(clause.lead) :].lstrip(" ,")
    if body[: len(subject)].casefold() != subject.casefold():
        return None
    return ParsedStatement(told, clause.lead, subject, clause.auxiliary, rest, simple)


def undenied(sentence: str) -> str | None:
    """A sentence without its one negation; None where it has none, or several."""
    found = list(_DENIED.finditer(sentence))
    if len(found) != 1 or len(_HAS_DENIAL.findall(sentence)) != 1:
        return None
    return sentence[: found[0].start()] + found[0][1] + sentence[found[0].end() :]


def on_condition(sentence: str, condition: str, random: Random) -> str:
    """The same, if something else is so; `condition` begins with its "if", "unless" …"""
    told = sentence.strip().rstrip(".")
    if random.random() < 0.3:
        first = told if not _SMALL.match(told) else _low(told)
        return f"{_capital(condition)}, {first}."
    comma = "," if random.random() < 0.4 else ""
    return f"{told}{comma} {condition}."


def left_open(one: ParsedStatement, matter: str, random: Random) -> str:
    """That it depends on something."""
    return _capital(random.choice(_OPEN).format(one.inner, matter))


def with_other_number(sentence: str, random: Random) -> str | None:
    """One number or month changed; None where it has none, or several."""
    months, numbers = list(_MONTH.finditer(sentence)), list(_NUMBER.finditer(sentence))
    if len(numbers) == 1:
        number = int(numbers[0][0].replace(",", ""))
        away = [-30, -20, -10, -3, -2, -1, 1, 2, 3, 10, 20, 30]
        if number > 9999:
            away = [one * number // 40 for one in away]
        other = max(1, number + random.choice(away))
        new = f"{other:,}" if "," in numbers[0][0] else str(other)
        found = numbers[0]
    elif len(months) == 1:
        found, new = months[0], random.choice(_MONTHS)
    else:
        return None
    return None if new == found[0] else sentence[: found.start()] + new + sentence[found.end() :]


def opposed(sentence: str, random: Random) -> str | None:
    """One word changed for its opposite; None where none has one."""
    words = [
        (m, o)
        for m in re.finditer(r"(?<![\w-])[a-z]{3,}(?![\w-])", sentence)
        if (o := _opposites().get(m[0]))
    ]
    if not words:
        return None
    found, others = random.choice(words)
    return sentence[: found.start()] + random.choice(others) + sentence[found.end() :]


def reworded(sentence: str, one: ParsedStatement | None, random: Random) -> str:
    """The same in other words: dates and digits written otherwise, behind "we found that", …"""
    told = sentence
    told = (
        _DAY_FIRST.sub(r"\2 \1, \3", told)
        if random.random() < 0.5
        else (_MONTH_FIRST.sub(r"\2 \1 \3", told))
    )
    told = re.sub(
        r"(?<![\w.,£$€-])(?:[2-9]|1[0-2])(?= [a-z]{3})", lambda m: _DIGITS[int(m[0])], told
    )
    for long, short in _SHORT:
        told = told.replace(long, short)
    if one is not None and random.random() < 0.7:
        inner = one.inner
        told = random.choice(_REPORTED).format(inner, _capital(inner))
    return told


@cache
def _opposites() -> dict[str, list[str]]:
    """Of common words, as they are written, those that say the opposite."""
    found: dict[str, list[str]] = {}
    for line in OPPOSITES.read_text("utf-8").splitlines():
        one, other = line.split()
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
