"""A grown corpus is as large as it says, is made of the original's words, and can be asked."""

from __future__ import annotations

import re

import numpy as np
import pytest

from benchmarks.kit.grown import grown
from index.copies.digests import sentence_digests
from index.encoder.encode import OnnxEncoder
from index.generation.build import encode_documents
from index.generation.contents import Contents
from index.passages.texts import passage_stems, sentence_stems
from rag.engine import Engine
from rag.reader.first import FirstReader
from tests.doubles import WORLD, document

SIZE = 50
WORD = re.compile(r"[^\W\d_]{4,}")


@pytest.fixture(scope="module")
def articles(tiny_encoder: OnnxEncoder) -> Contents:
    """The small world."""
    return encode_documents([document(t, n) for n, t in WORLD.items()], tiny_encoder)


@pytest.fixture(scope="module")
def large(articles: Contents) -> Contents:
    """The same, grown."""
    return grown(articles, SIZE)


def test_the_originals_come_first_and_copies_have_other_words_of_the_same_lengths(
    articles: Contents, large: Contents
) -> None:
    count = len(articles.passages)
    assert SIZE <= len(large.passages) <= SIZE + 5
    assert len(large.documents) == len({d.id for d in large.documents})
    assert list(large.passages)[:count] == list(articles.passages)
    known = {w for d in articles.documents for w in WORD.findall(d.text)}
    texts = {d.title: d.text for d in articles.documents}
    for copy in large.documents[len(articles.documents) :]:
        original = texts[copy.title]
        assert copy.text != original
        assert WORD.sub("", copy.text) == WORD.sub("", original)
        words = [(a, b) for a, b in zip(*map(WORD.findall, (copy.text, original)), strict=True)]
        assert [len(a) for a, _ in words] == [len(b) for _, b in words]
        assert 0.2 < sum(a != b for a, b in words) / len(words) < 0.8
        assert {a for a, _ in words} <= known


def test_copies_are_as_if_they_were_read(large: Contents) -> None:
    assert large.digests.tolist() == sentence_digests(large.passages).tolist()
    stems = [[large.terms.vocabulary[i] for i in own.tolist()] for own in split_terms(large)]
    assert stems == [passage_stems(p) for p in large.passages]
    lengths = [len(sentence_stems(p.document, s)) for p in large.passages for s in p.sentences]
    assert large.terms.lengths.tolist() == lengths


def split_terms(contents: Contents) -> list[np.ndarray]:
    """The numbers of each passage's stems."""
    return np.split(contents.terms.ids, contents.terms.starts[1:-1])


def test_vectors_of_copies_are_near_the_originals(articles: Contents, large: Contents) -> None:
    numbers = {d.title: i for i, d in enumerate(articles.documents)}
    taken = articles.take([numbers[d.title] for d in large.documents])
    for own, original, kept in (
        (large.vectors, taken.vectors, len(articles.vectors)),
        (large.sentence_vectors, taken.sentence_vectors, len(articles.sentence_vectors)),
    ):
        assert own.dtype == np.float16
        np.testing.assert_array_equal(own[:kept], original[:kept])
        moved, old = (a[kept:].astype(np.float64) for a in (own, original))
        np.testing.assert_allclose(np.linalg.norm(moved, axis=1), 1, atol=2e-3)
        cosines = (moved * old).sum(axis=1)
        assert 0.845 < cosines.min() < cosines.max() < 0.955


def test_two_processes_write_the_same(articles: Contents, large: Contents) -> None:
    again = grown(articles, SIZE, 2)
    assert [d.text for d in again.documents] == [d.text for d in large.documents]
    assert again.terms.vocabulary == large.terms.vocabulary
    np.testing.assert_array_equal(again.sentence_vectors, large.sentence_vectors)


def test_it_is_the_same_each_time_and_can_be_asked(
    articles: Contents, large: Contents, tiny_encoder: OnnxEncoder
) -> None:
    again = grown(articles, SIZE)
    assert again.documents == large.documents
    np.testing.assert_array_equal(again.vectors, large.vectors)
    engine = Engine(large.retriever(tiny_encoder), FirstReader.shipped(), large.documents)
    assert engine.ask("When was the harbour of Brell dredged?").hits
