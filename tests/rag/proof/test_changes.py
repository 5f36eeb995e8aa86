"""Two texts, word by word."""

from __future__ import annotations

from hypothesis import given, strategies as st

from rag.proof.changes import DiffPart, diff
from tests.strategies import CHARACTERS


def parts(was: str, now: str) -> list[tuple[str, str]]:
    return [(part.was, part.now) for part in diff("words", was, now).parts]


def test_only_the_word_that_changed_is_marked() -> None:
    assert parts("It costs £32 a year.", "It costs £38 a year.") == [
        ("It costs £", "It costs £"),
        ("32", ""),
        ("", "38"),
        (" a year.", " a year."),
    ]


def test_white_space_is_no_change() -> None:
    (part,) = diff("words", "one\ntwo", "one two").parts
    assert part == DiffPart("one\ntwo", "one two")
    assert part.is_same


def test_very_long_texts_are_shown_whole() -> None:
    was, now = "a b " * 2000, "c d " * 2000
    assert parts(was, now) == [(was, ""), ("", now)]


@given(st.text(CHARACTERS, max_size=60), st.text(CHARACTERS, max_size=60))
def test_the_parts_are_the_two_texts(was: str, now: str) -> None:
    change = diff("words", was, now)
    assert (change.was, change.now) == (was, now)
