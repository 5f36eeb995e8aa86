"""Sentences that only say the question again: what repeats a question does not answer it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from index.language import Query, letters
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

    def __init__(self, query: Query) -> None:
        self._query, self._letters = query, query.letters
        states = query.text.rstrip().endswith((".", "!"))
        self._asks = asks_something(query.text) or (not states and bool(_ASKS.match(query.text)))

    def among(
        self,
        passage: Passage,
        similarity: NDArray[np.float64],
        stems_of: Callable[[int], Collection[str]],
    ) -> NDArray[np.bool_]:
        """Shape (sentences,): which sentences of a passage are echoes of the question.

        Those that add no word to it, and are questions too or say it letter for letter: twice,
        where what was typed may be no question but the very words of a sentence that is looked
        for. And those that say all of a long question twice, whatever else they say.
        `similarity` (sentences,) are cos(question, sentence), and `stems_of` gives the stems of
        the words of a sentence, by its place in the passage.
        """
        found = similarity >= NEAR
        near = np.flatnonzero(found).tolist()
        words = [passage.document.cut(passage.sentences[i].span) for i in near]
        said = sum(letters(one).count(self._letters) for one in words) if self._letters else 0
        again = said > 1 or (said == 1 and self._asks)
        for i, one in zip(near, words, strict=True):
            times = letters(one).count(self._letters)
            repeats = (again and times > 0) or asks_something(one)
            language = passage.document.language
            by_itself = repeats and self._adds_nothing(frozenset(stems_of(i)), language)
            found[i] = by_itself or (times > 1 and len(self._letters) >= LONG)
        return found

    def _adds_nothing(self, own: frozenset[str], language: str) -> bool:
        asked = self._query.words(language).stems
        return own <= asked and len(own) >= max(1, LEAST * len(asked))


def holds(sentence: str, query: Query) -> bool:
    """Whether a sentence says all of a long question, and more or not."""
    return len(query.letters) >= LONG and query.letters in letters(sentence)


def asks_something(sentence: str) -> bool:
    """Whether it ends as a question does."""
    return sentence.rstrip("\"'”’) ").endswith("?")
