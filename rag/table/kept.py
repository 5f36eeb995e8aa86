"""Cells that were filled before: a table that was cut off goes on where it was.

They are kept in the cache, by the state of the index: what a document answers depends on how often
words stand in all of them. A file of another state of the same index is deleted.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from index import Document, Generation, IbidError, cache, installed_version, storage_errors
from rag.readings import Reader
from rag.table.cells import AnswerCell
from rag.table.columns import TableColumn

_CELLS = "cells.jsonl"


class KeptCells:
    """The cells of one state of an index; what cannot be read of them is filled again.

    A line a cell is written at once, so that whatever ends the process leaves all others.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / _CELLS
        self._lines: dict[bytes, bytes] = {}
        with suppress(OSError):
            for line in self._file.read_bytes().split(b"\n"):
                key, _, rest = line.partition(b" ")
                if len(key) == 64 and rest:
                    self._lines[key] = rest

    @classmethod
    def of(cls, generation: Generation, reader: Reader) -> KeptCells:
        """Those of an index, read by a reader. Raises StorageError."""
        state = (generation.revision.hex(), installed_version() or "", *_known_of(reader))
        digest = hashlib.sha256("\0".join(state).encode()).hexdigest()[:16]
        place = hashlib.sha256(str(generation.path).encode("utf-8", "surrogateescape")).hexdigest()
        index = cache.table_folder(f"{generation.path.name}-{place[:8]}")
        for other in index.glob("*"):
            if other.name != digest:
                shutil.rmtree(other, ignore_errors=True)
        with storage_errors("keep a table in", index):
            (index / digest).mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(index / digest)

    def cell(self, column: TableColumn, document: Document) -> AnswerCell | None:
        """The cell, if it was filled before."""
        line = self._lines.get(_key(column, document))
        if line is None:
            return None
        try:
            data: Mapping[str, Any] = json.loads(line)
            return AnswerCell.from_dict(data, document)
        except (IbidError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def keep(self, column: TableColumn, document: Document, cell: AnswerCell) -> None:
        """Note a cell; raises StorageError."""
        line = json.dumps(cell.to_dict(), ensure_ascii=True).encode()
        with storage_errors("keep a table in", self._file), self._file.open("ab") as stream:
            # a line that was cut off ends before this one
            stream.write(b"\n" + _key(column, document) + b" " + line + b"\n")


def _key(column: TableColumn, document: Document) -> bytes:
    kind = column.kind.value if column.kind else ""
    return hashlib.sha256(f"{kind}\0{column.question}\0{document.id}".encode()).hexdigest().encode()


def _known_of(reader: Reader) -> tuple[str, ...]:
    return type(reader).__name__, str(reader.abstain), str(reader.sure), str(reader.keep)
