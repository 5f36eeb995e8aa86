"""The chat page as an app behind its gate, and the server that shows it on this machine."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read when gradio imports the hub's client

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from index import IbidError
from ui.progress import progress
from ui.server import limits
from ui.server.blocks import build_page
from ui.server.chat import Chat
from ui.server.gate.calls import Calls
from ui.server.gate.connection import trusting
from ui.server.gate.gate import STATUS, UPLOAD, WAITING, Gate
from ui.server.gate.origin import LOOPBACK, Origins, bracketed
from ui.server.gate.proxies import Proxies, Trusted
from ui.server.refused import reason
from ui.server.upload import take_files
from ui.show import SORTING, json_text

_PAGE = Path(__file__).parents[1] / "page"
_PARTS = {
    "script": (
        "core.js",
        "reader.js",
        "files.js",
        "tables.js",
        "gathered.js",
        "related.js",
        "refused.js",
    ),
    "style": ("frame.css", "talk.css", "sheets.css", "tables.css", "widths.css"),
}
SCRIPT, STYLE = (
    "\n".join((_PAGE / kind / name).read_text(encoding="utf-8") for name in names)
    for kind, names in _PARTS.items()
)
PORTS_TRIED = 100

EXAMPLES = (
    "What does the ENFORCE Act do?",
    "Which companies is China's espionage apparatus targeting?",
    "Why does Big Tech want AI regulation?",
    "Why does China release open-source models?",
    "What is the real bottleneck according to The Illusion of Containment?",
)


def build_app(
    chat: Chat, origins: Origins | None = None, trusted: Trusted | None = None
) -> FastAPI:
    """The page as an ASGI app, behind the gate; it answers to the names that `origins` has."""
    page = build_page(chat)
    page.max_threads = limits.CALLS  # of its own: files that are served have others
    gate = Middleware(Gate, origins=origins or Origins(), calls=Calls(page))
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[Middleware(Proxies, trusted=trusted or Trusted()), gate],
    )
    app.add_route(UPLOAD, take_files(chat.sessions, chat.reading), methods=["POST"])

    async def waiting(request: Request) -> PlainTextResponse:
        token = request.headers.get("x-ibid-tab", "")
        return PlainTextResponse(chat.waiting(token))

    def status(request: Request) -> Response:  # in a thread: it looks at every file
        try:
            told = chat.status(request.headers.get("x-ibid-tab", ""))
        except IbidError as error:
            return JSONResponse({"error": reason(error)}, 404)
        return Response(json_text(told), media_type="application/json")

    app.add_route(WAITING, waiting, methods=["GET"])
    app.add_route(STATUS, status, methods=["GET"])
    system = ("system-ui", "sans-serif")
    theme = gr.themes.Base(font=system, font_mono=("ui-monospace", "monospace"))
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=theme,
        head=f"<style>{STYLE}</style><script>{SCRIPT}\n{SORTING}</script>",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        favicon_path=str(_PAGE / "favicon.svg"),
    )
    return app


def serve(
    documents: Sequence[Path] | None = None,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = True,
    allowed_hosts: Sequence[str] = (),
    trusted_proxies: Sequence[str] = (),
) -> None:
    """Open or build the index, show the page at `host`, and return on Ctrl-C.

    A busy `port` gives way to the next free one; the address is printed on stdout. The browser is
    opened only where there is a display. The page answers to its own names and `allowed_hosts`;
    `trusted_proxies` are believed what they say of requests. Raises IbidError: what `Engine.open`
    raises, when no port can be had, and for a proxy that is no address.
    """
    from rag import Engine
    from rag.suggestions import Suggester

    origins, trusted = Origins(host, allowed_hosts), Trusted(trusted_proxies)
    _listen(host, port).close()  # where that cannot be is told before documents are indexed
    with progress() as tell:
        engine = Engine.open(documents, progress=tell)
    named = ", ".join(path.name or str(path) for path in documents or ())
    examples = () if documents else EXAMPLES
    chat = Chat(engine, examples, named or "the bundled articles", Suggester)
    app = build_app(chat, origins, trusted)
    chat.make_guides()
    with _listen(host, port) as listener:
        address = f"http://{bracketed(host)}:{listener.getsockname()[1]}"
        print(f"Ibid is at {address} (Ctrl-C ends it)", flush=True)
        if bracketed(host) not in LOOPBACK:
            print(_warning(origins), file=sys.stderr)
        if open_browser and _has_display():
            webbrowser.open(address)
        _run(configured(app, trusted), listener)
    chat.close()  # threads that wait would keep this program from ending


def _warning(origins: Origins) -> str:
    """What a server that others can reach should say."""
    any_of = ", and any address of this machine" if origins.everywhere else ""
    return (
        "Whoever can reach this address can read the documents, and others on the way can too. "
        "Put a proxy with a password and TLS before it; docs/serving.md has one for Caddy and "
        "nginx.\n"
        f"It answers to {', '.join(origins.names)}{any_of}; --allow-host adds a name."
    )


def configured(app: FastAPI, trusted: Trusted | None = None) -> uvicorn.Config:
    """How the page is served: what `ui.server.limits` says of connections holds here."""
    return uvicorn.Config(
        app,
        http=trusting(trusted or Trusted()),
        ws="none",
        log_level="error",
        proxy_headers=False,  # ours does that
        h11_max_incomplete_event_size=limits.HEAD_BYTES,
        timeout_keep_alive=limits.IDLE_SECONDS,
        timeout_graceful_shutdown=1,
        server_header=False,
    )


def _run(config: uvicorn.Config, listener: socket.socket) -> None:
    """Serve until Ctrl-C, which uvicorn raises again when it has ended.

    Every open page holds a connection for as long as it is open: they are given a second, and
    that they are cut off then is not an error to be told of.
    """
    server = uvicorn.Server(config)
    logging.getLogger("uvicorn.error").addFilter(lambda record: not server.should_exit)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """A socket on the first free port from `port` on; uvicorn gets it open, so none can step in."""
    name = host.strip("[]")
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        try:
            return socket.create_server((name, candidate), family=family)
        except OSError as exc:
            if exc.errno != errno.EADDRINUSE:
                reason = exc.strerror or str(exc)
                raise IbidError(
                    f"cannot listen on {host}, port {candidate}: {reason}; "
                    "choose another --host or --port"
                ) from exc
    raise IbidError(f"no free port from {port} on; choose another with --port")


def _has_display() -> bool:
    """Whether a browser could open a window (macOS and Windows always have a display)."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
