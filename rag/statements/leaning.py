"""Whether a sentence is understood without the one before it."""

from __future__ import annotations

import re

from index import clean

_LEANS = re.compile(
    r"""(?xi) (?:it|they|he|she|this|that|these|those|such|its|their|his|her|both
        |the\ (?:former|latter)|(?:the\ )?(?:first|second|third|other)s?
        |but|and|or|so|yet|however|moreover|thus|therefore|instead|also|then|still|otherwise
        |in\ addition|as\ a\ result|for\ (?:example|instance))\b"""
)
_SELF_CONTAINED = re.compile(
    r"(?i)(?:it (?:is|was|has been) \w+ (?:that|to)|this (?:article|paper|report|year))\b"
)


def leans(sentence: str) -> bool:
    """Whether a sentence begins with a word that points back."""
    words = clean(sentence).lstrip("\"'(")
    return bool(_LEANS.match(words)) and not _SELF_CONTAINED.match(words)
