"""What may be asked, and what kind of answer it wants: a question, analysed once.

The question-word taxonomy of answer types: Li and Roth, "Learning Question Classifiers",
COLING 2002, reduced to the three kinds that a pattern can see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from index import Query, QuestionError

MAX_CHARS = 2000


@dataclass(frozen=True)
class AskedQuestion(Query):
    """A query that a person asks: what its words ask for is known as well."""

    @cached_property
    def expectation(self) -> Expectation | None:
        """What it asks for, or None where its words do not say."""
        if _WHEN.search(self.text):
            return Expectation("time", lambda s: bool(_TIME.search(s)))
        if _QUANTITY.search(self.text):
            return Expectation("quantity", lambda s: bool(_NUMBER.search(s)))
        if _WHO.search(self.text):
            asked = self.text.casefold()
            return Expectation("person", lambda s: _names_another(s, asked))
        return None

    @cached_property
    def is_open_ended(self) -> bool:
        """Whether it asks why, how something goes, or whether something is so.

        What answers it is an account, not a name or a number: the descriptive classes of Li and
        Roth, and yes-no questions.
        """
        return bool(_OPEN_ENDED.match(self.text))

    @cached_property
    def asks_for_several(self) -> bool:
        """Whether it asks for things, steps or reasons, not for one: a list may be what answers."""
        return bool(_SEVERAL.search(self.text))

    def respelt(self, meant: Mapping[str, str]) -> AskedQuestion:
        """The question with these words in place of others."""
        if not meant:
            return self
        every = "|".join(map(re.escape, meant))
        text = re.sub(rf"(?<!\w)(?:{every})(?!\w)", lambda found: meant[found[0]], self.text)
        return AskedQuestion(text)


def read_question_file(path: str | Path, most: int) -> bytes:
    """The first `most` + 1 bytes of a file of questions; raises QuestionError without any."""
    try:
        with Path(path).expanduser().open("rb") as stream:
            return stream.read(most + 1)
    except (OSError, ValueError, RuntimeError) as exc:  # a NUL in the name, an unknown "~name"
        reason = getattr(exc, "strerror", None) or exc
        raise QuestionError(f"cannot read {path}: {reason}; give a file of questions") from exc


def check_question(question: str) -> str:
    """The question without white space at its ends.

    Raises QuestionError when it is empty, has no letter or digit, is over 2,000 characters, or
    holds a NUL or a lone surrogate.
    """
    asked = question.strip()
    if not asked:
        raise QuestionError("the question is empty; write what you want to know")
    if len(asked) > MAX_CHARS:
        raise QuestionError(
            f"the question has {len(asked):,} characters; shorten it to {MAX_CHARS:,} or fewer"
        )
    if "\x00" in asked:
        raise QuestionError("the question holds a NUL character; remove it")
    if any("\ud800" <= c <= "\udfff" for c in asked):
        raise QuestionError("the question holds half a character (a lone surrogate); type it again")
    if not any(c.isalnum() for c in asked):
        raise QuestionError("the question has no word in it; write what you want to know")
    return asked


KINDS = ("time", "quantity", "person")


@dataclass(frozen=True, slots=True)
class Expectation:
    """A kind of answer, and the test for it."""

    kind: str
    test: Callable[[str], bool]

    def met_by(self, sentence: str) -> bool:
        """Whether the sentence holds something of the kind."""
        return self.test(sentence)


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
_SEVERAL = re.compile(
    r"""(?xi) \b(?:what|which)\s+(?:all|else|things|people|are|were)\b
    | \bwho\s+(?:all|else|are|were)\b
    | \b(?:what|which)\s+(?:(?!(?:is|was|does|did|has)\b)\w+\s+){0,2}?
      (?!(?:it|thi|hi|doe|i|wa|ha|u|ye|alway|happen)s\b)\w+[^\Ws]s
      \s+(?:of|are|were|do|did|can|could|should|must|may|might|will|would|shall|have|had|am|i|you
        |we|they|work|belong|count|apply|exist|need|\w+ed)\b
    | \b(?:what|which)\s+(?:do|should|must|can|may|shall)\s+(?:i|you|we|they|one)\b
    | \bhow\s+(?:to|(?:do|can|should|could|would|must|shall)\s+(?:i|you|we|they|one|people))\b
    | \b(?:steps?|instructions|checklist|procedure|agenda|ingredients|walk\s+me\s+through
        |in\s+(?:what|which)\s+order|(?:step|day|phase|one|point)\s+by\s+(?:step|day|phase|one
        |point)|from\s+(?:start|beginning)\s+to\s+(?:finish|end)|all\s+(?:of\s+)?(?:them|the)
        |everything|every\s+(?:possible|single|one)|each\s+of|list|enumerate|name\s+(?:the|all|some|two|three|four|five))\b
    | \bwas\s+(?:alles|sind|waren|(?:brauch|benötig|muss|soll|kann|darf)\w*\s+(?:ich|man|wir))\b
    | \bwelche[nr]?\s[^.?!]{0,80}\b(?:sind|waren|haben|hatten|können|dürfen|müssen|sollen|sollten
        |gibt\s+es|gelten|gehören|brauch(?:e|t|en)|zählen|stehen)\b
    | \bwer\s+(?:alles|sind|waren)\b
    | \bwie\s+(?:\w+e\s+ich|\w+t\s+man|\w+en\s+(?:wir|sie))\b
    | \b(?:schritte?n?|schritt\s+für\s+schritt|der\s+reihe\s+nach|alle[sn]?|zutaten|tagesordnung
        |liste|nenne\w*|zähle?n?|aufzählung|checkliste)\b"""
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


def _names_another(sentence: str, asked: str) -> bool:
    """Whether a name stands in the sentence that the question does not mention already."""
    return any(m.group().casefold() not in asked for m in _NAME.finditer(sentence[1:]))
