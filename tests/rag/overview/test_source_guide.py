"""A source guide: under fixed labels what stands in the document."""

from __future__ import annotations

from index.generation.build import encode_documents
from rag.overview import CitedOverview, guide
from rag.overview.source_guide import LABELS
from tests.doubles import FakeEncoder, document

TEXT = """# The lock gate of Brell

The lock gate of Brell weighs eleven tonnes and was cast in the yard of Ida Holm. The gate was hung
on 3 May 1987 for 400 crowns. In spring the keeper Ida Holm paints the hinges of the gate.

## Who keeps it

The keeper of the gate lives in the mill of Tarn. Every night the keeper writes down the tide in a
book. The book is kept in Tarn by the council.

## What is not known

Who will paint the gate of Brell when the keeper leaves? The council of Tarn has no other keeper. A
boat of 12 tonnes waits at the gate for 2 hours when the tide is 40 cm too low. A bolt of 5 kg costs
12 crowns. A new rope of 30 metres lasts 4 years. In winter 2 lamps burn for 14 hours.
"""
EEL = "The eels of the river Tarn swim to the sea in autumn.\n"
OWN = document(TEXT, "gate.md")


def made(*documents: str) -> CitedOverview:
    every = [OWN, *(document(text, f"{i}.md") for i, text in enumerate(documents))]
    retriever = encode_documents(every, FakeEncoder()).retriever(FakeEncoder())
    return guide(retriever, every[-1])


def test_what_it_tells() -> None:
    found = made()
    quotes = {c.number: c.quote for c in found.citations}
    told = {group.label: [quotes[n] for n in group.numbers] for group in found.groups}
    assert list(told) == [label for label in LABELS if label in told]
    assert set(LABELS) == set(told)
    assert told["Why it matters"] == [
        "The lock gate of Brell weighs eleven tonnes and was cast in the yard of Ida Holm. "
        "The gate was hung\non 3 May 1987 for 400 crowns."
    ]
    assert told["Names"] == ["Tarn", "Brell", "Ida Holm"]
    assert told["Open questions"] == ["Who will paint the gate of Brell when the keeper leaves?"]
    assert told["Outline"] == ["Who keeps it", "What is not known"]
    parts = [len(c.parts) for c in found.citations if c.number in found.groups[1].numbers]
    assert sum(parts) == 5
    assert all(any(map(str.isdigit, quote)) for quote in told["Numbers"])
    quoted = [quote for label in LABELS[:3] for quote in told[label]]
    assert len(set(quoted)) == len(quoted)


def test_why_it_matters_is_what_stands_under_a_heading_that_says_so() -> None:
    for heading in ("Why it matters", "4. Conclusions", "IV Conclusion", "Bedeutung und Folgen"):
        text = f"{TEXT}\n## {heading}\n\nThe gate keeps the tide out of the cellars of Tarn.\n"
        found = made(text)
        assert found.groups[0].label == "Why it matters"
        assert found.citations[0].quote == "The gate keeps the tide out of the cellars of Tarn."
    for heading in ("Consequential loss", "In conclusion", "Matters of record"):
        text = f"{TEXT}\n## {heading}\n\nThe gate keeps the tide out of the cellars of Tarn.\n"
        assert made(text).citations[0].quote.startswith("The lock gate of Brell weighs")


def test_a_short_document_has_key_points_alone() -> None:
    labels = [group.label for group in made("# Eels\n\n" + EEL).groups]
    assert "Why it matters" not in labels
    assert "Key points" in labels


def test_numbers_run_through_and_everything_stands_there() -> None:
    found = made()
    assert [c.number for c in found.citations] == list(range(1, len(found.citations) + 1))
    assert all(c.quote in TEXT for c in found.citations)


def test_labels_under_which_nothing_stands_are_left_out() -> None:
    assert made("Yes.\n") == CitedOverview()
    only = made("The keeper of the ferry sleeps at the mill.\n")
    assert [group.label for group in only.groups] == ["Key points"]


def test_no_names_where_each_noun_has_a_capital_letter() -> None:
    german = (
        "Die Schleuse von Brell ist alt und schwer. Der Wärter der Schleuse wohnt in der Mühle.\n"
    )
    text = (
        german
        + "\nIm Winter friert die Schleuse zu, und der Wärter der Schleuse heizt die Mühle.\n"
    )
    assert "Names" not in [group.label for group in made(text).groups]
