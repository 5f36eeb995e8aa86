"""The chat page as a Gradio app, and the server that shows it on this machine."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # both are read when gradio is imported
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.middleware import Middleware

from index.errors import IbidError
from ui.chat import Chat
from ui.gate import Gate
from ui.page.reader import EMPTY
from ui.page.turns import conversation
from ui.progress import progress
from ui.upload import PATH as DROPPED
from ui.upload import take_files
from ui.views import Views

_HERE = Path(__file__).parent
_PARTS = {
    "script": ("core.js", "reader.js", "files.js"),
    "style": ("frame.css", "talk.css", "sheets.css", "widths.css"),
}
SCRIPT, STYLE = (
    "\n".join((_HERE / "page" / kind / name).read_text(encoding="utf-8") for name in names)
    for kind, names in _PARTS.items()
)
_OPENED = "() => [ibid.token(), ibid.linked()]"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
PORTS_TRIED = 100

EXAMPLES = (
    "What does the ENFORCE Act do?",
    "Which companies is China's espionage apparatus targeting?",
    "Why does Big Tech want AI regulation?",
    "Why does China release open-source models?",
    "What is the real bottleneck according to The Illusion of Containment?",
)


def build_page(chat: Chat) -> gr.Blocks:
    """The page as Gradio blocks, not yet served: parts of HTML, and the box for the question."""
    blocks = gr.Blocks(title="Ibid", analytics_enabled=False, fill_width=True)
    with blocks:
        # the browser fills these with each event: the tab's secret, the question in its address,
        # and how much it has sent
        token, linked = gr.Textbox(visible=False), gr.Textbox(visible=False)
        count = gr.Number(visible=False, precision=0)
        parts: dict[str, Any] = {"masthead": _html("masthead")}
        with gr.Row(elem_id="desk"):
            parts["library"] = _html("library")
            with gr.Column(elem_id="talk"):
                parts["talk"] = _html("conversation", conversation(()))
                parts["offers"] = _html("offers")
                parts["notice"] = _html("notice")
                parts["box"] = gr.Textbox(
                    label="Your question", placeholder="Ask the documents a question",
                    show_label=False, container=False, submit_btn="Ask", max_lines=6,
                    autofocus=True, elem_id="question",
                )  # fmt: skip
                stop = gr.Button("Stop", elem_id="stop", size="sm")
                parts["switch"] = _html("switch")
            parts["reader"] = _html("reader", EMPTY)
        parts["parcel"] = _html("parcel")
        outputs = list(parts.values())

        def updates(views: Mapping[str, Any]) -> list[Any]:
            return [views.get(name, gr.skip()) for name in parts]

        def shown(method: Callable[..., Views]) -> Callable[..., list[Any]]:
            return lambda *given: updates(method(*given))

        def act(token: str, event: gr.EventData) -> list[Any]:  # Gradio goes by the annotation
            return updates(chat.act(token, event))

        def take(token: str) -> Iterator[list[Any]]:
            yield from map(updates, chat.take(token))

        # No queue: it looks for work twenty times a second, and closes its stream of results when
        # nothing is pending, so that what is sent in that moment is told with the next event only.
        quiet: dict[str, Any] = {
            "outputs": outputs, "show_progress": "hidden", "api_visibility": "private",
            "trigger_mode": "multiple", "queue": False,
        }  # fmt: skip
        with_token = {"inputs": [token], "js": "() => [ibid.token()]", **quiet}
        asked = parts["box"].submit(
            shown(chat.ask), [token, parts["box"], count], js="(_, text) => ibid.ask(text)", **quiet
        )
        acted = parts["masthead"].click(act, **with_token)
        opened = blocks.load(shown(chat.open), [token, linked], js=_OPENED, **quiet)
        taken = parts["library"].upload(take, **{**with_token, "queue": True})
        for event in (asked, acted, opened, taken):
            event.then(shown(chat.suggest), **with_token)
        stop.click(
            shown(chat.stop), [token, count], js="() => [ibid.token(), ibid.sent()]", **quiet
        )
    return blocks


def _html(name: str, value: str = "") -> gr.HTML:
    attach = "ibid.attach(element, trigger, watch);"
    return gr.HTML(value, elem_id=name, js_on_load=attach, apply_default_css=False)


def build_app(chat: Chat, host: str = "127.0.0.1") -> FastAPI:
    """The page as an ASGI app, behind the gate; on loopback it answers to loopback names only."""
    hosts = LOOPBACK if _bracketed(host) in LOOPBACK else None
    app = FastAPI(
        openapi_url=None, docs_url=None, redoc_url=None, middleware=[Middleware(Gate, hosts=hosts)]
    )
    app.add_route(DROPPED, take_files(chat.sessions), methods=["POST"])
    system = ("system-ui", "sans-serif")
    theme = gr.themes.Base(font=system, font_mono=("ui-monospace", "monospace"))
    gr.mount_gradio_app(
        app, build_page(chat), path="/", theme=theme,
        head=f"<style>{STYLE}</style><script>{SCRIPT}</script>",
        footer_links=[], run_history=False, enable_monitoring=False, show_error=False,
        ssr_mode=False, pwa=False, mcp_server=False, favicon_path=str(_HERE / "favicon.svg"),
    )  # fmt: skip
    return app


def serve(
    documents: Path | None = None,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = True,
) -> None:
    """Open or build the index, show the page at `host`, and return on Ctrl-C.

    A busy `port` gives way to the next free one; the address is printed on stdout. The browser is
    opened only where there is a display. Raises IbidError: what `Engine.open` raises, and when
    no port can be had.
    """
    from rag import Engine
    from rag.suggest import Suggester

    with progress() as tell:
        engine = Engine.open(documents, progress=tell)
    named = "the bundled articles" if documents is None else documents.name or str(documents)
    chat = Chat(engine, EXAMPLES if documents is None else (), named, Suggester)
    app = build_app(chat, host)
    with _listen(host, port) as listener:
        address = f"http://{_bracketed(host)}:{listener.getsockname()[1]}"
        print(f"Ibid is at {address} (Ctrl-C ends it)", flush=True)
        if _bracketed(host) not in LOOPBACK:
            print("Whoever can reach this address can read the documents.", file=sys.stderr)
        if open_browser and _has_display():
            webbrowser.open(address)
        _run(app, listener)


def _run(app: FastAPI, listener: socket.socket) -> None:
    """Serve until Ctrl-C, which uvicorn raises again when it has ended.

    Every open page holds a connection for as long as it is open: they are given a second, and
    that they are cut off then is not an error to be told of.
    """
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
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


def _bracketed(host: str) -> str:
    """The host as an address writes it: an IPv6 one in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _has_display() -> bool:
    """Whether a browser could open a window (macOS and Windows always have a display)."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
