"""What kind of thing a question asks for (a time, a number, a person, an account), and who has it.

The question-word taxonomy of answer types: Li and Roth, "Learning Question Classifiers",
COLING 2002, reduced to the three kinds that a pattern can see.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_WHEN = re.compile(
    r"""(?xi) \bwhen\b | \bhow\ long\ ago\b
    | \b(?:what|which)\s+(?:\w+\s+)?(?:year|date|day|month|century|decade|time|season)\b"""
)
_QUANTITY = re.compile(
    r"""(?xi) \bhow\s+(?:many|much|old|long|far|tall|high|big|large|fast|often|deep|wide|heavy
        |accurate|expensive)\b
    | \b(?:what|which)\s+(?:\w+\s+)?(?:percentage|percent|number|amount|price|population|share
        |rate|size|age|cost)\b"""
)
_WHO = re.compile(r"(?i)\b(?:who|whom|whose)\b")
_OPEN_ENDED = re.compile(
    r"""(?xi) \s* (?: why\b | how\s+(?:come|to|is|are|was|were|do|does|did|can|could|will|would
        |should|might|may|has|have|had)\b
    | (?:is|are|was|were|do|does|did|can|could|will|would|should|might|may|has|have|had)\b )"""
)

_NUMBER = re.compile(
    r"""(?xi) \d | \b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty
        |thirty|forty|fifty|sixty|hundreds?|thousands?|millions?|billions?|dozens?|half|third
        |quarter|double|twice|several|few)\b"""
)
_TIME = re.compile(
    r"""(?xi) \b\d{3,4}s?\b | \d:\d\d
    | \b(?:january|february|march|april|may|june|july|august|september|october|november|december
        |monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|centuries|decade|today
        |yesterday|tomorrow|morning|evening|night|spring|summer|autumn|winter|years?|months?|weeks?
        |days?|hours?|minutes?|ago)\b"""
)
_NAME = re.compile(r"\b[A-Z][\w’'-]+")


KINDS = ("time", "quantity", "person")


@dataclass(frozen=True, slots=True)
class Expectation:
    """A kind of answer, and the test for it."""

    kind: str
    test: Callable[[str], bool]

    def met_by(self, sentence: str) -> bool:
        """Whether the sentence holds something of the kind."""
        return self.test(sentence)


def expectation(question: str) -> Expectation | None:
    """What the question asks for, or None where its words do not say."""
    if _WHEN.search(question):
        return Expectation("time", lambda s: bool(_TIME.search(s)))
    if _QUANTITY.search(question):
        return Expectation("quantity", lambda s: bool(_NUMBER.search(s)))
    if _WHO.search(question):
        asked = question.casefold()
        return Expectation("person", lambda s: _names_another(s, asked))
    return None


def is_open_ended(question: str) -> bool:
    """Whether it asks why, how something goes, or whether something is so.

    What answers it is an account, not a name or a number: the descriptive classes of Li and
    Roth, and yes-no questions.
    """
    return bool(_OPEN_ENDED.match(question))


def _names_another(sentence: str, asked: str) -> bool:
    """Whether a name stands in the sentence that the question does not mention already."""
    return any(m.group().casefold() not in asked for m in _NAME.finditer(sentence[1:]))
