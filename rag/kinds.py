"""What kind of answer a question asks for, and what is said of an answer of that kind.

The words of a question say it, in English and, of its most common forms, in German. What is not
surely asked for as another kind is a fact: who gets an overview for a fact has lost more than who
gets a fact for an overview.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rag.query import AskedQuestion

SIGNS = Path(__file__).with_suffix(".toml")
LONGEST = 300  # characters of a question that say its kind
_PART = re.compile(r"\{([a-z_]+)\}")


class QuestionKind(Enum):
    """What is asked for; the value is what a person reads: "Read as: an overview".

    Some are no question's (`is_asked`): an engine shows them without one.
    """

    FACT = "a fact"
    OVERVIEW = "an overview"
    COMPARISON = "a comparison"
    VIEWPOINTS = "viewpoints"
    LIST = "a list"
    COUNT = "a count"
    TIMELINE = "a timeline"
    NAMES = "who is who"
    BRIEF = "a brief"
    QUESTIONS = "questions that are answered"
    RELATED = "related statements"

    @property
    def has_sides(self) -> bool:
        """Whether the groups of its answer are sides, which stand beside each other."""
        return self in (QuestionKind.COMPARISON, QuestionKind.VIEWPOINTS)

    @property
    def is_asked(self) -> bool:
        """Whether a question can be read as one of this kind."""
        return self not in _SHOWN


# What a view is called that was not asked as a question: "Timeline: heat pumps".
VIEWS: Mapping[QuestionKind, str] = {
    QuestionKind.TIMELINE: "Timeline",
    QuestionKind.NAMES: "Who is who",
    QuestionKind.BRIEF: "Brief",
    QuestionKind.QUESTIONS: "People also ask",
    QuestionKind.RELATED: "Related",
}
_SHOWN = VIEWS.keys() - {QuestionKind.TIMELINE}  # a timeline is asked for as well
CALLED = " called "  # between a kind of name and the name: "people called Holm"


class CitationGroup(NamedTuple):
    """A label, and the numbers of the answer's quotations that stand under it.

    The label is ours, or words of the documents. Without numbers nothing was found that belongs
    there.
    """

    label: str
    numbers: tuple[int, ...]


class PairKind(Enum):
    """How a quotation stands to another one, in words for people: "agrees with [2]"."""

    AGREE = "agrees with"
    DIFFER = "differs from"


class Stance(Enum):
    """What a quotation says to a yes-no question, in words for people."""

    YES = "says yes"
    NO = "says no"
    DEPENDS = "depends"


class CitationPair(NamedTuple):
    """Two quotations of an answer, by their numbers, that clearly agree or differ."""

    kind: PairKind
    one: int
    other: int

    @property
    def numbers(self) -> tuple[int, int]:
        """Both of them."""
        return self.one, self.other


class Counted(Enum):
    """What was counted for a list or a count."""

    ROWS = "rows"  # of tables
    VALUES = "values"  # in a column of a table, each once
    ITEMS = "items"  # of lists as they stand in a text
    PARAGRAPHS = "paragraphs"  # of a section
    SENTENCES = "sentences"  # that hold a word
    DOCUMENTS = "documents"  # with such a sentence
    QUOTATIONS = "quotations"  # that answer as the reader sees it
    DATED = "dated statements"  # of a timeline
    NAMES = "names"  # of who is who
    STATEMENTS = "statements"  # of which those of a brief are the strongest


class Tally(NamedTuple):
    """How many were found for a list or a count: more than are quoted where there are very many.

    `source` is the one document whose rows, values or items they are, `label` the column, or the
    heading of a list or of paragraphs. They hold each of `words`, and of those that stand together
    one or more; `conditions` are labels of columns, and what the cells under them are to be.
    """

    number: int
    of: Counted
    source: str = ""
    words: tuple[tuple[str, ...], ...] = ()
    label: str = ""
    conditions: tuple[tuple[str, str], ...] = ()


def kind_of(question: AskedQuestion) -> QuestionKind:
    """The kind of answer that a question asks for by its words; a fact where they do not say."""
    _, signs = _signs()
    asked = unframed(question).casefold()
    found = (kind for kind, own in signs.items() if any(sign.search(asked) for sign in own))
    return next(found, QuestionKind.FACT)


def unframed(question: AskedQuestion) -> str:
    """The question without what frames it: "hi, could you please"; no longer than is looked at."""
    frame, _ = _signs()
    return frame.sub("", question.cleaned[:LONGEST].replace("’", "'"), count=1)


def expression(name: str) -> str:
    """The regular expression that the signs call {name}; raises KeyError."""
    return _written_out(_kept()["parts"][name])


@cache
def _signs() -> tuple[re.Pattern[str], dict[QuestionKind, list[re.Pattern[str]]]]:
    """The frame of a question, and by what each kind is told; compiled when somebody asks."""
    kept = _kept()
    frame = re.compile(expression("frame"), re.IGNORECASE)
    own = {QuestionKind[n.upper()]: kept[n]["signs"] for n in kept if n != "parts"}
    return frame, {k: [re.compile(_written_out(s)) for s in signs] for k, signs in own.items()}


@cache
def _kept() -> Mapping[str, Any]:
    return tomllib.loads(SIGNS.read_text("utf-8"))


def _written_out(sign: str) -> str:
    return _PART.sub(lambda part: expression(part[1]), sign)
