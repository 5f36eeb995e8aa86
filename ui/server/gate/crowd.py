"""How many of a kind are under way at once, in all and of one address."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from ui.server.gate.refusal import TOO_MANY, Refusal


class Crowd:
    """Counts who is in, and lets in no more than `most`, and `each` of one address.

    For one thread, as an event loop is.
    """

    def __init__(self, most: int, each: int) -> None:
        self._most, self._each = most, each
        self._in: Counter[str] = Counter()

    @contextmanager
    def entered(self, address: str) -> Iterator[None]:
        """Be counted meanwhile; raises Refusal (429)."""
        if not self.enter(address):
            raise Refusal(TOO_MANY, "Too many at once; wait for the others and try again.")
        try:
            yield
        finally:
            self.leave(address)

    def enter(self, address: str) -> bool:
        """Whether there is room; `leave` is to be called then."""
        if self._in.total() >= self._most or self._in[address] >= self._each:
            return False
        self._in[address] += 1
        return True

    def leave(self, address: str) -> None:
        """One has gone."""
        self._in[address] -= 1
        if not self._in[address]:
            del self._in[address]


def address_of(client: tuple[str, int] | None) -> str:
    """Who counts as one: an IPv4 address, or the first half of an IPv6 one, which is a person's."""
    try:
        address = ipaddress.ip_address(client[0] if client else "")
    except ValueError:
        return client[0] if client else ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)))
