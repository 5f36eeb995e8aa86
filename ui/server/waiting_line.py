"""A waiting line: so many at once, the others in the order in which they came."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from threading import Condition
from typing import Any

from index import IbidError


class Busy(IbidError):
    """Too many wait already."""


class _Place:
    def __init__(self, who: Hashable, shares: Mapping[Any, int]) -> None:
        self.who, self.shares = who, shares


class WaitingLine:
    """Places for `places` at once and for `waiting` more; safe in threads."""

    def __init__(self, places: int, waiting: int) -> None:
        self._places, self._most = places, waiting
        self._waiting: list[_Place] = []
        self._taken: list[_Place] = []
        self._moved = Condition()
        self._closed = False

    @contextmanager
    def place(self, who: Hashable, shares: Mapping[Any, int] | None = None) -> Iterator[None]:
        """Wait for a place and hold it meanwhile; raises Busy when too many wait, or all is ended.

        `shares` says of whom it is, and how many each of these may hold at once: who holds as
        many is passed over.
        """
        mine = _Place(who, shares or {})
        with self._moved:
            self._waiting.append(mine)
            if self._next() is not mine and len(self._waiting) > self._most:
                self._waiting.remove(mine)
                raise Busy(f"busy: {self._most} wait already; try again in a minute")
            self._moved.wait_for(lambda: self._closed or self._next() is mine)
            self._waiting.remove(mine)
            if self._closed:
                raise Busy("Ibid is being ended; start it again")
            self._taken.append(mine)
            self._moved.notify_all()
        try:
            yield
        finally:
            with self._moved:
                self._taken.remove(mine)
                self._moved.notify_all()

    def number(self, who: Hashable) -> int:
        """Which one is the next to get a place, from 1; 0 for one that does not wait."""
        with self._moved:
            numbers = (n for n, place in enumerate(self._waiting, 1) if place.who == who)
            return next(numbers, 0)

    def rest(self, seconds: float) -> bool:
        """Wait until nobody has a place or waits for one, so long at most; False once all ended."""
        with self._moved:
            self._moved.wait_for(
                lambda: self._closed or not (self._taken or self._waiting), seconds
            )
            return not self._closed

    def close(self) -> None:
        """Nobody gets a place any more, and nobody waits for one."""
        with self._moved:
            self._closed = True
            self._moved.notify_all()

    def _next(self) -> _Place | None:
        if len(self._taken) >= self._places:
            return None
        return next(filter(self._fits, self._waiting), None)

    def _fits(self, place: _Place) -> bool:
        return all(
            sum(1 for taken in self._taken if share in taken.shares) < most
            for share, most in place.shares.items()
        )


def busy(number: int) -> str:
    """What is said to one that waits; "" where none does."""
    return f"Busy: you are number {number}." if number else ""
