"""The conversation: each question with its answer, and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from index import Query
from rag.answers import Answer
from rag.citations import Citation
from rag.composers import COMPOSERS
from rag.kinds import QuestionKind
from ui.page.evidence import differences, x_ray
from ui.page.frame import WELCOME, attributes, button, fresh, to_ask
from ui.page.reader import numbered
from ui.page.related import relating
from ui.show import count, escape, to_html, to_text

SURE = (
    (0.7, "confident"),
    (0.4, "fairly confident"),
    (0.0, "not very confident"),
)
AROUND = 160  # characters before and after a quotation, in its preview


@dataclass(frozen=True)
class ShownTurn:
    """An answer as the page shows it: how long it took, whether its quotations were verified.

    `number` counts the questions of its conversation in the order in which they were asked;
    `rephrasings` are questions near one that was not answered, which are; `judged` is "right",
    "wrong" or "".
    """

    answer: Answer
    seconds: float = 0.0
    verified: bool = False
    number: int = 0
    rephrasings: tuple[str, ...] = ()
    judged: str = ""


def conversation(turns: Sequence[ShownTurn], at: int | None = None) -> str:
    """Questions and their answers, oldest first; `data-turn` counts them from 0.

    Turn `at` is scrolled to, None means the last one.
    """
    shown = "".join(_turn(i, turn) for i, turn in enumerate(turns)) or WELCOME
    view = f'data-view="{fresh()}"' + ("" if at is None else f' data-at="{at}"')
    return f'<div class="turns" role="log" aria-label="Conversation" {view}>{shown}</div>'


def _turn(i: int, turn: ShownTurn) -> str:
    answer = turn.answer
    fact = f" {_as_kind(i, QuestionKind.FACT)}"
    advice = "" if answer.citations else _advice(i, turn)
    said = to_html(answer, advice=advice, switch=fact, under=relating(i))
    return (
        f'<article class="turn" data-turn="{i}">'
        f'<h2 class="question" dir="auto">{escape(answer.question)}</h2>'
        f"{_count(turn)}{said}{differences(answer)}{_previews(i, answer)}"
        f"{_tools(i, turn)}{x_ray(answer)}</article>"
    )


def _count(turn: ShownTurn) -> str:
    """How much is quoted and how sure that is; of an abstention, how much was looked at."""
    answer = turn.answer
    if answer.reply:
        return ""
    took = f"{max(1, round(turn.seconds * 1000)):,} ms"
    if not answer.citations:
        return f'<p class="count">{count(len(answer.hits), "passage")} read, {took}</p>'
    sources = len({c.document for c in answer.citations})
    quoted = count(len(answer.citations), "quotation")
    proof = ", verified" if turn.verified else ""
    word = next(word for least, word in SURE if answer.confidence >= least)
    word = "perhaps" if answer.perhaps else word
    tip = f"{answer.confidence:.0%}: the calibrated probability that the best quotation answers"
    return (
        f'<p class="count">{quoted} from {count(sources, "source")}{proof}, {took} '
        f'<span class="sure" tabindex="0" role="note" aria-label="{word}: {tip}" '
        f'data-tip="{tip}">{word}</span></p>'
    )


def _advice(i: int, turn: ShownTurn) -> str:
    """In an abstention: the documents left out, what was looked for, what would be answered."""
    answer = turn.answer
    left_out = answer.scope is not None and answer.scope.left_out > 0
    others = button("include", "Ask all documents", turn=i) if left_out else ""
    asked = Query(answer.looked_for).words(answer.language).asked
    words = ", ".join(dict.fromkeys(word for word, _ in asked))
    looked = f'<p class="looked">Looked for: {escape(words)}.</p>' if words else ""
    return f"{looked}{others}{_rephrasings(turn)}"


def _rephrasings(turn: ShownTurn) -> str:
    if not turn.rephrasings:
        return ""
    return f'<div class="rephrase"><p>The documents do answer:</p>{to_ask(turn.rephrasings)}</div>'


def _as_kind(i: int, kind: QuestionKind) -> str:
    """A button that asks the question of a turn again, read as one of this kind."""
    return button("read", f"as {kind.value}", turn=i, kind=kind.name.lower())


def _other_kinds(i: int, answer: Answer) -> str:
    """The kinds that a question can be read as, but for the one that it was."""
    kinds = (kind for kind in COMPOSERS if kind is not answer.kind)
    buttons = "".join(_as_kind(i, kind) for kind in kinds)
    return f'<details class="kinds"><summary>Read it</summary>{buttons}</details>'


def _previews(i: int, answer: Answer) -> str:
    """For each number, the quotation among the words around it; the script shows it at a number."""
    shown = "".join(
        f'<p id="preview-{i}-{c.number}" data-number="{c.number}" dir="auto">{_preview(c)}</p>'
        for c in numbered(answer)
    )
    return f'<div class="previews" hidden>{shown}</div>'


def _preview(citation: Citation) -> str:
    text = citation.document.text
    start = max(0, citation.start - AROUND)
    before, after = text[start : citation.start], text[citation.end : citation.end + AROUND]
    if start:
        before = "…" + before.partition(" ")[2]
    if citation.end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return f"{escape(before)}<b>{escape(citation.quote)}</b>{escape(after)}"


def _tools(i: int, turn: ShownTurn) -> str:
    """What can be done with an answer."""
    answer = turn.answer
    if answer.reply:
        return ""
    parts = [
        button(
            "copy", "Copy", label="Copy the answer", text=f"{answer.question}\n\n{to_text(answer)}"
        ),
        button("link", "Link", label="Copy a link to this question", q=quote(answer.question)),
        button("retry", "Ask again", turn=i),
        button("edit", "Edit", label="Edit this question", turn=i),
    ]
    if answer.asked_of:
        parts.append(button("include", "Ask all documents", turn=i))
    if answer.asked_as:
        parts.append(button("typed", "Ask it as typed", turn=i))
    kinds = _other_kinds(i, answer)
    return f'<div class="tools">{"".join(parts)}{kinds}{_judge(i, turn)}</div>'


def _judge(i: int, turn: ShownTurn) -> str:
    """Right or wrong, and then a word about it."""
    pressed = "".join(
        f'<button type="button" class="verdict" data-verdict="{verdict}" '
        f'aria-pressed="{"true" if turn.judged == verdict else "false"}">{word}</button>'
        for verdict, word in (("right", "Right"), ("wrong", "Wrong"))
    )
    return (
        f'<span class="judge">{pressed}</span>'
        f'<form class="word" hidden{attributes({"do": "judge", "turn": i})}>'
        '<input type="text" name="note" maxlength="1000" aria-label="A word about it" '
        'placeholder="A word about it, or the sentence that would have been right">'
        "<button>Save</button></form>"
    )
