"""A passage as a row of a collection: all that a question needs of it, in one piece.

Its text with what its lists lean on, its stems, the vectors and digests of its sentences, and which
document stands for which of them. The engine finds rows by their vectors and stems and knows
nothing of what is in them. A row is called by the hash of what it is made of: the same passage is
the same row, whoever writes it, and what is there need not be packed to be known.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.copies import Copies
from index.generation import Contents
from index.passages import SentenceStems, ids_of
from index.types import Stored

KEY = 16  # bytes of a row's name
PIECE = 60_000  # characters of what is packed, that a string of the engine holds
_HEAD = 4


@dataclass(frozen=True)
class PackedRow:
    """A row as it is written: what it is called, its content, and by what the engine finds it.

    `vector` (dim,) is the passage's, `weights` those of its stems, `says` the first eight bytes of
    its sentences' digests. `alone` says whether any sentence has no other document to stand for it.
    """

    key: bytes
    document: str
    content: bytes
    vector: Stored
    weights: Mapping[str, float]
    says: Sequence[int]
    alone: bool

    @property
    def pieces(self) -> list[str]:
        """The content in strings that an engine takes."""
        text = base64.b64encode(self.content).decode()
        return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]


@dataclass(frozen=True)
class FetchedRow:
    """A row as it was read.

    `sentences` (s, 5) are as in `PassageTable`; `windows` are stretches of the document's text and
    where they begin; `stems` are the passage's, `sentence_stems` those of its sentences; `digests`
    (s, 16) and `vectors` (1 + s, dim) are theirs, the passage's vector first; `standing` is the id
    of the document that stands for each, "" for none.
    """

    document: str
    headings: tuple[str, ...]
    sentences: NDArray[np.int64]
    windows: Sequence[tuple[int, str]]
    stems: Sequence[str]
    sentence_stems: Sequence[SentenceStems]
    standing: Sequence[str]
    digests: NDArray[np.uint8]
    vectors: Stored

    @property
    def start(self) -> int:
        """Where the passage begins in its document."""
        return int(self.sentences[0, 0])


def says_of(digest: bytes) -> int:
    """The first eight bytes of a digest, as a number that an engine takes."""
    return int.from_bytes(digest[:8], "big", signed=True)


def document_number(id_: str) -> int:
    """The first eight bytes of a document's id, as a number that an engine takes."""
    return int.from_bytes(bytes.fromhex(id_[:16]), "big", signed=True)


class RowPacker:
    """Packs the passages of `contents`, each of which has its vectors.

    `weights` gives the BM25 scores of a passage's stems without their idf.
    """

    def __init__(self, contents: Contents, copies: Copies) -> None:
        self._contents, self._copies = contents, copies
        self._ids = ids_of(contents.documents)
        terms = contents.terms
        self._lengths = terms.passages.lengths
        self._mean = float(self._lengths.mean())
        said = (
            hashlib.sha256(stem.encode("utf-8", "surrogatepass")).digest()[:8]
            for stem in terms.vocabulary
        )
        self._stems = np.frombuffer(b"".join(said), np.uint64)

    def __len__(self) -> int:
        return len(self._contents.passages)

    def key(self, number: int) -> bytes:
        """What the row of the passage with this number is called: `KEY` bytes."""
        contents, terms = self._contents, self._contents.terms
        table = contents.passages
        document, first, count, path = table.rows[number].tolist()
        own = slice(first, first + count)
        starts = terms.sentences.starts[first : first + count + 1]
        stems = terms.sentences.ids[starts[0] : starts[-1]]
        standing = [self._ids[n] if n >= 0 else "" for n in self._copies.standing[own].tolist()]
        made = hashlib.sha256(json.dumps([self._ids[document], *table.headings[path]]).encode())
        for array in (
            table.sentences[own],
            self._stems[_part(terms.passages.starts, terms.passages.ids, number)],
            self._stems[stems],
            starts - starts[0],
            terms.own[own],
            contents.digests[own],
            contents.vectors[number],
            contents.sentence_vectors[own],
        ):
            made.update(b"%d " % array.size + array.tobytes())
        made.update(" ".join(standing).encode())
        return made.digest()[:KEY]

    def pack(self, number: int) -> PackedRow:
        """The passage with this number."""
        contents, terms = self._contents, self._contents.terms
        table = contents.passages
        document, first, count, path = table.rows[number].tolist()
        own = slice(first, first + count)
        sentences, digests = table.sentences[own], contents.digests[own]
        standing = self._copies.standing[own].tolist()
        ids = _part(terms.passages.starts, terms.passages.ids, number)
        each = [
            _part(terms.sentences.starts, terms.sentences.ids, i)
            for i in range(own.start, own.stop)
        ]
        used, places = np.unique(np.concatenate([ids, *each]), return_inverse=True)
        cut = np.split(places, np.cumsum([len(ids), *map(len, each)])[:-1])
        head = {
            "document": self._ids[document],
            "headings": list(table.headings[path]),
            "sentences": sentences.tolist(),
            "windows": _windows(table.documents[document].text, sentences.tolist()),
            "vocabulary": [terms.vocabulary[i] for i in used.tolist()],
            "stems": [part.tolist() for part in cut],
            "own": terms.own[own].tolist(),
            "standing": [self._ids[n] if n >= 0 else "" for n in standing],
        }
        packed = zlib.compress(json.dumps(head, separators=(",", ":")).encode(), 6)
        vectors = np.concatenate(
            [contents.vectors[number : number + 1], contents.sentence_vectors[own]]
        )
        size = len(packed).to_bytes(_HEAD, "big")
        content = size + packed + digests.tobytes() + vectors.astype("<f2").tobytes()
        return PackedRow(
            self.key(number),
            self._ids[document],
            content,
            contents.vectors[number],
            self._weights(number, ids),
            sorted({says_of(digest.tobytes()) for digest in digests}),
            min(standing) < 0,
        )

    def _weights(self, number: int, ids: NDArray[np.int32]) -> dict[str, float]:
        from index.search import saturation

        stems, counts = np.unique(ids, return_counts=True)
        scores = saturation(counts, int(self._lengths[number]), self._mean)
        return {
            self._contents.terms.vocabulary[i]: score
            for i, score in zip(stems.tolist(), scores.tolist(), strict=True)
        }


def unpack(pieces: Sequence[str]) -> FetchedRow:
    """The row of which these are the pieces; raises ValueError, KeyError or zlib.error."""
    content = base64.b64decode("".join(pieces))
    end = _HEAD + int.from_bytes(content[:_HEAD], "big")
    head: dict[str, Any] = json.loads(zlib.decompress(content[_HEAD:end]))
    sentences = np.array(head["sentences"], np.int64).reshape(-1, 5)
    count, vocabulary = len(sentences), head["vocabulary"]
    digests = np.frombuffer(content, np.uint8, count * 16, end).reshape(count, 16)
    vectors = np.frombuffer(content, "<f2", offset=end + count * 16).reshape(1 + count, -1)
    passage, *single = [[vocabulary[i] for i in part] for part in head["stems"]]
    split = [len(stems) - own for stems, own in zip(single, head["own"], strict=True)]
    return FetchedRow(
        head["document"],
        tuple(head["headings"]),
        sentences,
        [(at, text) for at, text in head["windows"]],
        passage,
        [SentenceStems(stems[:n], stems[n:]) for stems, n in zip(single, split, strict=True)],
        head["standing"],
        digests,
        vectors,
    )


def _part(starts: NDArray[np.int64], ids: NDArray[np.int32], number: int) -> NDArray[np.int32]:
    found: NDArray[np.int32] = ids[starts[number] : starts[number + 1]]
    return found


def _windows(text: str, sentences: Sequence[Sequence[int]]) -> list[tuple[int, str]]:
    """The stretch of a passage, and what introduces its lists where that stands before it."""
    start, end = sentences[0][0], sentences[-1][1]
    leads = {(a, b) for _, _, a, b, _ in sentences if a >= 0 and not start <= a < b <= end}
    return [(a, text[a:b]) for a, b in ((start, end), *sorted(leads))]
