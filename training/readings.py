"""What a model read, kept in a file: what is asked again is not read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index import Passage, Query, passage_parts, sha256
from rag.reader import MODEL, CrossEncoder, PassageReading, TrainedReader
from training.mine import workplace


class KeptReadings:
    """Reads each passage once for a question, today and tomorrow; stands for a model's `read`."""

    def __init__(self, model: CrossEncoder, file: Path) -> None:
        """Each reading is added to `file`, a JSON line each, which is one model's alone."""
        self._read, self._file = model.read, file
        self._kept: dict[str, dict[str, Any]] = {}
        file.touch()
        lines = file.read_text("utf-8").splitlines(keepends=True)
        if lines and not lines[-1].endswith("\n"):  # it was being written when it was stopped
            file.write_text("".join(lines[:-1]), "utf-8")
            del lines[-1]
        self._kept.update(map(json.loads, lines))

    @classmethod
    def of(cls, model: CrossEncoder, folder: Path) -> KeptReadings:
        """What the model of this folder reads, kept where training keeps things."""
        return cls(model, workplace() / f"readings-{sha256(folder / MODEL)[:16]}.jsonl")

    def __call__(self, question: Query, passages: Sequence[Passage]) -> list[PassageReading]:
        """One reading a passage, in their order."""
        keys = [_key(question, passage) for passage in passages]
        fresh = [i for i, key in enumerate(keys) if key not in self._kept]
        read = self._read(question, [passages[i] for i in fresh]) if fresh else []
        with self._file.open("a", encoding="utf-8") as out:
            for i, one in zip(fresh, read, strict=True):
                kept = asdict(one)
                del kept["sentences"]  # the passage holds them
                self._kept[keys[i]] = kept
                out.write(json.dumps([keys[i], kept]) + "\n")
        return [
            _reading(self._kept[key], passage) for key, passage in zip(keys, passages, strict=True)
        ]


def keeping(reader: TrainedReader) -> TrainedReader:
    """The reader, which keeps what its model reads."""
    reader.model.read = KeptReadings.of(reader.model, reader.folder)  # type: ignore[method-assign]
    return reader


def _reading(kept: dict[str, Any], passage: Passage) -> PassageReading:
    read: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in kept.items()}
    read["stretches"] = tuple(map(tuple, kept["stretches"]))
    return PassageReading(**read, sentences=tuple(passage_parts(passage)[1]))


def _key(question: Query, passage: Passage) -> str:
    prefix, sentences = passage_parts(passage)
    said = json.dumps([question.cleaned, prefix, *sentences])
    return hashlib.sha256(said.encode()).hexdigest()[:24]
