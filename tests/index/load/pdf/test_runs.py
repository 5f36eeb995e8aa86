"""Words of scripts that run to the left, however a program draws their letters."""

from __future__ import annotations

import pytest

from index.load.loading import load_file
from tests.index.load.pdfs import drawn_font, line, pdf

FONTS = "/Resources << /Font << /F9 10 0 R >> >>"
WIDE = 6  # points of each letter, at a size of 10
ARABIC, HEBREW = 0x0641, 0x05D0


def read(first: int, *placed: tuple[str, float]) -> str:
    """The text of objects on a line; "a" is the letter `first`, and so on."""
    named = {chr(ord("a") + n): first + n for n in range(4)}
    page = "\n".join(line(x, 300, text, 10, "F9") for text, x in placed)
    made = load_file(pdf([page], page=FONTS, more=drawn_font(named=named)), "a.pdf")
    return made.documents[0].text.strip()


@pytest.mark.parametrize("first", [ARABIC, HEBREW])
def test_letters_that_are_drawn_from_the_left_are_read_from_the_right(first: int) -> None:
    """As chromium draws them: each is an object, and the words come from the right."""
    word = [("d", 200.0), ("c", 200.0 + WIDE), ("b", 200.0 + 2 * WIDE)]
    last = [("a", 180.0), ("d", 180.0 + WIDE)]
    one, other = "".join(chr(first + n) for n in (1, 2, 3)), chr(first + 3) + chr(first)
    assert read(first, *word, *last) == f"{one} {other}"


def test_letters_that_are_drawn_from_the_right_stay_in_their_order() -> None:
    word = [("a", 200.0), ("b", 200.0 - WIDE), ("c", 200.0 - 2 * WIDE)]
    assert read(ARABIC, *word) == "".join(chr(ARABIC + n) for n in range(3))


def test_figures_among_them_are_read_from_the_left() -> None:
    word = [(letter, 240.0 + WIDE * i) for i, letter in enumerate("dcba")]
    one = "".join(chr(ARABIC + n) for n in range(4))
    assert read(ARABIC, *word, ("1", 220.0), ("9", 220.0 + WIDE)) == f"{one} 19"
