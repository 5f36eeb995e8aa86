"""The body of a request, counted and timed while it comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.datastructures import Headers
from starlette.types import Receive

from ui.server import limits
from ui.server.gate.refusal import (
    TOO_LARGE,
    TOO_SLOW,
    Gone,
    Refusal,
)

_LESS = "send less"


async def chunks(receive: Receive, most: int, do: str = _LESS) -> AsyncIterator[bytes]:
    """The bytes of a body as they come.

    It may take `GRACE_SECONDS`, and longer by what came of it at `BYTES_PER_SECOND`: so neither
    a pause nor a trickle holds a place for long. Raises Refusal (413, over `most` bytes, says to
    `do` something; 408), and Gone.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + limits.GRACE_SECONDS
    size = 0
    while True:
        try:
            async with asyncio.timeout_at(until + size / limits.BYTES_PER_SECOND):
                message = await receive()
        except TimeoutError:
            raise Refusal(TOO_SLOW, "This came too slowly; try again.") from None
        if message["type"] == "http.disconnect":
            raise Gone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > most:
            raise too_large(most, do)
        yield chunk
        if not message.get("more_body", False):
            return


async def whole(receive: Receive, most: int) -> bytes:
    """All of a body; raises as `chunks` does."""
    return b"".join([chunk async for chunk in chunks(receive, most)])


def too_large(most: int, do: str = _LESS) -> Refusal:
    """More than `most` bytes were sent, or are said to be sent."""
    size = f"{most >> 20} MB" if most >= 2**20 else f"{most >> 10} KB"
    return Refusal(TOO_LARGE, f"This is over {size}; {do}.")


def announced(headers: Headers) -> int:
    """How many bytes are said to come; 0 where nothing is said."""
    said = headers.get("content-length", "")
    return int(said[:16]) if said.isdecimal() else 0
