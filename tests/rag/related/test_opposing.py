"""Whether the words of two sentences allow that one goes against the other."""

from __future__ import annotations

import pytest

from rag.related.opposing import may_oppose, turns


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry pays its way.", "The ferry does not pay its way."),
        ("The council wants to keep the toll.", "The drivers ask to abolish the toll."),
        ("The choir has 30 members.", "The choir has 45 members."),
    ],
)
def test_it_may(one: str, other: str) -> None:
    assert may_oppose(one, other)
    assert may_oppose(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bridge opened in 1911.", "The tunnel opened in 1931."),
        ("The toll was abolished.", "The toll is not wanted any more."),
        ("The roof leaked in spring.", "The roof no longer leaks."),
        ("Follow the pilot without exception.", "Follow the pilot."),
        ("The ferry pays its way.", f"The ferry does not pay{' at all' * 60}."),
    ],
)
def test_it_may_not(one: str, other: str) -> None:
    assert not may_oppose(one, other)


def test_what_is_denied_twice_is_not_denied() -> None:
    assert turns("Without a toll the road will not be mended.") == 2
    assert turns("Not only the road needs money.") == 0
