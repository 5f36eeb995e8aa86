"""What is quoted of one side."""

from __future__ import annotations

import pytest

from index.generation.build import encode_documents
from rag.comparison import ComparedSide
from rag.comparison.quoting import names, readings_of, sureness
from rag.compose import Material, Wholes
from rag.named import Names
from rag.query import AskedQuestion
from rag.reader.first import FirstReader
from rag.readings import Reading
from tests.doubles import EELS, HARBOUR, FakeEncoder, document

DOCUMENTS = [document(HARBOUR, "harbour.txt"), document(EELS, "eels.md")]


@pytest.fixture(scope="module")
def material() -> Material:
    retriever = encode_documents(DOCUMENTS, FakeEncoder()).retriever(FakeEncoder())
    asked, reader = AskedQuestion("compare"), FirstReader.shipped()
    whole = Wholes(asked, retriever)
    names_of = Names(DOCUMENTS)
    return Material(asked, (), whole, retriever, reader, DOCUMENTS, names_of, 0.5, 1.0, 4)


def said(readings: list[Reading]) -> list[str]:
    return [" ".join(r.hit.passage.document.cut(r.span).split()) for r in readings]


def test_of_a_document_what_it_says_of_the_topic(material: Material) -> None:
    side = ComparedSide("Harbour", (DOCUMENTS[0],))
    found = readings_of(material, side, "how tall the lighthouse is")
    assert "41 metres tall" in said(found)[0]
    assert all(r.hit.passage.document == DOCUMENTS[0] for r in found)
    assert all(0 <= sureness(r) <= 1 for r in found)


def test_without_a_topic_its_points(material: Material) -> None:
    found = readings_of(material, ComparedSide("Harbour", (DOCUMENTS[0],)), "")
    assert found
    assert [r.score for r in found] == sorted((r.score for r in found), reverse=True)


def test_of_a_thing_what_names_it_or_stands_under_it(material: Material) -> None:
    found = readings_of(material, ComparedSide("threats", (), "threats"), "")
    assert found
    assert all(names(r, "threats") for r in found)
    assert readings_of(material, ComparedSide("zebras", (), "zebras"), "") == []
