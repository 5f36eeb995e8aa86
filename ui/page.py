"""The chat page's HTML. Pure functions; every word that was not written here is escaped.

`gr.HTML` puts what these return into the page as `${value}`, so no template sees it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from index.load import Failure
from index.types import Document
from rag.types import Answer, Citation
from ui.show import document_html, escape, to_html

LISTED = 200  # documents listed by title; thousands of buttons would help nobody

WELCOME = (
    '<div class="welcome"><h2>What would you like to know?</h2>'
    "<p>The answer is made of sentences from the documents, word for word. The number after each "
    "leads to its place in the source.</p></div>"
)

_views = count(1)


def masthead(documents: int) -> str:
    """The name of the page, and the way to the list of documents."""
    return (
        '<div class="masthead"><h1>Ibid</h1>'
        "<p>Every sentence of the answer is a quotation you can check.</p>"
        f'<button type="button" data-open="-1">{_plural(documents, "document")}</button></div>'
    )


def conversation(answers: Sequence[Answer]) -> str:
    """Questions and their answers, oldest first; `data-turn` counts them from 0."""
    turns = "".join(_turn(i, answer) for i, answer in enumerate(answers)) or WELCOME
    return f'<div class="turns" role="log" aria-label="Conversation">{turns}</div>'


def _turn(i: int, answer: Answer) -> str:
    return (
        f'<article class="turn" data-turn="{i}">'
        f'<h2 class="question" dir="auto">{escape(answer.question)}</h2>'
        f"{_count(answer)}{to_html(answer)}</article>"
    )


def _count(answer: Answer) -> str:
    """How much is quoted; nothing when the documents do not answer."""
    if not answer:
        return ""
    sources = len({c.document for c in answer.citations})
    quoted = _plural(len(answer.citations), "quotation")
    return f'<p class="count">{quoted} from {_plural(sources, "source")}</p>'


def refusal(reason: str) -> str:
    """One line above the question box: what was wrong and what to do."""
    line = reason[:1].upper() + reason[1:]
    return f'<p class="refused" role="alert">{escape(line)}</p>'


def source(document: Document, citations: Sequence[Citation], active: int | None) -> str:
    """The whole document, what is cited marked; `active` is the number of the one to look at."""
    known = (document.meta.get(key, "") for key in ("author", "publisher", "date"))
    about = " · ".join(f"<bdi>{escape(x)}</bdi>" for x in (*known, document.source) if x)
    title = escape(document.title)
    return _sheet(
        f'<h2 dir="auto">{title}</h2><p class="about">{about}</p>',
        f'<div class="text" role="document" tabindex="0" dir="auto" aria-label="{title}">'
        f"{document_html(document, citations, active)}</div>",
    )


def library(documents: Sequence[Document], failures: Sequence[Failure]) -> str:
    """The documents by title, and the files that could not be read."""
    rows = "".join(_row(i, document) for i, document in enumerate(documents[:LISTED]))
    more = len(documents) - LISTED
    rest = f'<p class="more">and {more:,} more</p>' if more > 0 else ""
    unread = "".join(
        f'<li><bdi class="file">{escape(f.source)}</bdi> {escape(f.reason)}</li>'
        for f in failures[:LISTED]
    )
    failed = f'<h3>Could not be read</h3><ul class="unread">{unread}</ul>' if unread else ""
    return _sheet(
        f"<h2>{_plural(len(documents), 'document')}</h2>",
        f'<div class="text list"><ul>{rows}</ul>{rest}{failed}</div>',
    )


def _row(i: int, document: Document) -> str:
    return (
        f'<li><button type="button" data-open="{i}"><bdi>{escape(document.title)}</bdi>'
        f'<bdi class="file">{escape(document.source)}</bdi></button></li>'
    )


def _sheet(head: str, body: str) -> str:
    """The panel beside the conversation, on a small screen a sheet over it.

    Each has a number of its own, or the browser would not see that the same one was asked for
    again, and would not scroll to it again.
    """
    return (
        f'<section class="sheet" data-view="{next(_views)}" aria-label="Source"><header>'
        '<button type="button" class="close" aria-label="Back to the conversation">Close</button>'
        f"{head}</header>{body}</section>"
    )


def _plural(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
