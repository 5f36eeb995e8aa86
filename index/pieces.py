"""What each stretch of a document is: a title, a heading, a sentence, the page's own talk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

# of a sentence
ROLES = ("body", "item", "byline", "dateline", "code", "recipients", "repeated", "row")
MAX_SENTENCE = 5_000  # characters
_FIELDS = 5  # numbers a row
_SOME = 1_000  # rows that are made at a time


class Kind(Enum):
    """What a stretch of a document is."""

    TITLE = "title"
    HEADING = "heading"
    MARKER = "list marker"
    FURNITURE = "furniture"
    SENTENCE = "sentence"


_KINDS = tuple(Kind)
_NUMBER = {kind: number for number, kind in enumerate(_KINDS)}


class Piece(NamedTuple):
    """A stretch of one kind. `level` is a heading's, 0 if guessed; `role` is a sentence's."""

    kind: Kind
    start: int
    end: int
    level: int = 0
    role: str = "body"


class Pieces(Sequence[Piece]):
    """Pieces as an array (n, 5): a million take 20 MB, and are made when they are looked at.

    A row is kind, start, end, level, role; `SIZE` is how many bytes it takes.
    """

    SIZE = 4 * _FIELDS

    def __init__(self, rows: NDArray[np.uint32]) -> None:
        self._rows = rows

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Pieces:
        """The same pieces."""
        if isinstance(pieces, cls):
            return pieces
        numbers = (
            number
            for kind, start, end, level, role in pieces
            for number in (_NUMBER[kind], start, end, level, ROLES.index(role))
        )
        return cls(np.fromiter(numbers, np.uint32).reshape(-1, _FIELDS))

    @classmethod
    def from_bytes(cls, data: bytes, length: int) -> Pieces:
        """What `to_bytes` gave for a text of `length` characters, of which nothing is believed.

        Raises ValueError for what cannot be pieces of it.
        """
        made = cls(np.frombuffer(data, np.uint32).reshape(-1, _FIELDS))
        kinds, starts, ends, levels, roles = made._rows.T
        edges = np.concatenate([[0], made._rows[:, 1:3].ravel(), [length]])
        sizes = (ends - starts)[kinds == _NUMBER[Kind.SENTENCE]]
        named = (kinds < len(_KINDS)).all() and (roles < len(ROLES)).all() and (levels <= 6).all()
        if not named or (edges[1:] < edges[:-1]).any():
            raise ValueError("pieces that lie outside the text or over one another")
        if ((sizes < 1) | (sizes > MAX_SENTENCE)).any():
            raise ValueError("a sentence without a character, or a vast one")
        return made

    def to_bytes(self) -> bytes:
        """`SIZE` of them a piece."""
        return self._rows.tobytes()

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Piece]:
        for first in range(0, len(self._rows), _SOME):
            yield from map(_piece, self._rows[first : first + _SOME].tolist())

    @overload
    def __getitem__(self, key: int) -> Piece: ...
    @overload
    def __getitem__(self, key: slice) -> Pieces: ...
    def __getitem__(self, key: int | slice) -> Piece | Pieces:
        if isinstance(key, slice):
            return Pieces(self._rows[key])
        return _piece(self._rows[key].tolist())


def _piece(row: Sequence[int]) -> Piece:
    kind, start, end, level, role = row
    return Piece(_KINDS[kind], start, end, level, ROLES[role])
