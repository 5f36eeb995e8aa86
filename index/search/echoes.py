"""Sentences that only say the question again: what repeats a question does not answer it."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from index.language import letters, stems
from index.types import Passage

NEAR = 0.7  # cos(question, sentence), below which a sentence is not looked at
LEAST = 0.5  # of the question's words, that a question has in common with it to be the same
LONG = 16  # letters of a question that no sentence holds twice by chance, as "rent" in "different"
_ASKS = re.compile(
    r"""(?xi) \s* (?:who|whom|whose|what|which|when|where|why|how
        |is|are|was|were|do|does|did|can|could|will|would|shall|should|might|may|must|has|have|had)
        (?:['’]s)?\b"""
)


class Echo:
    """Tells which sentences say nothing but a question, once or many times."""

    def __init__(self, question: str) -> None:
        self._question, self._letters = question, letters(question)
        states = question.rstrip().endswith((".", "!"))
        self._asks = asks_something(question) or (not states and bool(_ASKS.match(question)))
        self._stems: dict[str, frozenset[str]] = {}

    def among(self, passage: Passage, similarity: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Shape (sentences,): which sentences of a passage are echoes of the question.

        Those that add no word to it, and are questions too or say it letter for letter: twice,
        where what was typed may be no question but the very words of a sentence that is looked
        for. And those that say all of a long question twice, whatever else they say.
        `similarity` (sentences,) are cos(question, sentence).
        """
        found = similarity >= NEAR
        near = np.flatnonzero(found).tolist()
        words = [passage.document.cut(passage.sentences[i].span) for i in near]
        said = sum(letters(one).count(self._letters) for one in words) if self._letters else 0
        again = said > 1 or (said == 1 and self._asks)
        for i, one in zip(near, words, strict=True):
            times = letters(one).count(self._letters)
            repeats = (again and times > 0) or asks_something(one)
            by_itself = repeats and self._adds_nothing(one, passage.document.language)
            found[i] = by_itself or (times > 1 and len(self._letters) >= LONG)
        return found

    def _adds_nothing(self, sentence: str, language: str) -> bool:
        asked = self._stems.setdefault(language, frozenset(stems(self._question, language)))
        own = frozenset(stems(sentence, language))
        return own <= asked and len(own) >= max(1, LEAST * len(asked))


def holds(sentence: str, question: str) -> bool:
    """Whether a sentence says all of a long question, and more or not."""
    asked = letters(question)
    return len(asked) >= LONG and asked in letters(sentence)


def asks_something(sentence: str) -> bool:
    """Whether it ends as a question does."""
    return sentence.rstrip("\"'”’) ").endswith("?")
