"""A quotation is found by its words or by its place."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from index import QuestionError
from index.generation.build import encode_documents
from rag.related import cited_place
from tests.doubles import FakeEncoder, document

TEXT = (
    "# The lock\n\nThe keeper of the lock lives at Brell. The lock was “built” in\n1873 by "
    "nobody knows whom.\n\nThe lock was painted green."
)
OWN = [document(TEXT, "canal/lock.md"), document("The lock was sold in spring.", "sale.md")]
RETRIEVER = encode_documents(OWN, FakeEncoder()).retriever(FakeEncoder())


def quote(where: str) -> str:
    return " ".join(cited_place(RETRIEVER, OWN, where).quote.split())


@pytest.mark.parametrize(
    "where",
    [
        "was built in 1873",
        '"The lock was built in 1873"',
        "WAS  BUILT,\nin 1873",
        "built in 1873 by",
    ],
)
def test_signs_capitals_and_line_ends_make_no_difference(where: str) -> None:
    assert quote(where) == "The lock was “built” in 1873 by nobody knows whom."


def test_words_of_two_sentences_quote_both() -> None:
    cited = cited_place(RETRIEVER, OWN, "lives at Brell. The lock was built")
    assert len(cited.sentences) == 2
    assert cited.quote == OWN[0].text[cited.start : cited.end]


@pytest.mark.parametrize("where", ["canal/lock.md:6", "lock.md:6"])
def test_a_place_is_the_sentences_that_begin_on_its_line(where: str) -> None:
    assert quote(where) == "The lock was painted green."


def test_a_line_on_which_none_begins_is_of_the_one_that_goes_on() -> None:
    assert quote("lock.md:4").startswith("The lock was “built”")


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("the lock was", "3 sentences have these words"),
        ("the weir was", "no sentence of these documents has these words"),
        ("lock", "one word is in many sentences"),
        ("lock.md:99", "has 6 lines"),
        ("lock.md:2", "no sentence stands on line 2"),
        ("weir.md:2", r"no document is called weir\.md"),
        ("ock was painted", "no sentence of these documents has these words"),
        ("", "empty"),
    ],
)
def test_what_is_not_found_is_refused_with_what_to_do(where: str, why: str) -> None:
    with pytest.raises(QuestionError, match=why):
        cited_place(RETRIEVER, OWN, where)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_found_or_refused(where: str) -> None:
    with suppress(QuestionError):
        assert cited_place(RETRIEVER, OWN, where).quote
