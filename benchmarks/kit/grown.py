"""Larger corpora, made of a real one: asking costs what the amount of text makes it cost.

The real documents come first, as they are. After them come copies in which half of the words of
four letters or more gave way to others of the same length, so that every sentence stays in its
place, drawn as often as they stand in the real ones. The vectors of copies are the originals' with
Gaussian noise added, to a cosine between 0.85 and 0.95. All of it is seeded. In two things it
differs from life: the vocabulary does not grow, so that BM25 finds a question's words in more
passages, which is to our disadvantage; and the vectors lie around those of the originals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.copies import Digests, sentence_digests
from index.generation import Contents
from index.passages import PassageTable, passage_stems, sentence_stems
from index.search import Terms
from index.types import Document, Stored, text_id

KEPT = 0.5  # of the words
COSINES = (0.85, 0.95)
_WORD = re.compile(r"([^\W\d_]{4,})")
_LEAST = 20  # words in a document that is copied: with fewer two copies could be the same
_ROUND = 10_000  # documents that are copied at once
_BLOCK = 2**16  # vectors that are moved at once
Numbers = NDArray[np.int64]


def grown(contents: Contents, size: int, processes: int = 1) -> Contents:
    """`size` passages, or a few more since documents are whole: those of `contents`, then copies.

    A few documents are too short to be copied. `processes` write the copies.
    """
    numbers = _numbers(contents, size)
    first, rest = np.split(numbers, [len(contents.documents)])
    originals = contents.take(first.tolist())
    copies = list(_copies(contents, rest, processes))
    table, rows, sentences = contents.passages.take(numbers.tolist())
    documents = [*originals.documents, *(d for copy in copies for d in copy.documents)]
    random = np.random.default_rng(0)
    return Contents(
        PassageTable(documents, table.rows, table.sentences, table.headings),
        _moved(contents.vectors, rows, len(originals.vectors), random),
        _moved(contents.sentence_vectors, sentences, len(originals.sentence_vectors), random),
        np.concatenate([originals.digests, *(copy.digests for copy in copies)]),
        Terms.join([originals.terms, *(copy.terms for copy in copies)]),
        contents.boxes.take(numbers.tolist()),
    )


def _numbers(contents: Contents, size: int) -> Numbers:
    """The numbers of the documents: all of them once, and again those that are long enough."""
    passages = np.bincount(contents.passages.rows[:, 0], minlength=len(contents.documents))
    words = [len(_WORD.findall(document.text)) for document in contents.documents]
    long = np.flatnonzero(np.array(words) >= _LEAST)
    times = max(0, size - len(contents.passages)) // max(1, int(passages[long].sum())) + 1
    numbers = np.concatenate([np.arange(len(passages)), np.tile(long, times)])
    return numbers[: int(np.searchsorted(np.cumsum(passages[numbers]), size)) + 1]


class _Copy(NamedTuple):
    """What is new in a copy of some documents."""

    documents: list[Document]
    terms: Terms
    digests: Digests


class _Writer:
    """Writes copies of the documents of `contents`."""

    def __init__(self, contents: Contents) -> None:
        self._passages = contents.passages
        words = sorted((w for d in contents.documents for w in _WORD.findall(d.text)), key=len)
        self._words = np.array(words, object)
        self._edges = np.searchsorted([len(w) for w in words], np.arange(len(words[-1]) + 2))

    def copy(self, number: int, chosen: Numbers) -> _Copy:
        """The copy with this number, of the `chosen` documents."""
        random = np.random.default_rng([1, number])
        documents = []
        for at, original in enumerate(chosen.tolist()):
            old = self._passages.documents[original]
            text = self._altered(old.text, random)
            documents.append(
                Document(text_id(text), text, old.title, f"{number}/{at}.txt", old.meta)
            )
        table, _, _ = self._passages.take(chosen.tolist())
        copied = PassageTable(documents, table.rows, table.sentences, table.headings)
        sentences = (sentence_stems(p.document, s) for p in copied for s in p.sentences)
        terms = Terms.of([passage_stems(p) for p in copied], sentences)
        return _Copy(documents, terms, sentence_digests(copied))

    def _altered(self, text: str, random: np.random.Generator) -> str:
        """The text with other words of the same lengths for about half of its own."""
        parts = _WORD.split(text)
        lengths = np.array([len(word) for word in parts[1::2]])
        changed = np.flatnonzero(random.random(len(lengths)) >= KEPT)
        first, stop = self._edges[lengths[changed]], self._edges[lengths[changed] + 1]
        others = self._words[random.integers(first, stop)]
        for at, other in zip(changed.tolist(), others.tolist(), strict=True):
            parts[2 * at + 1] = other
        return "".join(parts)


def _copies(contents: Contents, numbers: Numbers, processes: int) -> Iterator[_Copy]:
    """The documents with these numbers copied, in order, whatever the number of `processes`."""
    rounds = [numbers[at : at + _ROUND] for at in range(0, len(numbers), _ROUND)]
    if processes == 1:
        yield from map(_Writer(contents).copy, range(len(rounds)), rounds)
        return
    fork = get_context("fork")  # the contents are shared, not sent
    with ProcessPoolExecutor(processes, fork, _start, (contents,)) as pool:
        yield from pool.map(_copy, range(len(rounds)), rounds)


_writers: list[_Writer] = []  # of a process, its own


def _start(contents: Contents) -> None:
    _writers.append(_Writer(contents))


def _copy(number: int, chosen: Numbers) -> _Copy:
    return _writers[0].copy(number, chosen)


def _moved(vectors: Stored, rows: Numbers, kept: int, random: np.random.Generator) -> Stored:
    """The vectors of `rows`; all but the first `kept` are moved."""
    found = vectors[rows]
    for at in range(kept, len(rows), _BLOCK):
        own = found[at : at + _BLOCK].astype(np.float32)
        noise = random.standard_normal(own.shape, np.float32)
        noise -= np.vecdot(noise, own)[:, None] * own
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        cosine = random.uniform(*COSINES, (len(own), 1)).astype(np.float32)
        found[at : at + _BLOCK] = cosine * own + np.sqrt(1 - cosine**2) * noise
    return found
