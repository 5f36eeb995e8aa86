"""What all documents say: a brief, dates, names, questions; shown in the conversation's place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from ui.page.frame import attributes, button, fresh
from ui.page.related import relating
from ui.show import count, escape, to_html

if TYPE_CHECKING:
    from rag.answers import Answer


FORMS = ("docx", "html", "md", "json")


class Gathered(NamedTuple):
    """A view, `name` in the page's events, with its heading and what of it can be asked for.

    `fields` are what can be typed: their names, what they are called, and an example. What there
    is more than is shown can be stepped to where it `has_steps`. `forms` are its files.
    """

    name: str
    title: str
    fields: tuple[tuple[str, str, str], ...]
    has_steps: bool = True
    forms: tuple[str, ...] = FORMS


BRIEF = Gathered(
    "brief",
    "The strongest statements",
    (
        ("topic", "About", "anything"),
        ("top", "At most", "10"),
        ("since", "New since", "2026-05-31, or last"),
    ),
    has_steps=False,
    forms=(*FORMS, "eml"),
)
TIMELINE = Gathered(
    "timeline",
    "What is dated, in order",
    (
        ("topic", "About", "anything"),
        ("since", "From", "2019"),
        ("until", "Until", "2025-06"),
    ),
)
WHO = Gathered(
    "who",
    "Who and what is named",
    (("name", "Called", "anything"), ("kind", "Kind", "people, organisations, places, products")),
)
QUESTIONS = Gathered("questions", "People also ask", (("topic", "About", "anything"),))
VIEWS: Mapping[str, Gathered] = {view.name: view for view in (BRIEF, TIMELINE, WHO, QUESTIONS)}


def gathered_panel(
    view: Gathered, answer: Answer | None, asked: Mapping[str, str], skip: int, most: int
) -> str:
    """The form with what was `asked`, and what there is: `most` quotations after `skip` others."""
    fields = "".join(
        f'<label>{label}<input name="{name}" value="{escape(asked.get(name, ""))}" '
        f'placeholder="{escape(example)}" maxlength="200"></label>'
        for name, label, example in view.fields
    )
    return (
        f'<section class="tabling gathered" aria-label="{escape(view.title)}" '
        f'data-view="{fresh()}" data-turn="{view.name}">'
        f"<header><h2>{escape(view.title)}</h2>"
        f"{button('talk', 'Back to the conversation')}</header>"
        f'<form class="gather"{attributes({"do": view.name})}>{fields}'
        "<button>Show</button></form>"
        f"{_shown(view, answer, asked, skip, most) if answer is not None else ''}</section>"
    )


def _shown(view: Gathered, answer: Answer, asked: Mapping[str, str], skip: int, most: int) -> str:
    number = answer.tally.number if answer.tally is not None else 0
    steps = []
    if skip:
        back = max(0, skip - most)
        steps.append(button(view.name, f"The {skip - back:,} before", **asked, skip=back))
    if view.has_steps and skip + most < number:
        rest = min(most, number - skip - most)
        steps.append(button(view.name, f"The next {rest:,}", **asked, skip=skip + most))
    place = f'<p class="steps">{" ".join(steps)}</p>' if steps else ""
    return f"{_downloads(view, answer)}{to_html(answer, under=relating(view.name))}{place}"


def _downloads(view: Gathered, answer: Answer) -> str:
    if not answer.citations:
        return ""
    forms = " ".join(
        button("gathered", f".{form}", label=f"Download as .{form}", view=view.name, form=form)
        for form in view.forms
    )
    shown = count(len(answer.citations), "quotation")
    return f'<p class="downloads">{shown}. Download: {forms}</p>'
