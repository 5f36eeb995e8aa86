"""The route by which the page sends the files that were dropped on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from index.errors import IbidError
from ui.dropped import check, safe_name
from ui.session import Sessions, is_token

PATH = "/dropped"


def take_files(sessions: Sessions) -> Callable[[Request], Awaitable[Response]]:
    """The route that takes one file: its name in the query, the tab's secret in a header.

    A page elsewhere cannot send that header (the browser would ask first, and is not answered).
    What is refused gets 422 and the reason.
    """

    async def take(request: Request) -> Response:
        token = request.headers.get("x-ibid-tab", "")
        if not is_token(token):
            return PlainTextResponse("Not from this page.", 403)
        try:
            name = safe_name(request.query_params.get("name", ""))
            check(name, int(request.headers.get("content-length", 0)))
            data = bytearray()
            async for chunk in request.stream():
                data += chunk
                check(name, len(data))
            await run_in_threadpool(sessions.of(token).files.add, name, bytes(data))
        except (IbidError, ValueError) as error:
            return PlainTextResponse(str(error), 422)
        return PlainTextResponse("")

    return take
