"""From a question that is said in full to an answer: looked for, read, composed, placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from index import NOTHING_KEPT, Comparing, Document, DocumentAnnotations, Retriever
from rag.answers import Answer, Scope
from rag.citations import Citation
from rag.compose import Composed, Material, Wholes, closest
from rag.composers import compose, compose_unread
from rag.kinds import QuestionKind
from rag.lookup import LookedUp, Lookup
from rag.named import Names
from rag.query import AskedQuestion
from rag.readings import Reader


class Thresholds(NamedTuple):
    """Under the probability `abstain` nothing answers, under `sure` only perhaps.

    What scores more than `keep` (log odds) below the best sentence is not quoted.
    """

    abstain: float
    sure: float
    keep: float


class Answerer:
    """Answers over `documents`, which `retriever` looks at; thread-safe.

    `left_out` counts the documents of the retriever that are not asked; `annotations` are what an
    index keeps of them.
    """

    def __init__(
        self,
        retriever: Retriever,
        reader: Reader,
        documents: Sequence[Document],
        thresholds: Thresholds,
        left_out: int = 0,
        annotations: DocumentAnnotations = NOTHING_KEPT,
    ) -> None:
        self.thresholds, self.annotations = thresholds, annotations
        self.scope = Scope(len(documents), left_out)
        self.lookup = Lookup(retriever, reader, documents, thresholds.abstain)
        self._retriever, self._reader, self._documents = retriever, reader, documents

    @cached_property
    def names(self) -> Names:
        """What the documents are called."""
        return Names(self._documents)

    def answer(
        self,
        typed: AskedQuestion,
        full: AskedQuestion,
        turns: Sequence[Answer],
        most: int,
        kind: QuestionKind | None,
    ) -> Answer:
        """Answer a question that can be asked, which is `full` where it leans on `turns`.

        These are the answers of its history that count. Nothing is looked for where what is made
        of the index alone is of the `kind` that is asked for; `most` sentences answer for a fact.
        """
        unread = LookedUp(full, (), (), Wholes(full, self._retriever))
        if made := compose_unread(self._material(unread, most), kind):
            return self._told(typed, unread, *made)
        found, missing = self.lookup.best(typed, full, turns)
        was_tried = found.asked == full
        made = compose(self._material(found, most), kind, was_tried=was_tried)
        told = self._told(typed, found, *made)
        told = replace(told, unknown=missing.nowhere, unquoted=missing.mentions)
        if told.citations:
            return told
        nearest = closest(found.readings, before=found.whole.before)
        return replace(told, closest=self.placed(nearest))

    def placed(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        """The citations, with the other sources that say the same, as far as they are known."""
        retriever = self._retriever
        if not isinstance(retriever, Comparing):
            return tuple(replace(c, also=c.document.copies) for c in citations)
        return tuple(replace(c, also=retriever.also_in(c.document, c.parts)) for c in citations)

    def _material(self, found: LookedUp, most: int) -> Material:
        return Material(
            found.asked,
            found.readings,
            found.whole,
            self._retriever,
            self._reader,
            self._documents,
            self.names,
            self.thresholds.abstain,
            self.thresholds.keep,
            most,
            annotations=self.annotations,
        )

    def _told(
        self, typed: AskedQuestion, found: LookedUp, kind: QuestionKind, made: Composed
    ) -> Answer:
        citations = self.placed(made.citations)
        confidence = found.confidence if made.confidence is None else made.confidence
        return Answer(
            question=typed.text,
            citations=citations,
            hits=found.hits,
            confidence=confidence,
            scope=self.scope,
            asked_as=found.asked.text if found.asked != typed else "",
            choices=made.choices,
            perhaps=bool(citations) and confidence < self.thresholds.sure,
            kind=kind,
            groups=made.groups,
            complete=made.complete,
            tally=made.tally,
            pairs=made.pairs,
        )
