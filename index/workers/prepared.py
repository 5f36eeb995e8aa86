"""What workers prepared, as the writer of an index takes it: nothing is read or encoded again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Protocol

from index.encoder import Remembering
from index.failures import Failure
from index.isolation import Expected, Parsers
from index.load import Parsed
from index.types import Encoder, Progress
from index.workers.results import FileResult, result_name
from index.workers.store import ResultStore
from index.workers.worker import ENCODER_FILES, Assignment


class Workers(Protocol):
    """Those who prepare files, wherever they are."""

    store: str
    """Where they put results that a writer on another machine finds; "": beside the index."""

    def prepare(self, files: Sequence[Expected], assigned: Assignment, tell: Progress) -> None:
        """Have `Worker.prepare` called for each file; raises ParserError where nobody does it."""


class PreparedFiles:
    """The files of one update: prepared by workers, found by the writer.

    A file of which there is no result, or none that is whole, is read here as without workers.
    """

    def __init__(
        self, workers: Workers, encoder: Encoder, compiled: Path, version: int, folder: Path
    ) -> None:
        """`compiled` has the encoder's files; `folder` is there for the work on one index."""
        own = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
        at = f"{workers.store.rstrip('/')}/{own}" if workers.store else str(folder / "results")
        self._workers, self._compiled = workers, compiled
        self._assigned = Assignment(at, (encoder.digest, str(version)))
        self._store, self._lock = ResultStore(at), Lock()
        self._taken: list[FileResult] = []

    def parsers(self) -> Parsers:
        """What gives the documents of files."""
        return _PreparedParsers(self)

    def expect(self, files: Sequence[Expected], tell: Progress) -> None:
        """Have them prepared; raises what `Workers` and `ResultStore` raise."""
        if files:
            self._store.put_encoder(self._compiled / name for name in ENCODER_FILES)
            self._workers.prepare(files, self._assigned, tell)

    def result(self, data: bytes, source: str, known: Mapping[str, str]) -> FileResult | None:
        """What was made of the bytes of a file."""
        digest = hashlib.sha256(data).hexdigest()
        found = self._store.get(result_name(digest, source, known, self._assigned.recipe))
        if found is not None:
            with self._lock:
                self._taken.append(found._replace(found=()))
        return found

    def teach(self, encoder: Remembering) -> None:
        """Hand on the vectors of what was taken, which it then need not make."""
        for one in self._taken:
            encoder.take(one.keys, one.vectors)
        self._taken.clear()

    def clear(self) -> None:
        """Delete the results: they are in an index now."""
        self._store.clear()


class _PreparedParsers(Parsers):
    """`Parsers` that look for a result before they read."""

    def __init__(self, files: PreparedFiles) -> None:
        super().__init__()
        self._files = files

    def expect(self, files: Sequence[Expected], tell: Progress) -> None:
        """Have them prepared."""
        self._files.expect(files, tell)

    def read(
        self, data: bytes, source: str, known: Mapping[str, str]
    ) -> Sequence[Parsed | Failure]:
        """As that of `Parsers`."""
        result = self._files.result(data, source, known)
        if result is None:
            return super().read(data, source, known)
        self.seconds[source] = result.seconds
        return result.found
