"""Numbers run through, in the order of the documents; neighbours are one quotation."""

from __future__ import annotations

from index.generation.build import encode_documents
from rag.overview import OverviewRequest, cite, overview
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
    text = "Lamps burn in Brell. It was the lamp of the lock gate at the weir that burned longest.\n"
    own = encode_documents([document(text)], FakeEncoder()).retriever(FakeEncoder())
    (cited,) = cite(overview(own, [document(text)], OverviewRequest(sentences=1))).citations
    assert cited.context is not None
    assert cited.document.cut(cited.context) == "Lamps burn in Brell."


def test_none() -> None:
    assert cite([]) == ((), ())
