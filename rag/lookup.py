"""A question looked for and read: completed, and respelt where that finds no less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from index import Document, Embedding, Hit, Knowing, Missing, Retriever, Spelling, ids_of
from rag.answers import Answer
from rag.compose import Wholes
from rag.converse import Turn
from rag.query import AskedQuestion
from rag.reader import PASSAGES
from rag.readings import Reader, Reading
from rag.rewrite import fragment_of, rewritten
from rag.statements import is_word

# log odds; what quoting a sentence again costs where a question was completed: training.repeats
QUOTED = 3.0


class LookedUp(NamedTuple):
    """A question as it was looked for, the passages found, and what was read in them.

    `whole` knows what of them is quoted whole.
    """

    asked: AskedQuestion
    hits: tuple[Hit, ...]
    readings: Sequence[Reading]
    whole: Wholes

    @property
    def confidence(self) -> float:
        """How likely the best sentence answers; 0 where nothing was found."""
        return self.readings[0].probability if self.readings else 0.0


class Lookup:
    """What questions find in `documents`, and what is read there; thread-safe.

    Under the probability `abstain` a reading is no answer.
    """

    def __init__(
        self, retriever: Retriever, reader: Reader, documents: Sequence[Document], abstain: float
    ) -> None:
        self._retriever, self._reader = retriever, reader
        self._documents, self._abstain = documents, abstain

    def completed(self, typed: AskedQuestion, history: Sequence[Answer]) -> AskedQuestion:
        """The question, said in full where it leans on the history."""
        encoder = self._retriever.encoder if isinstance(self._retriever, Embedding) else None
        full = rewritten(typed, [turn_of(a) for a in history], encoder)
        return typed if full == typed.text else AskedQuestion(full)

    def was_asked(self, answer: Answer) -> bool:
        """Whether an answer was made from documents that are asked now."""
        if answer.citations:
            return self._ids.issuperset(c.document.id for c in answer.citations)
        return not answer.hits or any(h.passage.document.id in self._ids for h in answer.hits)

    def best(
        self, typed: AskedQuestion, full: AskedQuestion, history: Sequence[Answer]
    ) -> tuple[LookedUp, Missing]:
        """What was read for a question, which is `full` where it leans on the history.

        Of the question with its misspelt words as they are meant, where that is no worse. With it,
        which of its words are missing.
        """
        found, missing = self._found(typed, full, history), self._missing(typed)
        meant = self._respelt(typed, missing)
        if meant != typed:
            other = self._found(meant, self.completed(meant, history), history)
            if other.confidence >= min(found.confidence, self._abstain):
                return other, self._missing(meant)
        return found, missing

    def _missing(self, asked: AskedQuestion) -> Missing:
        retriever = self._retriever
        return retriever.missing(asked) if isinstance(retriever, Knowing) else Missing()

    def _respelt(self, typed: AskedQuestion, missing: Missing) -> AskedQuestion:
        """The question with its misspelt words as the documents spell them."""
        retriever = self._retriever
        odd = [w for w in missing.nowhere if w.isupper() or not is_word(w.casefold())]
        if not odd or not isinstance(retriever, Spelling):
            return typed
        return typed.respelt(retriever.respell(odd))

    def _found(
        self, typed: AskedQuestion, full: AskedQuestion, history: Sequence[Answer]
    ) -> LookedUp:
        """What was read for a question, in full where it leans on the history.

        The words that make room for one that points back stand in earlier quotations: these count
        less. What takes the place of other words may be answered by the same sentence.
        """
        if full == typed:
            return self._read(typed, ())
        return self._read(full, () if fragment_of(typed.text) else history)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(ids_of(self._documents))

    def _read(self, asked: AskedQuestion, history: Sequence[Answer]) -> LookedUp:
        """What was read; what an answer of `history` quotes scores lower.

        A sentence that only says the question again counts where nothing answers without it.
        The words that complete a question stand in those very quotations.
        """
        whole = Wholes(asked, self._retriever)
        hits = tuple(self._retriever.search(asked, PASSAGES))
        readings = whole.weigh(self._reader.read(asked, hits), self._ids)
        unlikely = not readings or readings[0].probability < self._abstain
        if unlikely and any(hit.echoing for hit in hits):
            hits = tuple(hit.echoing or hit for hit in hits)
            readings = whole.weigh(self._reader.read(asked, hits), self._ids)
        quoted = {(c.document.id, part) for a in history for c in a.citations for part in c.parts}
        if quoted:
            again = [(r.hit.passage.document.id, r.span) in quoted for r in readings]
            lowered = [
                replace(r, score=r.score - QUOTED) if is_quoted else r
                for r, is_quoted in zip(readings, again, strict=True)
            ]
            readings = sorted(lowered, key=lambda r: -r.score)
        return LookedUp(asked, hits, readings, whole)


def turn_of(answer: Answer) -> Turn:
    """An earlier answer as its question was completed, with the words that answered it best."""
    return Turn(answer.looked_for, answer.best.quote if answer.best else "", answer.language)
