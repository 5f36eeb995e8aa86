"""The chat page as a Gradio app, and the server that shows it on this machine."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
import traceback
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # both are read when gradio is imported
os.environ.setdefault("HF_HUB_OFFLINE", "1")

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.middleware import Middleware

from index.errors import IbidError
from rag.types import Answer, Citation
from ui import page
from ui.gate import Gate
from ui.progress import progress

if TYPE_CHECKING:
    from rag import Engine

_HERE = Path(__file__).parent
SCRIPT = (_HERE / "page.js").read_text(encoding="utf-8")
STYLE = (_HERE / "page.css").read_text(encoding="utf-8")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
PORTS_TRIED = 100

EXAMPLES = (
    "What does the ENFORCE Act do?",
    "Which companies is China's espionage apparatus targeting?",
    "Why does Big Tech want AI regulation?",
    "Why does China release open-source models?",
    "What is the real bottleneck according to The Illusion of Containment?",
)


def build_page(engine: Engine, examples: Sequence[str] = EXAMPLES) -> gr.Blocks:
    """The page over `engine`, not yet served; `examples` are offered until one is asked.

    What was asked is kept for each browser session by itself, and gone with it.
    """
    blocks = gr.Blocks(title="Ibid", analytics_enabled=False, fill_width=True)
    with blocks:
        answers = gr.State([])
        top = _html("masthead", page.masthead(len(engine.documents)))
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk"):
                talk = _html("conversation", page.conversation(()))
                with gr.Column(elem_id="examples", visible=bool(examples)) as offered:
                    buttons = [gr.Button(text, elem_classes="example") for text in examples]
                notice = _html("notice", "")
                box = gr.Textbox(
                    label="Your question", placeholder="Ask the documents a question",
                    show_label=False, container=False, submit_btn="Ask", max_lines=6,
                    autofocus=True, elem_id="question",
                )  # fmt: skip
            source = _html("source", page.library(engine.documents, engine.failures))
        chat = _Chat(engine)
        shown = [box, answers, talk, source, notice, offered]
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        for button in buttons:
            button.click(chat.ask, [button, answers], shown, **quiet)
        box.submit(chat.ask, [box, answers], shown, **quiet)
        for part in (top, talk, source):
            part.click(chat.show, [answers], [source], **quiet)
    return blocks


def _html(name: str, value: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=SCRIPT, apply_default_css=False)


class _Chat:
    """What the page does when something is typed or clicked; holds nothing of any session."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(self, question: str, answers: list[Answer]) -> tuple[Any, ...]:
        """Answer one question; what was refused stays in the box, with a line that says why."""
        try:
            answer = self._engine.ask(question, history=tuple(answers))
        except Exception as error:  # whatever happens, the page stays and says so
            return question, answers, gr.skip(), gr.skip(), _refusal(error), gr.skip()
        answers = [*answers, answer]
        best = answer.best
        source = gr.skip() if best is None else _place(answer, best)
        return "", answers, page.conversation(answers), source, "", gr.update(visible=False)

    def show(self, answers: list[Answer], event: gr.EventData) -> Any:
        """What was chosen: the place of a citation, a document, or (-1) the list of them all.

        The numbers come from the browser; those that name nothing change nothing.
        """
        turn, number, opened = (getattr(event, name, None) for name in ("turn", "number", "open"))
        documents = self._engine.documents
        if type(turn) is int and 0 <= turn < len(answers):
            chosen = [c for c in _numbered(answers[turn]) if c.number == number]
            return _place(answers[turn], chosen[0]) if chosen else gr.skip()
        if opened == -1:
            return page.library(documents, self._engine.failures)
        if type(opened) is int and 0 <= opened < len(documents):
            return page.source(documents[opened], (), None)
        return gr.skip()


def _refusal(error: Exception) -> str:
    """What to do, where that is known; else the terminal gets the traceback, the page a line."""
    if isinstance(error, IbidError):
        return page.refusal(str(error))
    traceback.print_exception(error)
    return page.refusal("this question failed; the terminal that runs Ibid says why")


def _numbered(answer: Answer) -> tuple[Citation, ...]:
    return answer.citations or answer.closest


def _place(answer: Answer, citation: Citation) -> str:
    return page.source(citation.document, _numbered(answer), citation.number)


def build_app(
    engine: Engine, examples: Sequence[str] = EXAMPLES, host: str = "127.0.0.1"
) -> FastAPI:
    """The page as an ASGI app, behind the gate; on loopback it answers to loopback names only."""
    hosts = LOOPBACK if _bracketed(host) in LOOPBACK else None
    app = FastAPI(
        openapi_url=None, docs_url=None, redoc_url=None, middleware=[Middleware(Gate, hosts=hosts)]
    )
    system = ("system-ui", "sans-serif")
    theme = gr.themes.Base(font=system, font_mono=("ui-monospace", "monospace"))
    gr.mount_gradio_app(
        app, build_page(engine, examples), path="/", theme=theme, head=f"<style>{STYLE}</style>",
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

    with progress() as tell:
        engine = Engine.open(documents, progress=tell)
    app = build_app(engine, EXAMPLES if documents is None else (), host)
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
