"""What stands before the page: only its own routes, only from hosts it is served on, and a
Content-Security-Policy under which nothing from outside can be loaded.

Gradio serves far more than a page needs (uploads, files by path, an API with its description);
none of that is reachable here.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.upload import PATH as UPLOADS

_PAGES = frozenset(
    {"/", UPLOADS, "/gradio_api/run/predict", "/config", "/theme.css", "/favicon.ico",
     "/manifest.json"}
)  # fmt: skip
_FOLDERS = (
    "/assets/",
    "/static/",
    "/gradio_api/queue/",
    "/gradio_api/heartbeat/",
)

# Gradio's page runs inline scripts and compiles templates, so those two stay; attributes such as
# onerror never run, and no request leaves the address the page came from.
_HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
        "script-src-attr 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class Gate:
    """ASGI middleware; `hosts` are the names it answers to, None any.

    A page elsewhere can point a name of its own at this machine and read what it answers (DNS
    rebinding); it cannot choose the Host that the browser then sends.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] | None = None) -> None:
        self._app = app
        self._hosts = None if hosts is None else frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 400 (another host) or 404 (not a part of the page)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        handler = self._app if refusal is None else refusal
        await handler(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        host = _name(Headers(scope=scope).get("host", ""))
        if self._hosts is not None and host not in self._hosts:
            return PlainTextResponse("This page is not served under that name.", 400)
        path = scope["path"]
        if scope["type"] == "http" and (path in _PAGES or path.startswith(_FOLDERS)):
            return None
        return PlainTextResponse("Not found.", 404)


def _name(host: str) -> str:
    """The host without its port: "[::1]:7860" gives "[::1]"."""
    name, _, port = host.lower().rpartition(":")
    return name if port.isdigit() else host.lower()


def _with_headers(send: Send) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS)
        await send(message)

    return wrapped
