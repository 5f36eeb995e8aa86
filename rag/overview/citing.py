"""An overview as citations, numbered through, and the labels under which they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from rag.compose import summarize
from rag.kinds import CitationGroup
from rag.overview.choosing import LabelledChoices
from rag.types import Citation


class CitedOverview(NamedTuple):
    """Citations in shown order, and the groups that say which of them stand under which label."""

    citations: tuple[Citation, ...]
    groups: tuple[CitationGroup, ...]


def cite(labelled: Sequence[LabelledChoices]) -> CitedOverview:
    """The quotations of each label in the order of their document; neighbours are one quotation."""
    citations: list[Citation] = []
    groups = []
    for label, choices in labelled:
        own = sorted(summarize(choices), key=lambda c: c.start)
        numbers = range(len(citations) + 1, len(citations) + len(own) + 1)
        citations += [replace(c, number=n) for c, n in zip(own, numbers, strict=True)]
        groups.append(CitationGroup(label, tuple(numbers)))
    return CitedOverview(tuple(citations), tuple(groups))
