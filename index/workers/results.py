"""What a worker made of a file, as bytes that anyone can check."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.failures import Failure, Why
from index.isolation import frame_of, packed, parsed, received
from index.load import Parsed, loader_of

_SUM, _KEY = 32, 16  # bytes


class FileResult(NamedTuple):
    """What is in a file, and the vectors of all that is encoded of it.

    `keys` are those of the texts, n; `vectors` is (n, dim) float16. `seconds` is what reading took.
    """

    found: tuple[Parsed | Failure, ...]
    keys: tuple[bytes, ...]
    vectors: NDArray[np.float16]
    seconds: float

    def to_bytes(self) -> bytes:
        """Their sha256, then frames: one for each text, and a last one for all else."""
        parts: list[bytes] = []
        for one in self.found:
            if isinstance(one, Parsed):
                frame = frame_of(one)
                parts += (packed(*frame), frame.body)
        failures = [list(one) for one in self.found if isinstance(one, Failure)]
        last = {"failures": failures, "shape": self.vectors.shape, "seconds": self.seconds}
        body = b"".join([*self.keys, self.vectors.tobytes()])
        whole = b"".join([*parts, packed(last, body), body])
        return hashlib.sha256(whole).digest() + whole

    @classmethod
    def from_bytes(cls, data: bytes) -> FileResult | None:
        """What `to_bytes` gave; None of bytes that were cut short or changed."""
        if hashlib.sha256(data[_SUM:]).digest() != data[:_SUM]:
            return None
        stream = io.BytesIO(data[_SUM:])
        found: list[Parsed | Failure] = []
        while "characters" in (frame := received(stream.read, len(data))).head:
            found.append(parsed(frame))
        head, (count, dim) = frame.head, frame.head["shape"]
        found += (Failure(a, b, c, Why(d)) for a, b, c, d in head["failures"])
        keys = [frame.body[at : at + _KEY] for at in range(0, count * _KEY, _KEY)]
        vectors = np.frombuffer(frame.body[count * _KEY :], np.float16).reshape(count, dim)
        return cls(tuple(found), tuple(keys), vectors, float(head["seconds"]))


def result_name(digest: str, source: str, known: Mapping[str, str], recipe: Sequence[str]) -> str:
    """What the result is called of bytes of this sha256 under this name, made by this recipe."""
    said = [digest, source, sorted(known.items()), loader_of(source), *recipe]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
