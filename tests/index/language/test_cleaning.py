"""The copy of a text that is compared: plain characters, whatever the text was set in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from index.language.cleaning import clean
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
