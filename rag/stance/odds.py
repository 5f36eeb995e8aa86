"""What a sentence says to a yes-no question or beside another one, and how likely that is."""

from __future__ import annotations

import tomllib
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from index import EncoderError, reinstall
from rag.kinds import Stance as Stance

FOLDER = Path(__file__).parent
COEFFICIENTS = "stance.toml"


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
        for stance, odds in zip(Stance, self, strict=False):
            if odds >= thresholds()[stance.name.lower()]:
                return stance
        return None


class RelationOdds(NamedTuple):
    """Probabilities that add up to 1."""

    same: float
    against: float
    neither: float

    @property
    def clear(self) -> Relation | None:
        """How one stands to the other; None where it does neither, or that is not clear."""
        for relation, odds in zip(Relation, self, strict=False):
            if odds >= thresholds()[relation.name.lower()]:
                return relation
        return None


def thresholds() -> dict[str, float]:
    """Of each thing that can be said the probability from which it is; all are over one half."""
    found: dict[str, float] = coefficients(FOLDER)["thresholds"]
    return found


def temperature(kind: str) -> float:
    """What the model's outputs are divided by, of a "stance" or a "relation"."""
    return float(coefficients(FOLDER)["temperatures"][kind])


@cache
def coefficients(folder: Path) -> dict[str, Any]:
    """What `training.stances.calibrate` wrote; raises EncoderError where that cannot be read."""
    try:
        return tomllib.loads((folder / COEFFICIENTS).read_text("utf-8"))
    except (OSError, ValueError) as exc:
        raise EncoderError(f"no coefficients in {folder}; {reinstall()}") from exc
