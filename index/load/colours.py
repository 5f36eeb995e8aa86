"""Colours: whether letters can be told from what is behind them."""

from __future__ import annotations

from typing import NamedTuple

_LEAST = 0.05  # of red, green or blue: white on #f2f2f2 differs by as much
_MUCH = 0.4
_FAINT = 0.05  # of opacity


class Colour(NamedTuple):
    """Red, green and blue, and how opaque it is, each from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0


BLACK, WHITE = Colour(0, 0, 0), Colour(1, 1, 1)


def of_hex(said: str) -> Colour | None:
    """The colour that six hexadecimal digits say, None for others."""
    try:
        red, green, blue = bytes.fromhex(said)
    except ValueError:
        return None
    return Colour(red / 255, green / 255, blue / 255)


def is_clear(colour: Colour) -> bool:
    """Whether a colour is transparent."""
    return colour.alpha <= _FAINT


def is_lost(letters: Colour, behind: Colour) -> bool:
    """Whether nobody can tell letters of a colour from another, which is opaque."""
    seen = over(letters, behind)
    return all(abs(a - b) < _LEAST for a, b in zip(seen, behind, strict=True))


def is_plain(letters: Colour, behind: Colour) -> bool:
    """Whether nobody can overlook letters of a colour on another."""
    return any(abs(a - b) > _MUCH for a, b in zip(letters[:3], behind[:3], strict=True))


def over(colour: Colour, behind: Colour) -> Colour:
    """What is seen of a colour that may be transparent, above an opaque one."""
    red, green, blue = (
        a * colour.alpha + b * (1 - colour.alpha)
        for a, b in zip(colour[:3], behind[:3], strict=True)
    )
    return Colour(red, green, blue)
