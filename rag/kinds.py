"""What kind of answer a question asks for, and the labels under which quotations stand."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class QuestionKind(Enum):
    """What is asked for; the value is what a person reads: "Read as: an overview"."""

    FACT = "a fact"
    OVERVIEW = "an overview"
    COMPARISON = "a comparison"
    VIEWPOINTS = "for and against"
    LIST = "a list"
    COUNT = "a count"


class CitationGroup(NamedTuple):
    """A label that is ours, and the numbers of the answer's quotations that stand under it."""

    label: str
    numbers: tuple[int, ...]
