"""The copy of a text that is compared: plain characters, whatever the text was set in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from index.language.cleaning import clean, worded
from tests.strategies import texts

INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
)
FOLDED = "‘’‚‛“”„‟«»‹›‐‑‒–—―−"


@given(
    st.one_of(
        texts(),
        st.text(max_size=60),
        st.text(st.sampled_from(f"a b.{INVISIBLE}{FOLDED}\ufb01\u0308")),
    )
)
def test_the_normalised_copy_has_plain_characters(text: str) -> None:
    cleaned = clean(text)
    assert not set(cleaned) & set(INVISIBLE + FOLDED + "\ufeff\u00ad\u061c\x00\n\t")
    assert unicodedata.is_normalized("NFKC", cleaned)
    assert cleaned == " ".join(cleaned.split())


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\u202b“שלום”\u202c — עולם\u200f", '"שלום" - עולם'),
        ("« l’eau » ‹x›", "\" l'eau \" 'x'"),
        ("ﬁle ﹘ ２０２１", "file - 2021"),
        ("می\u200cخواهم", "میخواهم"),
        ("港口\n疏浚", "港口疏浚"),
        ("港口 疏浚", "港口 疏浚"),
        ("葛\U000e0100城", "葛城"),
        ("harbour\nwall", "harbour wall"),
    ],
)
def test_what_the_normalised_copy_folds(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The  fee\nis due.", "The fee is due.", True),
        ("tech-\nnology", "technology", True),
        ("“We” – it’s", '"We" - it\'s', True),
        ("ﬁle e\u0301 so\u00adft", "file é soft", True),
        ("10²", "102", False),
        ("½", "1/2", False),
        ("It is ~~not~~ due", "It is not due", False),
        ("It is ~~not~~ due", "It is due", False),
        ("US", "us", False),
        ("due, now", "due now", False),
        ("\u202e100", "100", False),
        ("> 5", "5", False),
    ],
)
def test_the_same_words_however_they_are_set(one: str, other: str, same: bool) -> None:
    assert (worded(one) == worded(other)) is same


def test_marks_of_emphasis_and_addresses_of_links_are_taken_off_where_asked() -> None:
    marked = "We saw **two** [whales](http://a) in snake_case_names."
    assert worded(marked) == marked
    assert worded(marked, unmarked=True) == "We saw two whales in snake_case_names."
