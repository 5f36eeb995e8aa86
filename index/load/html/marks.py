"""What a browser writes beside the words of a page: numbers of items, raised digits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, repeat
from typing import TYPE_CHECKING

from index.load.numerals import NumeralStyle, lowered, numeral, raised

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_STYLES = {
    "a": (NumeralStyle.LETTERS, False), "A": (NumeralStyle.LETTERS, True),
    "i": (NumeralStyle.ROMAN, False), "I": (NumeralStyle.ROMAN, True),
}  # fmt: skip


def markers(items: Node) -> Iterator[str]:
    """What stands before a list's items, in turn: "- ", or their numbers."""
    held = items.attributes
    if items.tag != "ol" or "reversed" in held:
        yield from repeat("- ")
    said = held.get("start") or ""
    first = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 1
    style, upper = _STYLES.get(held.get("type") or "", (NumeralStyle.FIGURES, False))
    for number in count(first):
        yield f"{numeral(number, style, upper)}. "


def sup_or_sub(words: str, node: Node) -> str:
    """What a `sup` or `sub` says: 10⁶ is not 106, and a raised link leads to a note: [1]."""
    if not any(c in "0123456789" for c in words):
        return words
    words = words.strip()
    if node.tag == "sub":
        return lowered(words)
    inside = node.parent is not None and node.parent.tag == "a"
    if words.isdigit() and (inside or node.css_first("a") is not None):
        return f"[{words}]"
    above = raised(words)
    return above if above != words else f"^{words}"
