"""One sentence as a quotation, with what it leans on."""

from __future__ import annotations

from index.generation.build import encode_documents
from rag.compose import cite_sentence, places_of
from tests.doubles import FakeEncoder, document

OWN = document("# The lock\n\nThe lock gate was hung in May. It weighs eleven tonnes.\n", "lock.md")
RETRIEVER = encode_documents([OWN], FakeEncoder()).retriever(FakeEncoder())


def test_a_sentence_and_the_one_that_it_leans_on() -> None:
    places = places_of(RETRIEVER, OWN)
    cited = [cite_sentence(RETRIEVER.passages[row], at) for row, at in places.values()]
    assert [c.quote for c in cited] == [
        "The lock gate was hung in May.",
        "It weighs eleven tonnes.",
    ]
    assert [c.context and OWN.cut(c.context) for c in cited] == [None, cited[0].quote]
    assert list(places) == [c.top for c in cited]
