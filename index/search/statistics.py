"""What is known of all passages, where only some of them are at hand: how many, how long, df.

The scores of passages that an engine found are then those that they have among all others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class KnownStems(Protocol):
    """The stems of all passages."""

    @property
    def stems(self) -> Iterable[str]:
        """Every stem that occurs."""

    def often(self, stem: str) -> int:
        """In how many passages a stem occurs."""


@dataclass(frozen=True)
class Statistics:
    """Of how many passages; the mean length of these and of their sentences, in stems.

    `languages` are those of the passages.
    """

    passages: int
    passage_length: float
    sentence_length: float
    languages: tuple[str, ...]
    vocabulary: KnownStems
