"""An engine whose readings are written down: what it answers is known before it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from index.language import Query
from index.passages.chunking import split
from index.types import Document, Hit, Span
from rag.engine import Engine
from rag.query import AskedQuestion
from rag.readings import Reading
from tests.doubles import BREAD, EELS, HARBOUR, FakeEncoder, document

WORLD = (
    document(HARBOUR, "harbour.txt"),
    document(EELS, "eels.md"),
    document(BREAD, "bread.txt"),
)
TALL = "The lighthouse stands on the eastern mole and is 41 metres tall."
LAMP = "Its lamp was electrified in 1923."

Script = Mapping[str, Sequence[tuple[str, float]]]  # a question: words of a sentence, probability


class Everything:
    """An `index.Retriever` that finds every passage, in the documents' order."""

    def __init__(self, documents: Sequence[Document]) -> None:
        tokens = FakeEncoder().count_tokens
        self.hits = [Hit(p, 1.0) for d in documents for p in split(d, tokens)]

    def search(self, query: Query, k: int) -> list[Hit]:
        return self.hits[:k]


class Unasked:
    """An `index.types.Retriever` that must not be reached."""

    def search(self, query: Query, k: int) -> list[Hit]:
        raise AssertionError(f"{query.text!r} was searched")


class Scripted:
    """A `rag.readings.Reader` that reads, for each question, what its script says."""

    abstain, sure, keep = 0.5, 0.5, 100.0

    def __init__(self, script: Script) -> None:
        self.script = script

    def read(self, question: AskedQuestion, hits: Sequence[Hit]) -> list[Reading]:
        readings = [
            Reading(*_sentence(words, hits), log(p / (1 - p)), p)
            for words, p in self.script[question.text]
        ]
        return sorted(readings, key=lambda r: -r.score)


def _sentence(words: str, hits: Sequence[Hit]) -> tuple[Hit, Span]:
    return next(
        (hit, sentence.span)
        for hit in hits
        for sentence in hit.passage.sentences
        if words in hit.passage.document.cut(sentence.span)
    )


def scripted(script: Script, documents: Sequence[Document]) -> Engine:
    """An engine over `documents` that follows the script."""
    return Engine(Everything(documents), Scripted(script), documents)
