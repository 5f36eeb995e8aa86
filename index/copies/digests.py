"""What a sentence says, in sixteen bytes: how sentences of many documents are compared."""

from __future__ import annotations

import re
from hashlib import blake2b
from itertools import pairwise
from unicodedata import category

import numpy as np
from numpy.typing import NDArray

from index.language import letters
from index.passages import PassageTable

SIZE = 16  # bytes: a hash of twelve, and how many letters there are in four
Digests = NDArray[np.uint8]

# letters alone would take 1.5 for 15, -5 for 5, £5 for $5, p < 0.05 for p > 0.05, C++ for C
_FIGURE = re.compile(
    r"[<>=]+(?=\s*[-.]?\d)|(?<!\w)[-.]+(?=\d)|\d+(?:[.,:/]\d+)*|(?<=\w)[+#]+|[%$]|[^\w\s\0-\x7f]"
)
_SIGN = re.compile(r"[\d+#%$\x80-\U0010ffff]")  # one stands in every figure


def digest(text: str) -> bytes:
    """Equal for texts of the same letters and figures, wherever lines, quotes and dashes differ."""
    said = letters(text)
    plain = text.replace("−", "-").replace("–", "-")
    found = _FIGURE.findall(plain) if _SIGN.search(plain) else ()  # a third of the time
    figures = (f for f in found if f.isascii() or category(f[0])[0] in "NS")  # ✓, €, ٣
    hashed = blake2b(digest_size=SIZE - 4)
    hashed.update("\0".join([said, *figures]).encode("utf-8", "surrogatepass"))
    return hashed.digest() + len(said).to_bytes(4, "big")


def sentence_digests(table: PassageTable) -> Digests:
    """Shape (m, 16): the digest of each sentence of the table."""
    edges = table.edges.tolist()
    spans = table.sentences[:, :2].tolist()
    found = bytearray()
    for document, (first, stop) in zip(table.documents, pairwise(edges), strict=True):
        found += b"".join(digest(document.text[start:end]) for start, end in spans[first:stop])
    return np.frombuffer(bytes(found), np.uint8).reshape(-1, SIZE)


def in_order(digests: Digests) -> NDArray[np.int64]:
    """Shape (m,): the numbers of the sentences by their digests, as bytes; ties by number."""
    halves = np.ascontiguousarray(digests).view(">u8").astype(np.uint64)
    found: NDArray[np.int64] = np.lexsort((halves[:, 1], halves[:, 0]))
    return found


def letter_count(digested: bytes) -> int:
    """How many letters the text of a digest has."""
    return int.from_bytes(digested[-4:], "big")
