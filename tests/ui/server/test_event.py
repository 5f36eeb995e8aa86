"""What a browser sent: a thing of another kind is as if it were not there."""

from __future__ import annotations

from math import inf
from types import SimpleNamespace
from typing import Any

import pytest

from ui.server.event import Sent


def sent(**data: Any) -> Sent:
    return Sent(SimpleNamespace(**data))


@pytest.mark.parametrize(("given", "text"), [("open", "open"), (3, ""), (None, ""), (["a"], "")])
def test_a_text_or_none(given: object, text: str) -> None:
    assert sent(do=given).text("do") == text
    assert sent().text("do") == ""


@pytest.mark.parametrize(
    ("given", "number"),
    [("0", 0), ("41", 41), ("-1", None), ("1e3", None), ("٣", None), ("9" * 10, None), (3, None)],
)
def test_a_number_in_digits_or_none(given: object, number: int | None) -> None:
    assert sent(number=given).number("number") == number


def test_a_number_under_another() -> None:
    assert sent(number="2").number("number", under=3) == 2
    assert sent(number="3").number("number", under=3) is None


@pytest.mark.parametrize("given", [1, "true", None])
def test_only_true_is_a_tick(given: object) -> None:
    assert sent(checked=True).checked()
    assert not sent(checked=given).checked()


@pytest.mark.parametrize("given", [0, -1, True, "1", 1.0, None])
def test_what_has_no_number_is_later_than_all(given: object) -> None:
    assert sent(count=7).count() == 7
    assert sent(count=given).count() == inf
