"""Blanks that no character says: Ghostscript moves the second of two letters to stretch a line."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from index.load.loading import load_file
from tests.index.load.pdfs import pdf

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=9)


def read(*shown: str) -> str:
    """The text of one line that these operators show, at a size of 10 points."""
    page = f"BT /F1 10 Tf 20 300 Td {' '.join(shown)} ET"
    return load_file(pdf([page]), "a.pdf").documents[0].text.strip()


def pair(letters: str, gap: float) -> str:
    """Letters that are set `gap` points apart; what follows stands where it would without."""
    return f"{gap} Tc [({letters}) {100 * gap}] TJ 0 Tc"


@settings(deadline=None, max_examples=40)
@given(st.lists(WORDS, min_size=2, max_size=6), st.floats(1.5, 4.5), st.data())
def test_a_words_end_and_the_next_ones_begin_in_one_object_are_two_words(
    words: list[str], gap: float, data: st.DataObject
) -> None:
    shown = [f"({words[0][:-1]}) Tj"]
    for before, after in pairwise(words):
        if data.draw(st.booleans()):
            shown.append(pair(before[-1] + after[0], gap))
        else:
            shown.append(f"({before[-1]} {after[0]}) Tj")
        shown.append(f"({after[1:-1]}) Tj")
    assert read(*shown, f"({words[-1][-1]}) Tj") == " ".join(words)


def test_letters_of_three_words_may_be_in_one_object() -> None:
    shown = ["(octubr) Tj 2.5 Tc [(ed) 250 (e1) 250] TJ 0 Tc (973) Tj"]
    assert read(*shown) == "octubre de 1973"


@pytest.mark.parametrize("gap", [0.5, 1.3])
def test_letters_that_are_all_set_apart_are_one_word(gap: float) -> None:
    """What is spaced out has the same gap before and behind each object."""
    assert read(f"{gap} Tc (MI) Tj (LL) Tj") == "MILL"


@pytest.mark.parametrize("gap", [-0.35, -0.15, 0.3, 0.9])
def test_letters_that_are_moved_a_little_are_one_word(gap: float) -> None:
    assert read("(abo) Tj", pair("ve", gap), "(all) Tj") == "aboveall"


def test_a_blank_that_is_taken_back_parts_no_word() -> None:
    assert read("(so n) Tj [(eg ) 278 (a)] TJ (tive) Tj") == "so negative"
