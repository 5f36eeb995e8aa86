"""How many are in at once: no more than there is room for, in all and of one address."""

from __future__ import annotations

from contextlib import suppress

import pytest

from ui.server.gate.crowd import Crowd, address_of
from ui.server.gate.refusal import Refusal


def test_no_more_than_there_is_room_for() -> None:
    crowd = Crowd(most=3, each=2)
    assert [crowd.enter("a"), crowd.enter("a"), crowd.enter("a")] == [True, True, False]
    assert [crowd.enter("b"), crowd.enter("c")] == [True, False]
    crowd.leave("a")
    assert crowd.enter("c")


def test_who_is_in_goes_whatever_happens() -> None:
    crowd = Crowd(most=1, each=1)
    with suppress(ZeroDivisionError), crowd.entered("a"):
        refused = crowd.entered("b")
        with pytest.raises(Refusal, match="Too many at once"):
            refused.__enter__()
        raise ZeroDivisionError
    assert crowd.enter("b")


@pytest.mark.parametrize(
    ("client", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("a socket", "a socket"),
    ],
)
def test_who_counts_as_one(client: str, address: str) -> None:
    assert address_of((client, 1234)) == address


def test_who_has_no_address() -> None:
    assert address_of(None) == ""
