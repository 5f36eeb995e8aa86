"""Which sentences of two documents clearly agree, and which differ."""

from __future__ import annotations

from index import Hit
from index.generation.build import encode_documents
from rag.comparison.relating import MOST, related
from rag.kinds import PairKind
from rag.readings import Reading
from tests.doubles import FakeEncoder, document

RENT = "The rent of the quay is 900 euros a month."


def told(*sides: str) -> list[PairKind]:
    """How the sentences of documents stand to each other."""
    documents = [document(f"{text}\n", f"{n}.txt") for n, text in enumerate(sides)]
    retriever = encode_documents(documents, FakeEncoder()).retriever(FakeEncoder())
    passages = [p for d in documents for p in retriever.passages.of_document(d.id)]
    read = [[Reading(Hit(p, 1.0), s.span, 1.0, 0.5) for s in p.sentences] for p in passages]
    return [pair.kind for pair in related(retriever, "What is the rent of the quay?", read)]


def test_the_same_and_another_value() -> None:
    assert told(RENT, f"{RENT} Bakers rise at four.") == [PairKind.AGREE]
    assert told(RENT, RENT.replace("900", "700")) == [PairKind.DIFFER]


def test_what_has_nothing_to_do_with_it_does_neither() -> None:
    assert told(RENT, "Bakers in Tarn rise at four in the morning to light the ovens.") == []


def test_of_one_document_nothing_is_compared() -> None:
    assert told(f"{RENT} {RENT.replace('900', '700')}") == []


def test_another_language_is_not_compared() -> None:
    german = (
        "Die Miete des Kais beträgt 900 Euro im Monat, und sie ist am ersten Werktag fällig. "
        "Der Hafen ist groß und schön, und er liegt an der Mündung des Flusses."
    )
    assert told(german, german.replace("900", "700")) == []


def test_of_very_many_pairs_the_nearest_are_compared() -> None:
    many = " ".join(f"The lamp of pier {n} is lit at night by the keeper." for n in range(12))
    assert len(told(many, many)) <= MOST
