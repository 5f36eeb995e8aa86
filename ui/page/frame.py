"""What stands around the conversation: the masthead, a refusal, the questions offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count as counting

from ui.show import count, escape

WELCOME = (
    '<div class="welcome"><h2>What would you like to know?</h2>'
    "<p>The answer is made of sentences from the documents, word for word. The number after each "
    "leads to its place in the source.</p></div>"
)

CLOSE = (
    '<button type="button" class="close" data-do="close" '
    'aria-label="Back to the conversation">Close</button>'
)

_views = counting(1)


def masthead(documents: int, chosen: int) -> str:
    """The name of the page, and what can be done with the whole conversation."""
    asked = count(documents, "document") if chosen == documents else f"{chosen:,} of {documents:,}"
    return (
        '<div class="masthead"><h1>Ibid</h1>'
        "<p>Every sentence of the answer is a quotation you can check.</p>"
        f'<button type="button" class="shelf" data-do="library">{asked}</button>'
        f"{button('table', 'Table', label='A table of the same questions of each document')}"
        f"{button('brief', 'Brief', label='The strongest statements')}"
        f"{button('timeline', 'Timeline', label='What is dated, in order')}"
        f"{button('who', 'Names', label='Who and what is named')}"
        f"{button('questions', 'Questions', label='What the documents ask and answer')}"
        '<details class="menu"><summary>Conversation</summary><div>'
        f"{button('new', 'New conversation')}"
        f"{button('export', 'Export as Markdown', form='md')}"
        f"{button('export', 'Export as HTML', form='html')}"
        f"{button('export', 'Export for Word', form='docx')}"
        f"{button('export', 'Export as JSON', form='json')}"
        '<label>Open a saved answer<input type="file" accept=".json"></label>'
        "</div></details></div>"
    )


def offers(lead: str, questions: Sequence[str]) -> str:
    """Questions that are answered, to be asked with one click; "" when there are none."""
    if not questions:
        return ""
    return (
        f'<section class="offers" aria-label="{escape(lead)}"><small>{escape(lead)}</small>'
        f"{to_ask(questions)}</section>"
    )


def to_ask(questions: Sequence[str]) -> str:
    """A list of questions; each is asked with one click."""
    asked = "".join(f"<li>{button('ask', q, question=q)}</li>" for q in questions)
    return f"<ul>{asked}</ul>"


def switch(completes: bool) -> str:
    """Whether follow-up questions are completed."""
    checked = " checked" if completes else ""
    return (
        f'<label class="switch"><input type="checkbox" data-do="complete"{checked}> '
        "Complete follow-up questions from the conversation</label>"
    )


def refusal(reason: str) -> str:
    """One line above the question box: what was wrong and what to do."""
    line = reason[:1].upper() + reason[1:]
    return f'<p class="refused" role="alert" data-view="{fresh()}">{escape(line)}</p>'


def note(words: str, *actions: tuple[str, str]) -> str:
    """One line above the question box that is no error; `actions` (do, label) can be taken."""
    buttons = "".join(f" {button(do, label)}" for do, label in actions)
    return f'<p class="note" role="status" data-view="{fresh()}">{escape(words)}{buttons}</p>'


def parcel(name: str, text: str, *, encoded: bool = False) -> str:
    """A file for the browser to save; `encoded` in base64 where it is no text."""
    how = " data-encoded" if encoded else ""
    return (
        f'<textarea hidden readonly data-name="{escape(name)}" data-view="{fresh()}"{how}>'
        f"{escape(text)}</textarea>"
    )


def button(do: str, words: str, *, label: str = "", **data: object) -> str:
    """A button that sends `do` and `data`; `label` is its accessible name where words are few."""
    named = f' aria-label="{escape(label)}"' if label else ""
    return f'<button type="button" data-do="{do}"{attributes(data)}{named}>{escape(words)}</button>'


def attributes(data: Mapping[str, object]) -> str:
    """`data-…` attributes."""
    return "".join(f' data-{name}="{escape(str(value))}"' for name, value in data.items())


def facts_html(facts: Iterable[str]) -> str:
    """What is known of a document, side by side; "" is what is not known."""
    return " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)


def fresh() -> int:
    """A number that no view had before.

    Without it the browser would not see that the same view was asked for again: it would neither
    scroll to it nor know that the question was answered.
    """
    return next(_views)
