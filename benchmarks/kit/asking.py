"""Questions asked through the engine, once for each reader: what most figures are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.kit.metrics import Values
from benchmarks.kit.sets import Question
from index.language import Query
from index.search import Hybrid
from index.types import Document, Hit, Passage
from rag.answers import Answer
from rag.engine import Engine
from rag.query import AskedQuestion
from rag.reader import CrossEncoder, FirstReader, PassageReading, TrainedReader, open_reader
from rag.readings import Reader, Reading

Readers = Mapping[str, Reader]
TRAINED, FIRST = "trained", "first_reader"


def open_readers() -> Readers:
    """The readers that are compared, by name: the trained one, if it is there, and the first."""
    first = FirstReader.shipped()
    if not isinstance(open_reader(), TrainedReader):
        return {FIRST: first}
    reader = TrainedReader()
    reader.model.read = Remembered(reader.model)  # type: ignore[method-assign]
    return {TRAINED: reader, FIRST: first}


class Remembered:
    """Reads each passage once for a question, whichever corpus it is found in.

    What the model makes of a passage does not depend on those read beside it.
    """

    def __init__(self, model: CrossEncoder) -> None:
        self._read = model.read
        self._kept: dict[tuple[str, Passage], PassageReading] = {}

    def __call__(self, question: Query, passages: Sequence[Passage]) -> list[PassageReading]:
        keys = [(question.text, p) for p in passages]
        fresh = [i for i, key in enumerate(keys) if key not in self._kept]
        read = self._read(question, [passages[i] for i in fresh]) if fresh else []
        self._kept |= {keys[i]: one for i, one in zip(fresh, read, strict=True)}
        return [self._kept[key] for key in keys]


@dataclass(frozen=True)
class Asked:
    """A question, what `ask` answered, and the readings that it chose from, best first."""

    question: Question
    answer: Answer
    readings: list[Reading]

    @property
    def best_is_gold(self) -> bool:
        """Whether the best-scored sentence answers; confidence is how likely that is."""
        best = self.readings[:1]
        return any(self.question.is_gold(r.hit.passage.document, r.span) for r in best)


class _Witness:
    """A reader that remembers its last readings."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.abstain, self.sure, self.keep = reader.abstain, reader.sure, reader.keep
        self.last: list[Reading] = []

    def read(self, question: AskedQuestion, hits: Sequence[Hit]) -> list[Reading]:
        self.last = self._reader.read(question, hits)
        return self.last


def ask_all(
    retriever: Hybrid, documents: Sequence[Document], reader: Reader, questions: Iterable[Question]
) -> list[Asked]:
    """Every question, asked of `Engine.ask` in its order."""
    witness = _Witness(reader)
    engine = Engine(retriever, witness, documents)
    asked = []
    for question in questions:
        witness.last = []
        answer = engine.ask(question.text)
        asked.append(Asked(question, answer, witness.last))
    return asked


def judged(asked: Iterable[Asked]) -> Values:
    """Rows (confidence, whether the best sentence answers), abstentions like the rest."""
    return np.array([(a.answer.confidence, float(a.best_is_gold)) for a in asked])
