"""Which edition of its kind a document is, as it says itself: a version, a day, a year."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from index import Document, stems

Number = tuple[int, ...]  # "2.10" is (2, 10), "2024-03-01" is (2024, 3, 1)

_VERSION = re.compile(
    r"(?i)(?<![^\W_])(?:(?:version|release|edition|revision|rev\.?|ausgabe|fassung)[\s_.-]*|v\.?)"
    r"(\d{1,4}(?:\.\d{1,4}){0,3})(?![\w])"
)
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)\d\d(?![\w/]|[.,]\d)|(?<=[_-])(?:19|20)\d\d(?![^\W_])")
_MAIL = ("email/", "mbox/")  # what reads them
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Edition(NamedTuple):
    """What a document says of itself: its version and its date, () for what it does not say."""

    version: Number
    date: Number

    def is_older(self, other: Edition) -> bool | None:
        """Whether the other one is newer; None where they do not say, or say both."""
        pairs = ((self.version, other.version), (self.date, other.date))
        signs = {_order(a, b) for a, b in pairs} - {0}
        return signs == {-1} if len(signs) == 1 else None

    def beside(self, other: Edition) -> str:
        """What it is called beside another one: by what both say, the date before the version."""
        if _order(self.date, other.date):
            return "-".join(f"{number:02}" for number in self.date)
        return f"version {'.'.join(map(str, self.version))}"


def edition_of(document: Document) -> Edition:
    """The edition of a document by its title, its file's name and its date.

    Of several years in a title none is its date; a mail is no edition of the one that it answers.
    """
    if document.meta.get("loader", "").startswith(_MAIL):
        return Edition((), ())
    names = (document.title, PurePosixPath(document.source).stem)
    version = next((v for name in names for v in versions_in(name)), ())
    day = _DAY.match(document.meta.get("date", ""))
    if day:
        return Edition(version, tuple(int(n) for n in day.groups() if n))
    years = next((y for name in names if (y := set(_YEAR.findall(name)))), set())
    date = tuple(map(int, years)) if len(years) == 1 else ()
    return Edition(version, date)


def are_of_one_kind(one: Document, other: Document) -> bool:
    """Whether two documents may be editions of one: they are called alike but for their edition.

    All words of one title, or of one file's name, stand in the other, or two of them do.
    """
    names = [(one.title, other.title)]
    names += [(PurePosixPath(one.source).stem, PurePosixPath(other.source).stem)]
    for a, b in names:
        words, others = _kind_words(a, one.language), _kind_words(b, other.language)
        common = len(words & others)
        if common and common >= min(2, len(words), len(others)):
            return True
    return False


def _kind_words(name: str, language: str) -> frozenset[str]:
    """The stems of a name without what says which edition it is."""
    told = _VERSION.sub(" ", re.sub(r"_", " ", name))
    return frozenset(w for w in stems(told, language) if not any(map(str.isdigit, w)))


def versions_in(text: str) -> tuple[Number, ...]:
    """The versions that a text names: "version 2.1", "v3"."""
    return tuple(tuple(map(int, m[1].split("."))) for m in _VERSION.finditer(text))


_NOW = (
    r"now|currently|today|nowadays|latest|newest|most\ recent|at\ present|presently|these\ days"
    r"|up-to-date|still\ (?:valid|in\ force)|in\ force|aktuell\w*|derzeit\w*|zurzeit|zur\ Zeit"
    r"|heute|jetzt|neueste\w*|heutige\w*|momentan|gegenwärtig\w*"
    # no river, no account and no electric one
    r"|current(?<!\ba\ current)(?=\ [a-z])(?!\ (?:accounts?|assets?|liabilit\w+|ratios?|affairs"
    r"|events|density|strength|flow\w*|runs?|ran|is|are|was|were|does|in|of|at|on|to|from|through"
    r"|between|and|or|that)\b)"
)
_PRESENT = re.compile(rf"(?<![\w-])(?:{_NOW})(?![\w-])")


def asks_for_present(question: str) -> bool:
    """Whether a question asks for what is so now, and names no year.

    Words with a capital are of a name, "Current River" and "USA Today", but for the first one.
    """
    asked = question.strip()
    plain = asked[:1].lower() + asked[1:]
    return bool(_PRESENT.search(plain)) and not _YEAR.search(asked) and not versions_in(asked)


def _order(one: Number, other: Number) -> int:
    """-1 where the first is the lesser; 0 where that cannot be told: 2024 and 2024-03."""
    common = min(len(one), len(other))
    a, b = one[:common], other[:common]
    return (a > b) - (a < b)
