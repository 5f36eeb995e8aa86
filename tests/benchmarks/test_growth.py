"""A grown corpus is as large as it says, is made of the original's words, and can be asked."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.growth import grown
from index.build import encode_documents
from index.contents import Contents
from index.encode import OnnxEncoder
from index.texts import passage_text
from rag.engine import Engine
from rag.first_reader import FirstReader
from tests.doubles import WORLD, document

SIZE = 50


@pytest.fixture(scope="module")
def articles(tiny_encoder: OnnxEncoder) -> Contents:
    """The small world."""
    return encode_documents([document(t, n) for n, t in WORLD.items()], tiny_encoder)


@pytest.fixture(scope="module")
def large(articles: Contents) -> Contents:
    """The same, grown."""
    return grown(articles, SIZE)


def test_passages_are_copies_with_other_words(articles: Contents, large: Contents) -> None:
    assert len(large.passages) == len(large.documents) == len({d.id for d in large.documents})
    assert len(large.passages) == SIZE
    known = {w for p in articles.passages for w in p.text.split()}
    for number, passage in enumerate(large.passages):
        original = articles.passages[number % len(articles.passages)]
        assert len(passage.sentences) == len(original.sentences)
        assert len(passage.text.split()) == sum(
            len(original.document.cut(s.span).split()) for s in original.sentences
        )
        assert set(passage.text.split()) <= known
        assert passage.headings == original.headings
    assert len({passage_text(p) for p in large.passages}) == SIZE


def test_vectors_are_unit_vectors_near_the_original(articles: Contents, large: Contents) -> None:
    for own, original in (
        (large.vectors, articles.vectors),
        (large.sentence_vectors, articles.sentence_vectors),
    ):
        np.testing.assert_allclose(np.linalg.norm(own.astype(np.float32), axis=1), 1, atol=1e-3)
        first = own[: len(original)]
        assert 0.5 < float((first * original).sum(axis=1).mean()) < 0.9
    assert len(large.sentence_vectors) == sum(len(p.sentences) for p in large.passages)


def test_it_is_the_same_each_time_and_can_be_asked(
    articles: Contents, large: Contents, tiny_encoder: OnnxEncoder
) -> None:
    again = grown(articles, SIZE)
    assert again.documents == large.documents
    np.testing.assert_array_equal(again.vectors, large.vectors)
    engine = Engine(large.retriever(tiny_encoder), FirstReader.shipped(), large.documents)
    assert engine.ask("When was the harbour of Brell dredged?").hits
