"""Words that a line's end parted: "dredg-" above "ing" is one word, "first-" above "and" is not."""

from __future__ import annotations

import re

# "first- and second-class"
_TWINS = frozenset({
    "and", "or", "to", "und", "oder", "bis", "et", "ou", "en", "of", "y", "e", "o", "og", "och",
})  # fmt: skip
# the first parts of compounds, whose hyphen is the writer's
_COMPOUNDING = frozenset({
    "all", "cross", "ex", "full", "half", "high", "long", "low", "non", "self", "short", "well",
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
})  # fmt: skip
# but "seven-ty" is one word, and "ten-sion"
_NUMERAL = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine)"
    r"-(?!(?:e?en|teen|teens|teenth|ty|ties|tieth|fold|some|self)\Z).*"
    r"|ten-(?:acre|course|day|dollar|euro|f[eo]+t|hour|inch|kilo\w+|man|met\w+|mile|minute|month"
    r"|page|part|person|point|pound|second|session|step|store?y|ton|week|year|yard)s?"
)
_LITTLE = _TWINS | {"the"}  # words within a compound: "up-to-date"
_PARTED = re.compile(
    r"(?<![^\W\d_])(?P<inner>(?<=[-‐]))?(?P<first>[^\W\d_]{2,80})[-‐][ \t]*(?:\r\n|[\n\r])[ \t]*"
    r"(?P<second>[^\W\d_]{1,80})(?![^\W\d_])(?P<goes_on>(?=[-‐][^\W\d_]))?"
)


def is_twin(first: str, second: str) -> bool:
    """Whether the second is a word of its own, between two that share an end: "in- and outlet"."""
    # a conjunction of Dutch, after a vowel an ending: "neu-en"
    return second in _TWINS and not (second == "en" and first[-1].lower() in "aeiouyäöüåø")


def is_compound(first: str, second: str) -> bool:
    """Whether the hyphen between two parts of a word is the writer's, so far as these tell."""
    numeral = _NUMERAL.fullmatch(f"{first}-{second}".lower())
    return first.lower() in _COMPOUNDING or numeral is not None


def join_parted(text: str) -> str:
    """The text with words whole that a hyphen at a line's end parts."""
    return _PARTED.sub(_whole, text) if "\n" in text or "\r" in text else text


def _whole(parted: re.Match[str]) -> str:
    first, second = parted["first"], parted["second"]
    within = parted["goes_on"] is not None or (parted["inner"] is not None and first in _LITTLE)
    if is_twin(first, second) and not within:
        return f"{first}- {second}"
    compound = within or is_compound(first, second) or not second.islower()
    return f"{first}-{second}" if compound else first + second
