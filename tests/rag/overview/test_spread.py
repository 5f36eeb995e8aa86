"""Of many documents those that speak for the others."""

from __future__ import annotations

from index.generation.build import count_documents, encode_documents
from rag.overview.spread import representatives
from tests.doubles import FakeEncoder, document

SUBJECTS = ["the ferry crosses at noon", "eels pass the weir in autumn", "salt is sold by weight"]
DOCUMENTS = [
    document(f"In village {n} they say that {SUBJECTS[n % 3]} {n} times.\n", f"{n}.txt")
    for n in range(12)
]


def test_one_of_each_subject() -> None:
    own = encode_documents(DOCUMENTS, FakeEncoder()).retriever(FakeEncoder())
    found = representatives(own.stored, {n: [n] for n in range(12)}, 3)
    assert {n % 3 for n in found} == {0, 1, 2}
    assert found == sorted(found)


def test_all_where_there_are_fewer() -> None:
    own = encode_documents(DOCUMENTS, FakeEncoder()).retriever(FakeEncoder())
    assert representatives(own.stored, {n: [n] for n in (2, 5)}, 7) == [2, 5]


def test_evenly_where_there_are_no_vectors_yet() -> None:
    own = count_documents(DOCUMENTS, FakeEncoder()).retriever(FakeEncoder())
    assert representatives(own.stored, {n: [n] for n in range(12)}, 3) == [0, 5, 11]
