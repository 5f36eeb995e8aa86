"""The letters of a text, by which copies are compared, and the way back to its offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.language.alphanumerics import as_shown, letters, letters_before, word_end
from tests.strategies import texts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The “harbour” — of *Brell*.", 'the "harbour"\n- of Brell'),
        ("ﬁve ²", "Five 2"),
        ("STRASSE", "Straße"),
    ],
)
def test_copies_have_the_same_letters(one: str, other: str) -> None:
    assert letters(one) == letters(other)


def test_accents_and_vowel_signs_tell_words_apart() -> None:
    assert letters("résumé") != letters("resume")
    assert letters("कि") != letters("की")


@pytest.mark.slow
@given(texts())
def test_so_many_letters_stand_before_each_offset(text: str) -> None:
    before = letters_before(text)
    assert before == [len(letters(text[:at])) for at in range(len(text) + 1)]


@given(st.text("ab .\n", min_size=1, max_size=30), st.data())
def test_no_word_is_cut_where_another_stands_before_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    end = word_end(text, start, stop)
    assert start < end <= stop
    assert end == stop or (text[end] in " \n" and text[start:end].strip())


def test_addresses_and_tags_are_not_shown_and_offsets_stay() -> None:
    text = "[Eels](http://a.b/c_(d)) are <b>fish</b>, 2 < 3"
    assert as_shown(text) == "[Eels]                   are    fish    , 2 < 3"
