"""Words that a line's end parted: "dredg-" above "ing" is one word, "first-" above "and" is not."""

from __future__ import annotations

import re

# "first- and second-class"
TWINS = frozenset({"and", "or", "to", "und", "oder", "bis", "et", "ou"})
# the first parts of compounds, whose hyphen is the writer's
COMPOUNDING = frozenset({
    "all", "cross", "ex", "full", "half", "high", "long", "low", "non", "self", "short", "well",
})  # fmt: skip
_PARTED = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{2,80})[-‐][ \t]*(?:\r\n|[\n\r])[ \t]*([^\W\d_]{1,80})(?![^\W\d_])"
)


def join_parted(text: str) -> str:
    """The text with words whole that a hyphen at a line's end parts."""
    return _PARTED.sub(_whole, text) if "\n" in text or "\r" in text else text


def _whole(parted: re.Match[str]) -> str:
    first, second = parted.groups()
    if second in TWINS:
        return f"{first}- {second}"
    compound = first.lower() in COMPOUNDING or not second.islower()
    return f"{first}-{second}" if compound else first + second
