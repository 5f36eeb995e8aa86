"""The documents of an index on the disk: however many, each is made when it is first looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from index.storage import Checked, Draft, Rows
from index.types import Document, Page

_DATA, _ENDS, _DIGESTS, _LANGUAGES = (
    "documents", "document_ends", "document_digests", "document_languages",
)  # fmt: skip
_DIGITS = 64  # of an id


class StoredDocuments(Sequence[Document]):
    """A sequence of n documents over `data`, which holds what is known of each, then its text.

    The former is JSON, the latter UTF-8; `ends` (n, 2) says where they end. `digests` (n, 32) are
    the sha256 of the texts and `languages` (n,) those of the documents. Thread-safe. What is looked
    at can raise DamagedIndex: large `data` are checked where they are used.
    """

    def __init__(
        self,
        data: NDArray[np.uint8] | Rows,
        ends: NDArray[np.int64],
        digests: NDArray[np.uint8],
        languages: NDArray[np.str_],
    ) -> None:
        self._data, self._ends, self._digests, self.languages = data, ends, digests, languages
        self._made: list[Document | None] = [None] * len(ends)

    @staticmethod
    def save(documents: Sequence[Document], draft: Draft) -> None:
        """Write the documents; raises OSError."""
        data, ends = bytearray(), np.empty((len(documents), 2), np.int64)
        for number, document in enumerate(documents):
            data += json.dumps(_known_of(document)).encode()
            ends[number, 0] = len(data)
            data += document.text.encode("utf-8", "surrogatepass")
            ends[number, 1] = len(data)
        digests = bytes.fromhex("".join(document.id for document in documents))
        draft.save(_DATA, np.frombuffer(data, np.uint8))
        draft.save(_ENDS, ends)
        draft.save(_DIGESTS, np.frombuffer(digests, np.uint8).reshape(-1, _DIGITS // 2))
        draft.save(_LANGUAGES, languages_of(documents))

    @classmethod
    def load(cls, files: Checked) -> StoredDocuments:
        """What `save` wrote; raises what `Checked` raises."""
        ends, digests, languages = map(files.array, (_ENDS, _DIGESTS, _LANGUAGES))
        return cls(files.rows(_DATA), ends, digests, languages)

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the documents."""
        digits = self._digests.tobytes().hex()
        return [digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS)]

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, key: int) -> Document: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, key: int | slice) -> Document | tuple[Document, ...]:
        if isinstance(key, slice):
            return tuple(self[number] for number in range(*key.indices(len(self))))
        made = self._made[key]
        if made is None:
            made = self._made[key] = self._make(range(len(self))[key])
        return made

    def __eq__(self, other: object) -> bool:
        """Documents are equal where their texts are."""
        return self.ids == other.ids if isinstance(other, StoredDocuments) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as of other sequences that are no tuples

    def _make(self, number: int) -> Document:
        start = int(self._ends[number - 1, 1]) if number else 0
        middle, end = self._ends[number].tolist()
        data = self._data[start:end].tobytes()
        known: Mapping[str, Any] = json.loads(data[: middle - start])
        return Document(
            self._digests[number].tobytes().hex(),
            data[middle - start :].decode("utf-8", "surrogatepass"),
            known["title"],
            known["source"],
            known["meta"],
            pages=tuple(Page(*page) for page in known["pages"]),
            copies=tuple(known["copies"]),
        )


def _known_of(document: Document) -> dict[str, Any]:
    """What is known of a document beside its text."""
    return {
        "title": document.title,
        "source": document.source,
        "meta": dict(document.meta),
        "pages": document.pages,
        "copies": document.copies,
    }


def ids_of(documents: Sequence[Document]) -> list[str]:
    """The ids of the documents, of which none is made for that."""
    return documents.ids if isinstance(documents, StoredDocuments) else [d.id for d in documents]


def languages_of(documents: Sequence[Document]) -> NDArray[np.str_]:
    """Shape (documents,): their languages; no document is made for that."""
    if isinstance(documents, StoredDocuments):
        return documents.languages
    return np.array([d.language for d in documents], np.str_)
