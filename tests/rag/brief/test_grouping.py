"""Statements are grouped under words that stand in their documents."""

from __future__ import annotations

from hypothesis import given, strategies as st

from rag.brief import subjects
from rag.brief.grouping import _phrases
from tests.rag.brief.test_strength import pool_of_texts

RENT = "# Water and rent\n\nThe committee raised the garden rent to forty crowns from October on."
ALSO = "# Minutes\n\nTwo members of nine have not paid their garden rent since the first of May."
HEAD = "# Garden rent\n\nWhoever cannot pay may apply in confidence to the chair of the society."
BEES = "# Bees\n\nOne hive stands behind the compost bays since June, and nobody was stung there."
WEIR = "# The weir\n\nThe new weir keeps the pond full even in a dry summer such as the last one."


def test_what_two_say_and_a_heading_calls_so_is_a_subject() -> None:
    pool = pool_of_texts(RENT, ALSO, HEAD, BEES, WEIR)
    found = subjects(pool, range(len(pool)))
    rent = next(one for one in found if one.words)
    assert rent.words == "garden rent"
    assert {pool.told[n].passage.document.source for n in rent.numbers} == {"0.txt", "1.txt"}
    assert rent.documents == 2
    for number, place in zip(rent.numbers, rent.places, strict=True):
        assert place is not None
        assert pool.told[number].passage.document.cut(place) == "garden rent"


def test_each_is_of_one_subject_and_the_strongest_comes_first() -> None:
    pool = pool_of_texts(RENT, ALSO, HEAD, BEES, WEIR)
    picked = list(range(len(pool)))[::-1]
    found = subjects(pool, picked)
    assert sorted(n for one in found for n in one.numbers) == sorted(picked)
    assert found[0].numbers[0] == picked[0]
    assert all(len(one.numbers) == len(one.places) for one in found)


def test_what_no_heading_says_is_none() -> None:
    assert all(not one.words for one in subjects(pool_of_texts(ALSO, BEES, WEIR), [0, 1, 2]))


@given(st.text(max_size=200), st.sampled_from(["en", "de", ""]))
def test_phrases_are_cut_from_the_text(text: str, language: str) -> None:
    for key, span in _phrases(text, language).items():
        assert len(key) > 1
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
