"""What an index keeps of its sentences is what it made of them."""

from __future__ import annotations

import numpy as np
import pytest

from index.generation.build import encode_documents
from index.language import stems
from index.passages import sentence_texts
from index.search import Hybrid, Storing
from tests.doubles import BREAD, EELS, HARBOUR, FakeEncoder, document

DOCUMENTS = [document(EELS, "eels.md"), document(BREAD, "bread.txt")]


@pytest.fixture(scope="module")
def retriever() -> Hybrid:
    return encode_documents(DOCUMENTS, FakeEncoder()).retriever(FakeEncoder())


def test_hybrid_keeps_them(retriever: Hybrid) -> None:
    assert isinstance(retriever, Storing)


def test_vectors_are_those_of_the_sentences(retriever: Hybrid) -> None:
    rows = [len(retriever.passages) - 1, 0]
    texts = [text for row in rows for text in sentence_texts(retriever.passages[row])]
    expected = FakeEncoder().encode_passages(texts)
    np.testing.assert_allclose(retriever.stored.vectors(rows), expected, atol=2e-3)
    assert retriever.stored.have_vectors(rows)


def test_stems_are_those_of_the_own_words(retriever: Hybrid) -> None:
    for row, passage in enumerate(retriever.passages):
        own = [stems(passage.document.cut(s.span)) for s in passage.sentences]
        assert [list(one) for one in retriever.stored.stems(row)] == own


def test_only_sentences_of_documents_looked_at(retriever: Hybrid) -> None:
    narrowed = retriever.within([DOCUMENTS[1].id]).stored
    for row, passage in enumerate(retriever.passages):
        own = passage.document == DOCUMENTS[1]
        assert narrowed.are_looked_at(row).tolist() == [own] * len(passage.sentences)
        assert retriever.stored.are_looked_at(row).all()


def test_which_passages_are_a_documents_and_which_one_is_it(retriever: Hybrid) -> None:
    table = retriever.passages
    rows = [list(table.rows_of(number)) for number in range(len(DOCUMENTS))]
    assert [row for own in rows for row in own] == list(range(len(table)))
    assert list(table.rows_of(-1)) == []
    for row, passage in enumerate(table):
        assert table.row(passage) == row
        assert table.row(passage.cut(slice(-1, None))) == row
    with pytest.raises(ValueError, match="no such passage"):
        table.row(encode_documents([document(HARBOUR)], FakeEncoder()).passages[0])
