"""Where names stand, and what only has a capital letter."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.generation.build import encode_documents
from rag.names import name_mentions
from tests.doubles import FakeEncoder, document


def names(text: str, name: str = "page.md") -> list[str]:
    own = document(text, name)
    table = encode_documents([own], FakeEncoder()).retriever(FakeEncoder()).passages
    found = name_mentions(own, [table[row] for row in table.rows_of(0)])
    return [" ".join(own.cut(m.span).split()) for m in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The keeper met Ida Holm at the lock gate.", ["Ida Holm"]),
        ("So Dr. Ada B. Lund of Lund & Sons left.", ["Dr. Ada B. Lund", "Lund & Sons"]),
        ("It was sold to the University of Bergen.", ["University of Bergen"]),
        ("The steel came from Lund & Sons and from Orre GmbH.", ["Lund & Sons", "Orre GmbH"]),
        ("It runs on Velora 3 and on iPhone.", ["Velora 3", "iPhone"]),
        ("She praised Holm's wheel in the U.S. last year.", ["Holm", "U.S."]),
        ("They asked the Food and Drug Administration.", ["Food and Drug Administration"]),
        ("The boat of Ludwig van den Berg sank.", ["Ludwig van den Berg"]),
        ("The board read the report by the Swiss Fishing Council.", ["Swiss Fishing Council"]),
    ],
)  # fmt: skip
def test_names_of_a_sentence(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Nobody came. Bread is baked there. However, it was late.",
        "See Section 4 and Table 2 on Monday, or in May.",
        "They sell French bread and 700 MiB of data.",
        "THE KEEPER SHALL PAY THE RENT TO THE OWNER EACH YEAR.",
        "Open Questions: who pays for it?",
        "I'm here, and I've paid.",
        "Beijing-based firms are many.",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert names(text) == []


def test_a_word_that_begins_a_sentence_is_one_where_it_is_one_elsewhere() -> None:
    assert names("Holm left early. They had asked Holm to stay.") == ["Holm", "Holm"]
    assert names("Bread was dear. They had asked for bread.") == []


def test_german_nouns_are_none() -> None:
    text = "Der Hund lief durch den Garten und fand einen Knochen. Frau Vogt rief die Feuerwehr."
    assert names(text) == ["Frau Vogt"]


@given(st.text(alphabet="AbC d.'-&1\nÄé", max_size=60))
def test_whatever_is_found_lies_in_its_sentence(text: str) -> None:
    own = document(f"Some words stand here first.\n\n{text} and so on.", "page.md")
    table = encode_documents([own], FakeEncoder()).retriever(FakeEncoder()).passages
    for one in name_mentions(own, [table[row] for row in table.rows_of(0)]):
        assert one.sentence.start <= one.span.start < one.span.end <= one.sentence.end
