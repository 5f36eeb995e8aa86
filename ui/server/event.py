"""What a browser sent with an event: nothing of it is trusted to be there or to be of its kind."""

from __future__ import annotations

from math import inf
from typing import Any


class Sent:
    """The data of an event, by name."""

    def __init__(self, event: Any) -> None:
        self._event = event

    def text(self, name: str) -> str:
        """A text, or ""."""
        given = getattr(self._event, name, None)
        return given if isinstance(given, str) else ""

    def number(self, name: str, under: int | None = None) -> int | None:
        """A whole number from 0 on, below `under`, written in digits; or None."""
        given = self.text(name)
        if not (given.isascii() and given.isdecimal() and len(given) < 10):
            return None
        return int(given) if under is None or int(given) < under else None

    def checked(self) -> bool:
        """Whether a box was ticked."""
        return getattr(self._event, "checked", None) is True

    def count(self) -> float:
        """Its number among what the tab has sent, from 1; infinite where it has none."""
        given = getattr(self._event, "count", None)
        return given if type(given) is int and given > 0 else inf
