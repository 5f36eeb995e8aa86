"""What a model read is kept, whole lines alone."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from pathlib import Path
from typing import Any, cast

from index import Passage, Query, passage_parts
from index.passages import split
from rag.reader import CrossEncoder, PassageReading
from tests.doubles import FakeEncoder
from tests.scripted import WORLD
from training.readings import KeptReadings

PASSAGES = [p for d in WORLD for p in split(d, FakeEncoder().count_tokens)]


class Model:
    """Reads what it is given; remembers how much that was."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def read(self, question: Query, passages: Sequence[Passage]) -> list[PassageReading]:
        self.asked.append(len(passages))
        return [self._reading(passage) for passage in passages]

    def _reading(self, passage: Passage) -> PassageReading:
        said = tuple(passage_parts(passage)[1])
        scores = tuple(len(s) / 7 for s in said)
        stretches, margins = tuple((0, len(s)) for s in said), (inf,) * len(said)
        return PassageReading(0.5, -1.25, 2.0, scores, scores, stretches, margins, said)


def opened(model: Any, file: Path) -> KeptReadings:
    return KeptReadings(cast(CrossEncoder, model), file)


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    model, file = Model(), tmp_path / "readings.jsonl"
    question = Query("How tall is the lighthouse?")
    read = opened(model, file)
    assert read(question, PASSAGES[:2]) == model.read(question, PASSAGES[:2])
    with file.open("a") as half_written:
        half_written.write('["0a1b", {"rank": 0.')
    model.asked.clear()
    again = opened(model, file)
    assert again(question, PASSAGES) == Model().read(question, PASSAGES)
    assert model.asked == [len(PASSAGES) - 2]
    assert opened(model, file)(question, PASSAGES) == Model().read(question, PASSAGES)
    assert model.asked == [len(PASSAGES) - 2]


def test_another_question_is_read_for_itself(tmp_path: Path) -> None:
    model = Model()
    read = opened(model, tmp_path / "readings.jsonl")
    for asked in ("How tall is it?", "How old is it?"):
        read(Query(asked), PASSAGES[:1])
    assert model.asked == [1, 1]
