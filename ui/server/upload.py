"""The route by which the page sends the files that were dropped on it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from index import IbidError, UnreadableDocument
from ui.server import limits
from ui.server.dropped import NoRoom, check, safe_name
from ui.server.gate.body import announced, chunks, too_large
from ui.server.gate.crowd import address_of
from ui.server.gate.refusal import TOO_LARGE, TOO_MANY, Gone, Refusal
from ui.server.refused import reason
from ui.server.saved import recognized, required
from ui.server.sessions import Sessions, is_token
from ui.server.waiting_line import Busy, WaitingLine

_IN_MEMORY = 2**20  # bytes of a file that comes; more of it is put on the disk
_SPLIT = "split the file"
_NOT_TAKEN = ((Busy, TOO_MANY), (NoRoom, TOO_LARGE), (IbidError, 422))

SAVED = "saved"

Route = Callable[[Request], Awaitable[Response]]


def take_files(sessions: Sessions, line: WaitingLine) -> Route:
    """The route that takes one file: its name in the query, the tab's secret in a header.

    A page elsewhere cannot send that header (the browser would ask first, and is not answered).
    What is refused gets 422 and the reason, or what `limits` names. Files wait for their turn
    in `line`, and in threads of their own: whatever they hold up, it is not the page. A saved
    answer is opened and is no document, which `SAVED` says; it must be one where `saved` is in the
    query.
    """
    threads = ThreadPoolExecutor(limits.UPLOADS, thread_name_prefix="uploads")

    async def take(request: Request) -> Response:
        token = request.headers.get("x-ibid-tab", "")
        if not is_token(token):
            return PlainTextResponse("Not from this page.", 403)
        address = address_of(request.scope.get("client"))
        shares = {("tab", token): 1, ("address", address): limits.PARSERS - 1}

        def add(name: str, file: SpooledTemporaryFile[bytes], as_saved: bool) -> str:
            with line.place(token, shares):
                file.seek(0)
                session, data = sessions.of(token), file.read()
                opened = required(name, data) if as_saved else recognized(name, data)
                if opened is not None:
                    session.saved = opened
                    return SAVED
                session.files.add(name, data)
                return ""

        def refuse(name: str, error: UnreadableDocument) -> None:
            sessions.of(token).files.refuse(name, error)

        run = asyncio.get_running_loop().run_in_executor
        name = ""
        try:
            name = safe_name(request.query_params.get("name", ""))
            check(name)
            with SpooledTemporaryFile(_IN_MEMORY) as file:
                await _receive(request, file)
                as_saved = "saved" in request.query_params
                return PlainTextResponse(await run(threads, add, name, file, as_saved))
        except IbidError as error:
            if name and isinstance(error, UnreadableDocument):
                await run(threads, refuse, name, error)
            status = next(status for kind, status in _NOT_TAKEN if isinstance(error, kind))
            return PlainTextResponse(reason(error), status)
        except Refusal as refusal:
            if refusal.status == TOO_LARGE:
                large = UnreadableDocument(f"{name}: {refusal.words}")
                await run(threads, refuse, name, large)
            return refusal.response()
        except Gone:
            pass
        return PlainTextResponse("")

    return take


async def _receive(request: Request, file: SpooledTemporaryFile[bytes]) -> None:
    if announced(request.headers) > limits.FILE_BYTES:
        raise too_large(limits.FILE_BYTES, _SPLIT)
    async for chunk in chunks(request.receive, limits.FILE_BYTES, _SPLIT):
        file.write(chunk)
