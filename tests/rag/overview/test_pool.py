"""Which sentences an overview may quote, and how they are compared."""

from __future__ import annotations

import numpy as np
import pytest

from index.generation.build import encode_documents
from index.search import Hybrid
from rag.overview import SentencePool, pool_of
from rag.overview.pool import MOST, _spread
from tests.doubles import EELS, HARBOUR, FakeEncoder, document

NOTES = """# The lock gate of Brell

The lock gate of Brell weighs eleven tonnes and was cast in Tarn. It opens with the
tide, twice a day. It was never painted. Who paid for the new hinges of the gate?

These are the costs of the gate that the town council of Brell paid:

- The hinges of the gate cost 400 crowns in Brell.
- Then they paid the smith of Tarn for new bolts.

S. engineers were asked about the weight of the gate.

Brell, yes.

## References

Holm, Ida. The lock gates of the river Tarn and their keepers. Brell 1987.
"""


def retriever(*texts: str) -> Hybrid:
    documents = [document(text, f"{i}.md") for i, text in enumerate(texts)]
    return encode_documents(documents, FakeEncoder()).retriever(FakeEncoder())


def pool(*texts: str) -> SentencePool:
    own = retriever(*texts)
    return pool_of(own.stored, range(len(own.passages)))


def test_what_may_be_quoted() -> None:
    assert [one.text for one in pool(NOTES).told] == [
        "The lock gate of Brell weighs eleven tonnes and was cast in Tarn.",
        "It opens with the\ntide, twice a day.",
        "The hinges of the gate cost 400 crowns in Brell.",
    ]


def test_neither_furniture_nor_bylines_nor_headings() -> None:
    said = " ".join(one.text for one in pool(HARBOUR).told)
    for other in ("Loading", "Ida Holm", "May 3", "The Harbour of Brell\n"):
        assert other not in said
    assert "41 metres" in said


@pytest.mark.parametrize("text", ["# Brell\n", "Yes.\n", "Who paid for the hinges of the gate?\n"])
def test_nothing_may_be(text: str) -> None:
    found = pool(text)
    assert len(found) == 0
    assert list(found.parts) == []


def test_likeness_is_symmetrical_and_a_sentence_is_like_itself() -> None:
    found = pool(EELS, HARBOUR)
    np.testing.assert_allclose(found.similarity, found.similarity.T, atol=1e-5)
    np.testing.assert_allclose(np.diag(found.similarity), 1, atol=2e-3)
    assert found.similarity.min() >= 0
    np.testing.assert_allclose(np.linalg.norm(found.terms, axis=1), 1, atol=1e-5)


def test_parts_are_documents_or_the_passages_of_one() -> None:
    both = pool(EELS, HARBOUR)
    assert sorted(set(both.parts)) == [0, 1]
    one = pool(EELS)
    assert len(set(one.parts)) == len({told.row for told in one.told}) > 1


def test_of_what_is_relevant_no_more() -> None:
    own = retriever(EELS)
    every = pool_of(own.stored, range(len(own.passages)))
    keys = [(one.row, one.at) for one in every.told]
    rows = sorted({row for row, _ in keys})
    found = pool_of(own.stored, rows, {keys[2]: 0.5, keys[1]: 0.25})
    assert found.relevance is not None
    assert found.relevance.tolist() == [0.25, 0.5]
    np.testing.assert_array_equal(found.vectors, every.vectors[1:3])
    assert found.take([1]).relevance == 0.5


@pytest.mark.slow
def test_of_a_very_long_document_the_beginnings_of_its_sections_and_some_of_the_rest() -> None:
    section = "The eel count at the weir of Brell is kept by hand in a book.\n" * 90
    own = retriever("".join(f"# Year {n}\n\n{section}\n" for n in range(60)))
    rows = range(len(own.passages))
    assert own.passages.rows[:, 2].sum() > MOST
    kept = _spread(own.stored, rows)
    assert own.passages.rows[kept, 2].sum() <= 1.1 * MOST
    assert set(own.passages.rows[kept, 3]) == set(own.passages.rows[:, 3])
    assert kept == sorted(set(kept))
