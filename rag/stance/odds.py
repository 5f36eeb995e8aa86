"""What a sentence says to a yes-no question or beside another one, and how likely that is."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

CLEAR = 0.9  # the probability from which a stance or a relation is told


class Stance(Enum):
    """What a sentence says to a yes-no question, in words for people."""

    YES = "says yes"
    NO = "says no"
    DEPENDS = "depends"


class Relation(Enum):
    """How a sentence stands to another one."""

    SAME = "says the same"
    AGAINST = "goes against it"


class StanceOdds(NamedTuple):
    """Probabilities that add up to 1; `silent` is that it says nothing of what is asked."""

    yes: float
    no: float
    depends: float
    silent: float

    @property
    def clear(self) -> Stance | None:
        """What it says; None where it is silent or that is not clear."""
        likeliest = max(range(3), key=self.__getitem__)
        return list(Stance)[likeliest] if self[likeliest] >= CLEAR else None


class RelationOdds(NamedTuple):
    """Probabilities that add up to 1."""

    same: float
    against: float
    neither: float

    @property
    def clear(self) -> Relation | None:
        """How one stands to the other; None where it does neither, or that is not clear."""
        likeliest = max(range(2), key=self.__getitem__)
        return list(Relation)[likeliest] if self[likeliest] >= CLEAR else None
