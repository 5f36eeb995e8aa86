"""Numbers run through, in the order of the documents; neighbours are one quotation."""

from __future__ import annotations

import pytest

from index import Hit, Query
from index.generation.build import encode_documents
from rag.overview import CitedOverview, OverviewRequest, cite, cited_overview, overview
from tests.doubles import EELS, HARBOUR, FakeEncoder, document

DOCUMENTS = [document(HARBOUR, "harbour.txt"), document(EELS, "eels.md")]


def test_citations() -> None:
    own = encode_documents(DOCUMENTS, FakeEncoder()).retriever(FakeEncoder())
    found = cite(overview(own, DOCUMENTS, OverviewRequest(sentences=50)))
    assert [c.number for c in found.citations] == list(range(1, len(found.citations) + 1))
    grouped = [number for group in found.groups for number in group.numbers]
    assert grouped == [c.number for c in found.citations]
    assert [group.label for group in found.groups] == [d.title for d in DOCUMENTS]
    for group, document_ in zip(found.groups, DOCUMENTS, strict=True):
        cited = found.citations[group.numbers[0] - 1 : group.numbers[-1]]
        assert {c.document for c in cited} == {document_}
        assert [c.start for c in cited] == sorted(c.start for c in cited)


def test_what_leans_on_the_one_before_is_shown_with_it() -> None:
    text = "Lamps burn in Brell. It was the lamp of the lock gate at the weir that burned.\n"
    own = encode_documents([document(text)], FakeEncoder()).retriever(FakeEncoder())
    (cited,) = cite(overview(own, [document(text)], OverviewRequest(sentences=1))).citations
    assert cited.context is not None
    assert cited.document.cut(cited.context) == "Lamps burn in Brell."


def test_none() -> None:
    assert cite([]) == CitedOverview()


def test_of_documents_that_are_named_and_of_a_topic() -> None:
    own = encode_documents(DOCUMENTS, FakeEncoder()).retriever(FakeEncoder())
    eels = OverviewRequest(documents=(DOCUMENTS[1],))
    found = cited_overview(own, DOCUMENTS, eels)
    assert {c.document for c in found.citations} == {DOCUMENTS[1]}
    assert found.confidence == 1
    found = cited_overview(own, DOCUMENTS, eels._replace(topic="eels at the weir"))
    assert 0 < found.confidence < 1
    assert cited_overview(own, DOCUMENTS, OverviewRequest("volcanic glaciology")) == CitedOverview()


class Bare:
    """A retriever that can do nothing else."""

    def search(self, query: Query, k: int) -> list[Hit]:
        return []


def test_a_retriever_that_keeps_nothing_gives_none() -> None:
    with pytest.raises(TypeError, match="has no `stored`"):
        cited_overview(Bare(), DOCUMENTS, OverviewRequest())
    with pytest.raises(TypeError, match="has no `within`"):
        cited_overview(Bare(), DOCUMENTS, OverviewRequest(documents=(DOCUMENTS[0],)))
