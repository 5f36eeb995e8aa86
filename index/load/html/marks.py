"""What a browser writes beside the words of a page: numbers of items, raised digits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_DIGITS = "0123456789+-−=()"
_RAISED = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_NUMERALS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def markers(items: Node) -> Iterator[str]:
    """What stands before a list's items, in turn: "- ", or their numbers."""
    held = items.attributes
    if items.tag != "ol" or "reversed" in held:
        yield from repeat("- ")
    said = held.get("start") or ""
    first = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 1
    for number in count(first):
        yield f"{_numeral(number, held.get('type') or '1')}. "


def _numeral(number: int, style: str) -> str:
    """The number in the list's style: "a", "A", "i", "I" or figures."""
    made = ""
    if style in ("a", "A") and 0 < number <= 26:
        made = chr(ord("a") + number - 1)
    elif style in ("i", "I") and 0 < number < 40:
        for value, letters in _NUMERALS:
            made += letters * (number // value)
            number %= value
    else:
        return str(number)
    return made if style.islower() else made.upper()


def raised(words: str, node: Node) -> str:
    """What a `sup` or `sub` says: 10⁶ is not 106, and a raised link leads to a note: [1]."""
    if not any(c in "0123456789" for c in words):
        return words
    words = words.strip()
    if node.tag == "sub":
        return words.translate(_LOWERED)
    inside = node.parent is not None and node.parent.tag == "a"
    if words.isdigit() and (inside or node.css_first("a") is not None):
        return f"[{words}]"
    return words.translate(_RAISED) if set(words) <= set(_DIGITS) else f"^{words}"
