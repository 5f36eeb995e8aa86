"""The trained reader: which sentences answer, judged by a model that reads the question with them.

A cross-encoder reads each passage; two small logistic models join what it says with what the
retrievers know, one to order the sentences, one to say how likely the best of them answers.
`training/calibrate.py` fits both and writes `reader/reader.toml`, where every coefficient can be
read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from index.types import Hit
from rag.first_reader import FirstReader
from rag.types import Reader, Reading

PASSAGES = 8  # the best ones, whose sentences are read
FOLDER = Path(__file__).with_name("reader")


@cache
def open_reader() -> Reader:
    """The reader that ships: the trained one, or the first one where its weights are not."""
    return FirstReader.shipped()


def passages_in_order(readings: Sequence[Reading]) -> list[Hit]:
    """The hits that were read, in the order of their best sentence."""
    found = {id(r.hit): r.hit for r in sorted(readings, key=lambda r: -r.score)}
    return list(found.values())
