"""Sentences that only say the question again: what repeats a question does not answer it."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from index.letters import letters
from index.types import Passage
from index.words import stems

NEAR = 0.7  # cos(question, sentence), below which a sentence is not looked at
LEAST = 0.5  # of the question's words, that a question has in common with it to be the same
_ASKS = re.compile(
    r"""(?xi) \s* (?:who|whom|whose|what|which|when|where|why|how
        |is|are|was|were|do|does|did|can|could|will|would|shall|should|might|may|must|has|have|had)
        (?:['’]s)?\b"""
)


class Echo:
    """Tells which sentences say nothing but a question, once or many times."""

    def __init__(self, question: str) -> None:
        self._question, self._letters = question, letters(question)
        self._asks = question.rstrip().endswith("?") or bool(_ASKS.match(question))
        self._stems: dict[str, frozenset[str]] = {}

    def among(self, passage: Passage, similarity: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Shape (sentences,): which sentences of a passage are echoes; so like are only few.

        `similarity` (sentences,) are cos(question, sentence).
        """
        found = similarity >= NEAR
        for i in np.flatnonzero(found).tolist():
            words = passage.document.cut(passage.sentences[i].span)
            found[i] = self.is_in(words, passage.document.language)
        return found

    def is_in(self, sentence: str, language: str) -> bool:
        """Whether a sentence adds no word to the question, and is one too.

        Or says it letter for letter: twice, where what was typed may be no question but the very
        words of a sentence that is looked for.
        """
        asks = asks_something(sentence)
        if not asks and not (self._letters and self._letters in letters(sentence)):
            return False
        if not asks and not self._asks and letters(sentence).count(self._letters) < 2:
            return False
        asked = self._stems.setdefault(language, frozenset(stems(self._question, language)))
        own = frozenset(stems(sentence, language))
        return own <= asked and len(own) >= max(1, LEAST * len(asked))


def asks_something(sentence: str) -> bool:
    """Whether it ends as a question does."""
    return sentence.rstrip("\"'”’) ").endswith("?")
