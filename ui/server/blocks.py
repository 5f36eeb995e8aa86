"""The chat page as Gradio blocks: which parts it has, and what is called when one is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr

from ui.page import EMPTY, conversation
from ui.server import limits
from ui.server.chat import Chat
from ui.server.gate.crowd import address_of
from ui.server.views import Views
from ui.server.waiting_line import Busy, WaitingLine

_OPENED = "() => [ibid.token(), ibid.linked()]"


def build_page(chat: Chat) -> gr.Blocks:
    """The page as Gradio blocks, not yet served: parts of HTML, and the box for the question."""
    blocks = gr.Blocks(title="Ibid", analytics_enabled=False, fill_width=True)
    with blocks:
        # the browser fills these with each event: the tab's secret, the question in its address,
        # and how much it has sent
        token, linked = gr.Textbox(visible=False), gr.Textbox(visible=False)
        count = gr.Number(visible=False, precision=0)
        parts, stop = _lay_out()
        outputs = list(parts.values())

        def updates(views: Mapping[str, Any]) -> list[Any]:
            return [views.get(name, gr.skip()) for name in parts]

        def shown(method: Callable[..., Views]) -> Callable[..., list[Any]]:
            return lambda *given: updates(method(*given))

        def act(token: str, event: gr.EventData) -> list[Any]:  # Gradio goes by the annotation
            return updates(chat.act(token, event))

        def take(token: str, request: gr.Request) -> list[Any]:  # as above
            return updates(chat.take(token, address_of(request.client)))

        trying = WaitingLine(limits.OFFERS, limits.OFFERS_WAITING)

        def suggest(token: str) -> list[Any]:
            try:
                with trying.place(token):
                    return updates(chat.suggest(token))
            except Busy:  # there is more to do than to offer questions
                return updates({})

        # No queue: it looks for work twenty times a second, closes its stream of results when
        # nothing is pending, so that what is sent in that moment is told with the next event only,
        # and is one more thing to guard.
        quiet: dict[str, Any] = {
            "outputs": outputs,
            "show_progress": "hidden",
            "api_visibility": "private",
            "trigger_mode": "multiple",
            "queue": False,
        }
        with_token = {"inputs": [token], "js": "() => [ibid.token()]", **quiet}
        asked = parts["box"].submit(
            shown(chat.ask), [token, parts["box"], count], js="(_, text) => ibid.ask(text)", **quiet
        )
        acted = parts["masthead"].click(act, **with_token)
        opened = blocks.load(shown(chat.open), [token, linked], js=_OPENED, **quiet)
        taken = parts["library"].upload(take, **with_token)
        for event in (asked, acted, opened, taken):
            event.then(suggest, **with_token)
        stop.click(
            shown(chat.stop), [token, count], js="() => [ibid.token(), ibid.sent()]", **quiet
        )
    return blocks


def _lay_out() -> tuple[dict[str, Any], gr.Button]:
    """The parts that are drawn anew, by name, and the button that stops an answer."""
    parts: dict[str, Any] = {"masthead": _html("masthead")}
    with gr.Row(elem_id="desk"):
        parts["library"] = _html("library")
        with gr.Column(elem_id="talk"):
            parts["talk"] = _html("conversation", conversation(()))
            parts["table"] = _html("table")
            parts["offers"] = _html("offers")
            parts["notice"] = _html("notice")
            parts["box"] = gr.Textbox(
                label="Your question",
                placeholder="Ask the documents a question",
                show_label=False,
                container=False,
                submit_btn="Ask",
                max_lines=6,
                autofocus=True,
                elem_id="question",
            )
            stop = gr.Button("Stop", elem_id="stop", size="sm")
            parts["switch"] = _html("switch")
        parts["reader"] = _html("reader", EMPTY)
    parts["parcel"] = _html("parcel")
    parts["aside"] = _html("aside")  # the script puts it under its quotation
    return parts, stop


def _html(name: str, value: str = "") -> gr.HTML:
    attach = "ibid.attach(element, trigger, watch);"
    return gr.HTML(value, elem_id=name, js_on_load=attach, apply_default_css=False)
