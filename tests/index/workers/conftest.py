"""Files that are read and encoded by workers, with the tiny encoder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("fsspec", reason="the extra ray is not installed")

from index.encoder.encode import OnnxEncoder
from index.files.reading import read_regular
from index.isolation.expected import Expected
from index.types import Progress
from index.workers.store import ResultStore
from index.workers.worker import ENCODER_FILES, Assignment, Worker


class WorkersHere:
    """A worker in this process; after `most` files it dies, if that is given."""

    store = ""

    def __init__(self, most: int | None = None) -> None:
        self.most, self.prepared = most, list[str]()

    def prepare(self, files: Sequence[Expected], assigned: Assignment, tell: Progress) -> None:
        """Each file after the other."""
        worker = Worker(assigned)
        try:
            for number, file in enumerate(files):
                if number == self.most:
                    raise KeyboardInterrupt
                if worker.prepare([file]) == [True]:
                    self.prepared.append(file.source)
        finally:
            worker.close()


@pytest.fixture
def assigned(tmp_path: Path, tiny_compiled: Path, tiny_encoder: OnnxEncoder) -> Assignment:
    """What a worker with the tiny encoder is told."""
    store = str(tmp_path / "results")
    ResultStore(store).put_encoder(tiny_compiled / name for name in ENCODER_FILES)
    return Assignment(store, (tiny_encoder.digest, "1"))


def expected(file: Path, unless: str = "") -> Expected:
    """A file that is to be asked for."""
    return Expected(partial(read_regular, file, file.name), file.name, {}, unless)
