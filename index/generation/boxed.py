"""The boxes of an index's documents, as bytes, which updates read and who asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.boxes import NOWHERE, Boxes
from index.storage import Checked, Draft
from index.types import Document

_BOXES, _STARTS = "boxes", "box_starts"


@dataclass(frozen=True)
class BoxTable:
    """What `Boxes.to_bytes` gives of each document: bytes starts[i] to starts[i + 1] of `data`.

    `data` is (bytes,) uint8, `starts` (documents + 1,) int64.
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> BoxTable:
        """That of documents as they were read."""
        return cls.packed([document.boxes.to_bytes() for document in documents])

    @classmethod
    def join(cls, parts: Sequence[BoxTable]) -> BoxTable:
        """The documents of all parts, one part after another; no part may be missing."""
        sizes = np.concatenate([np.diff(part.starts) for part in parts])
        return cls(np.concatenate([part.data for part in parts]), _starts(sizes))

    def take(self, numbers: Sequence[int]) -> BoxTable:
        """The documents with these numbers, in this order."""
        edges = self.starts.tolist()
        return self.packed([self.data[edges[i] : edges[i + 1]].tobytes() for i in numbers])

    @classmethod
    def load(cls, files: Checked, documents: int) -> BoxTable:
        """What `save` wrote; raises what `Checked` raises."""
        if _BOXES not in files.entries:
            return cls(np.zeros(0, np.uint8), np.zeros(documents + 1, np.int64))
        return cls(files.array(_BOXES), files.array(_STARTS))

    def save(self, draft: Draft) -> None:
        """Write it, where a document has any; raises OSError."""
        if len(self.data):
            draft.save(_BOXES, self.data)
            draft.save(_STARTS, self.starts)

    @classmethod
    def packed(cls, parts: Sequence[bytes]) -> BoxTable:
        """That of documents of which this is what `Boxes.to_bytes` gave."""
        sizes = np.array([len(part) for part in parts], np.int64)
        return cls(np.frombuffer(b"".join(parts), np.uint8), _starts(sizes))


def read_boxes(files: Checked, number: int, length: int) -> Boxes:
    """Those of the document of that number, whose text has `length` characters.

    Raises what `Checked` raises, and DamagedIndex where a block of a large file has changed.
    """
    if _BOXES not in files.entries:
        return NOWHERE
    first, stop = files.array(_STARTS)[number : number + 2].tolist()
    return Boxes.from_bytes(files.rows(_BOXES)[first:stop].tobytes(), length)


def _starts(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
