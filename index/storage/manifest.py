"""What a generation says of itself, and the sums by which each of its bytes is checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from index.errors import ForeignIndex
from index.failures import Failure, failures_from
from index.storage.disk import Data

FORMAT = 5
_SEALED = 3  # the first format whose files prove themselves whole
BLOCK = 2**20  # bytes under one sum, of a large file
LARGE = 64 * 2**20  # bytes; a larger file is checked block by block, where it is used
_SEAL = 64  # hex digits


class Entry(NamedTuple):
    """A file: its size in bytes and its sums, one for all of it or, of a large one, one a block.

    `dtype` and `shape` are those of an array, in numpy's terms; "" and () for other files.
    """

    size: int
    sums: tuple[str, ...]
    dtype: str = ""
    shape: tuple[int, ...] = ()


def entry_of(data: Data, dtype: str = "", shape: tuple[int, ...] = ()) -> Entry:
    """The entry of a file with these bytes."""
    view = memoryview(data).cast("B")
    step = BLOCK if len(view) > LARGE else max(1, len(view))
    sums = (sum_of(view[at : at + step]) for at in range(0, max(1, len(view)), step))
    return Entry(len(view), tuple(sums), dtype, shape)


def sum_of(data: Data) -> str:
    """The sha256 of some bytes, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def seal(text: str) -> str:
    """A text that can prove itself whole: its sha256 follows in a line of its own."""
    return f"{text}\n{sum_of(text.encode())}\n"


def unseal(data: bytes) -> str:
    """The text that was sealed; raises ValueError when it has changed."""
    text, end = data[: -_SEAL - 2], data[-_SEAL - 2 :]
    if end != f"\n{sum_of(text)}\n".encode():
        raise ValueError("its sum is not that of its content")
    return text.decode()


class Settings(NamedTuple):
    """How a generation was made: the model's name, and which version of ours made it.

    `alone`: those before it are to go, since something was taken out. `unencoded` passages have
    no vectors yet, and are found by their words only.
    """

    model: str = ""
    version: int = 0
    alone: bool = False
    unencoded: int = 0

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Settings:
        """From JSON; what is not said there is as by default. Raises ValueError or TypeError."""
        given = {**cls()._asdict(), **data}
        return cls(
            str(given["model"]),
            int(given["version"]),
            bool(given["alone"]),
            int(given["unencoded"]),
        )


class Counts(NamedTuple):
    """How much a generation holds."""

    documents: int
    passages: int
    sentences: int


@dataclass(frozen=True)
class Manifest:
    """What is in a generation; `published` is a time in ISO 8601.

    `files` are those of its folder, `encoder_files` those of the encoder's, by their paths there.
    """

    encoder: str
    settings: Settings
    counts: Counts
    failures: tuple[Failure, ...]
    published: str
    files: Mapping[str, Entry]
    encoder_files: Mapping[str, Entry]

    def to_bytes(self) -> bytes:
        """Sealed JSON."""
        content = {
            "format": FORMAT, "encoder": self.encoder, "settings": self.settings._asdict(),
            "counts": self.counts, "failures": self.failures, "published": self.published,
            "files": self.files, "encoder_files": self.encoder_files,
        }  # fmt: skip
        return seal(json.dumps(content, sort_keys=True)).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """What `to_bytes` gave.

        Raises ValueError, KeyError or TypeError when it is not that, and ForeignIndex for another
        format.
        """
        _refuse_older(data)
        content = json.loads(unseal(data))
        if content["format"] != FORMAT:
            raise ForeignIndex(f"it has format {content['format']}, and this Ibid reads {FORMAT}")
        documents, passages, sentences = map(int, content["counts"])
        return cls(
            str(content["encoder"]),
            Settings.from_dict(content["settings"]),
            Counts(documents, passages, sentences),
            failures_from(content["failures"]),
            str(content["published"]),
            entries_from(content["files"]),
            entries_from(content["encoder_files"]),
        )


def settings_in(data: bytes) -> Settings:
    """The settings in a sealed manifest, of whichever format.

    Raises ValueError, KeyError or TypeError when there are none.
    """
    return Settings.from_dict(json.loads(unseal(data))["settings"])


def _refuse_older(data: bytes) -> None:
    """Raise ForeignIndex for the manifest of an index whose files were not sealed."""
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        if json.loads(data)["format"] in range(1, _SEALED):
            raise ForeignIndex("it was made before indexes proved themselves whole")


def entries_from(given: Mapping[str, Any]) -> dict[str, Entry]:
    """Entries by name, from JSON; raises ValueError or TypeError."""
    return {name: _entry(*fields) for name, fields in given.items()}


def _entry(size: int, sums: list[str], dtype: str, shape: list[int]) -> Entry:
    return Entry(int(size), tuple(map(str, sums)), str(dtype), tuple(map(int, shape)))
