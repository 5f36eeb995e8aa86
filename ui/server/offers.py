"""Questions that are offered: who makes them, and what a tab keeps of them."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rag.types import Answer
from ui.page import Turn

if TYPE_CHECKING:
    from rag import Engine


class Suggests(Protocol):
    """Questions that an engine's documents answer."""

    def openers(self, count: int = 5) -> tuple[str, ...]:
        """To begin with."""

    def follow_ups(self, history: Sequence[Answer], count: int = 3) -> tuple[str, ...]:
        """After the last answer."""

    def rephrasings(self, answer: Answer, count: int = 2) -> tuple[str, ...]:
        """Near a question that was not answered."""


@dataclass(frozen=True)
class Offer:
    """Questions offered after a turn (None: before any), and the engine that answers them.

    `questions` is None where none were made yet; the engine is not kept by it.
    """

    engine: weakref.ref[Engine] | None = None
    turn: Turn | None = None
    questions: tuple[str, ...] | None = None

    def is_of(self, engine: Engine) -> bool:
        """Whether they were asked of this engine."""
        return self.engine is not None and self.engine() is engine

    def is_after(self, turn: Turn | None) -> bool:
        """Whether they were made to follow this turn."""
        return self.questions is not None and self.turn is turn

    def of_no_turn(self) -> Offer:
        """The same engine, no questions: others must be made."""
        return Offer(self.engine)
