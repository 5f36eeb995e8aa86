"""Letters that nobody can tell from what is behind them, and letters that nobody overlooks."""

from __future__ import annotations

import pytest

from index.load.colours import BLACK, WHITE, Colour, is_clear, is_lost, is_plain, of_hex, over

OFF_WHITE = Colour(0.97, 0.97, 0.97)


def test_six_digits_say_a_colour() -> None:
    assert of_hex("ff8000") == Colour(1.0, 128 / 255, 0.0)
    assert (of_hex("auto"), of_hex("fff"), of_hex("")) == (None, None, None)


@pytest.mark.parametrize(
    ("letters", "behind", "lost", "plain"),
    [
        (WHITE, WHITE, True, False),
        (OFF_WHITE, WHITE, True, False),
        (Colour(0.9, 0.9, 0.9), WHITE, False, False),
        (BLACK, WHITE, False, True),
        (Colour(1, 0, 0), BLACK, False, True),
    ],
)
def test_letters_on_a_ground(letters: Colour, behind: Colour, lost: bool, plain: bool) -> None:
    assert is_lost(letters, behind) is lost
    assert is_plain(letters, behind) is plain


def test_what_is_hardly_opaque_is_lost() -> None:
    faint = Colour(0, 0, 0, 0.03)
    assert is_clear(faint)
    assert is_lost(faint, WHITE)
    assert over(Colour(0, 0, 0, 0.5), WHITE) == Colour(0.5, 0.5, 0.5)
