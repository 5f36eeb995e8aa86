"""What was there at the last brief of an index, so that what is new can be marked.

Two states are kept: the documents as they are, and as they were before. A brief of the same
documents is then the same brief, however often it is made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple

from index import (
    Generation,
    Passage,
    PassageTable,
    QuestionError,
    cache,
    disk,
    ids_of,
    letters,
    storage_errors,
)

LAST = "last"
FILE = "seen.json"
DIGEST = 12  # hexadecimal digits that tell one sentence from all others
Digests = frozenset[str]


class SeenBefore(NamedTuple):
    """The sentences that the brief before this one could quote; None where there was none."""

    digests: Digests | None

    def has(self, passage: Passage, at: int) -> bool:
        """Whether a sentence was there; all were where nothing is known."""
        return self.digests is None or _digest(passage, at) in self.digests

    @classmethod
    def of(cls, generation: Generation) -> SeenBefore:
        """What an index held before it became what it is; keeps what it holds now.

        Raises StorageError.
        """
        documents = generation.documents
        file = cache.brief_folder(cache.index_name(generation.path)) / FILE
        state = hashlib.sha256("\n".join(sorted(ids_of(documents))).encode()).hexdigest()
        last, now, before = _kept_in(file)
        if last != state:
            before = now
            now = frozenset(_digests(generation.retriever.passages))
            written = {
                "state": state,
                "now": sorted(now),
                "before": None if before is None else sorted(before),
            }
            with storage_errors("note a brief in", file):
                disk.replace(file, json.dumps(written).encode())
        return cls(before)


def _kept_in(file: Path) -> tuple[str, Digests | None, Digests | None]:
    """Of which documents, what they held, and what those before them did; of nothing no state."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        kept = json.loads(file.read_bytes())
        before = kept["before"]
        return (
            str(kept["state"]),
            frozenset(map(str, kept["now"])),
            None if before is None else frozenset(map(str, before)),
        )
    return "", None, None


def _digests(table: PassageTable) -> Iterator[str]:
    for row in range(len(table)):
        passage = table[row]
        yield from (_digest(passage, at) for at in range(len(passage.sentences)))


def _digest(passage: Passage, at: int) -> str:
    said = "".join(letters(passage.document.cut(passage.sentences[at].span)))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]


def first_day(since: str) -> datetime | None:
    """When a day begins, in UTC, that a person names; None for "last" and where none is named.

    Raises QuestionError for what is no day.
    """
    if since in ("", LAST):
        return None
    try:
        return datetime.combine(date.fromisoformat(since.strip()), time(), UTC)
    except ValueError as exc:
        raise QuestionError(f"{since!r} is no day; give one as 2026-05-31, or {LAST!r}") from exc
