"""What stands before the page: only its own routes, only for the page itself, only what it sends,
and a Content-Security-Policy under which nothing from outside can be loaded.

Gradio serves far more than a page needs (uploads, files by path, an API with its description);
none of that is reachable here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server import limits
from ui.server.gate.body import announced, too_large, whole
from ui.server.gate.calls import PATH as CALL, Calls
from ui.server.gate.crowd import Crowd, address_of
from ui.server.gate.origin import Origins
from ui.server.gate.refusal import Gone, Refusal

UPLOAD, WAITING, STATUS = "/dropped", "/waiting", "/status"
_FILES = ("/", "/theme.css", "/favicon.ico", "/manifest.json", WAITING)
_FOLDER = re.compile(r"/(?:assets|static)(?:/[\w.@-]+)+", re.ASCII)
_STREAM = re.compile(r"/gradio_api/heartbeat/[\w-]{1,64}", re.ASCII)
_READING = frozenset({"GET", "HEAD"})

# Gradio's page runs inline scripts and compiles templates, so those two stay; attributes such as
# onerror never run, and no request leaves the address the page came from.
_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "script-src-attr 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class _Route(NamedTuple):
    methods: frozenset[str]
    crowd: Crowd | None = None


class Gate:
    """ASGI middleware before the page."""

    def __init__(self, app: ASGIApp, origins: Origins, calls: Calls) -> None:
        self._app, self._origins, self._calls = app, origins, calls
        posted = frozenset({"POST"})
        self._page = _Route(_READING)
        self._call = _Route(posted, Crowd(limits.CALLS, limits.CALLS_EACH))
        self._upload = _Route(posted, Crowd(limits.UPLOADS, limits.UPLOADS_EACH))
        self._status = _Route(_READING, Crowd(limits.STATUSES, limits.STATUSES_EACH))
        self._stream = _Route(_READING, Crowd(limits.STREAMS, limits.STREAMS_EACH))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer what is wrong with it.

        400 another host, 403 another origin, 404 not a part of the page, 405 another method, 415
        no JSON, 422 not what the page sends, and what `ui.server.limits` names.
        """
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        send = _with_headers(send)
        try:
            await self._pass_on(scope, receive, send)
        except Refusal as refusal:
            await refusal.response(scope["path"] == CALL)(scope, receive, send)
        except Gone:
            pass

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._origins.check(scope)
        if len(scope["headers"]) > limits.HEADERS:
            raise Refusal(431, f"Over {limits.HEADERS} header fields; send fewer.")
        route = self._route(scope["path"])
        if scope["method"] not in route.methods:
            raise Refusal(405, "This is not asked for in that way.")
        if route is not self._upload:  # nothing of Gradio's reads a query then
            scope = {**scope, "query_string": b""}
        if route.crowd is None:
            await self._app(scope, receive, send)
            return
        with route.crowd.entered(address_of(scope.get("client"))):
            if route is self._call:
                scope, receive = await self._checked(scope, receive)
            await self._app(scope, receive, send)

    def _route(self, path: str) -> _Route:
        if path in _FILES or (_FOLDER.fullmatch(path) and "/." not in path):
            return self._page
        if path == CALL:
            return self._call
        if path == UPLOAD:
            return self._upload
        if path == STATUS:
            return self._status
        if _STREAM.fullmatch(path):
            return self._stream
        raise Refusal(404, "Not found.")

    async def _checked(self, scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
        """The request with a body that was written anew."""
        headers = Headers(scope=scope)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" or "content-encoding" in headers:
            raise Refusal(415, "The page sends JSON, and as it is.")
        if announced(headers) > limits.CALL_BYTES:
            raise too_large(limits.CALL_BYTES)
        body = self._calls.checked(await whole(receive, limits.CALL_BYTES))
        kept = [pair for pair in scope["headers"] if pair[0] not in _OF_BODY]
        kept += [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]
        given = False

        async def again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        return {**scope, "headers": kept}, again


_OF_BODY = (b"content-type", b"content-length", b"transfer-encoding")


def _with_headers(send: Send) -> Send:
    """What every answer forbids; and nobody elsewhere is told that he may read one."""

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name in [name for name in headers if name.startswith("access-control-")]:
                del headers[name]
            headers.update(_HEADERS)
        await send(message)

    return wrapped
