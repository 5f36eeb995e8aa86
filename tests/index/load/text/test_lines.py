"""Plain text: its lines, and the markers of lists that were typed."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.load.text.lines import lines, typed_marker


@pytest.mark.parametrize(
    ("text", "marker", "words"),
    [
        ("(a) Bring boots", "(a) ", "Bring boots"),
        ("➢ Bring boots", "➢ ", "Bring boots"),
        ("\uf0b7\tBring boots", "\uf0b7 ", "Bring boots"),
        ("o\tBring boots", "o ", "Bring boots"),
        ("o barco", "", "o barco"),  # a word of Portuguese
        ("Bring boots", "", "Bring boots"),
    ],
)
def test_a_typed_marker_is_parted_from_its_words(text: str, marker: str, words: str) -> None:
    assert typed_marker(text) == (marker, words)


@given(st.text("ab \t\n\r\x0b\x0c\u2028"))
def test_what_is_in_no_line_is_white_space(text: str) -> None:
    at = 0
    for start, end in lines(text):
        assert not text[at:start].strip()
        assert at <= start <= end
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()
