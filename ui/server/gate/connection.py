"""A connection that is given so much time, and no more of them than there is room for."""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from ui.server import limits
from ui.server.gate.crowd import address_of
from ui.server.gate.proxies import Trusted
from ui.server.gate.refusal import TOO_MANY, TOO_SLOW


class Connection(H11Protocol):
    """Uvicorn's, which waits without an end for a head, and for what it sends to be read."""

    trusted = Trusted()  # whose connections are many people's
    address = ""
    _late: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Answered 429 where there is no room."""
        super().connection_made(transport)
        if (own := transport.get_extra_info("socket")) is not None:
            # asyncio does this for sockets that it made itself; else each answer takes 40 ms more
            own.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.address = address_of(self.client)
        each = sum(1 for one in self.connections if getattr(one, "address", "") == self.address)
        known = self.client is not None and self.client[0] in self.trusted
        if len(self.connections) > limits.CONNECTIONS or (
            each > limits.CONNECTIONS_EACH and not known
        ):
            self._refuse(TOO_MANY, "Too many connections; close some pages and try again.")
        else:
            self._time()

    def connection_lost(self, exc: Exception | None) -> None:
        """No time is counted any more."""
        self._late, self._unread = _none(self._late), _none(self._unread)
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """What came is handled, and the time for what is still to come is counted."""
        super().handle_events()
        self._time()

    def on_response_complete(self) -> None:
        """The next head is waited for, or the rest of a body that nobody reads."""
        super().on_response_complete()
        self._time()

    def pause_writing(self) -> None:
        """The other end does not read; it has some time to go on."""
        super().pause_writing()
        self._unread = self.loop.call_later(limits.READING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The other end reads on."""
        self._unread = _none(self._unread)
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """What h11 found wrong: 431 for a head that is too large. (It is being handled.)"""
        self._refuse(getattr(sys.exc_info()[1], "error_status_hint", 400), msg)

    def _time(self) -> None:
        """Nothing puts off the end but what is waited for, when it is there in full."""
        theirs, ours = self.conn.their_state, self.conn.our_state
        waits = theirs is h11.IDLE or (theirs is h11.SEND_BODY and ours is h11.DONE)
        if not waits or self.transport.is_closing():
            self._late = _none(self._late)
        elif self._late is None:
            self._late = self.loop.call_later(limits.HEAD_SECONDS, self._end)

    def _end(self) -> None:
        self._late = None
        if self.conn.our_state is h11.IDLE:
            self._refuse(TOO_SLOW, "This came too slowly; try again.")
        else:
            self.transport.abort()

    def _refuse(self, status: int, words: str) -> None:
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        start = h11.Response(status_code=status, headers=headers, reason=STATUS_PHRASES[status])
        for event in (start, h11.Data(data=words.encode()), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def trusting(trusted: Trusted) -> type[Connection]:
    """Connections of which those of a proxy may be many."""
    attributes: dict[str, Any] = {"trusted": trusted}
    return type("Connection", (Connection,), attributes)


def _none(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """No timer, in the place of one that is not to go off."""
    if timer is not None:
        timer.cancel()
    return None
