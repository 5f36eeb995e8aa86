"""An Answer as text for a terminal or a pipe. Pure functions: they print and serve nothing.

Documents, file names and questions are not trusted. Each format neutralises them in its own way:
no escape sequence reaches a terminal, no markup a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.kinds import QuestionKind
from ui.show.abstaining import abstention_lines
from ui.show.phrases import (
    ALSO_IN,
    CLOSEST,
    PERHAPS,
    also_of,
    asked_as_of,
    beside_line,
    context_of,
    groups_of_answer,
    lines_of,
    members_left,
    named_of,
    noted_of,
    nothing_of,
    pairs_of,
    read_as_of,
    related_to_of,
    tally_of,
    trail_of,
)
from ui.show.plain import one_line, visible, wrap

if TYPE_CHECKING:
    from rag.answers import Answer
    from rag.citations import Citation

_BOLD, _DIM, _CYAN, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[0m"


def to_text(
    answer: Answer,
    *,
    color: bool = False,
    width: int | None = None,
    listing: str = "",
    switch: str = "",
) -> str:
    """For a terminal: each quotation with its [n], then where it stands.

    `color` adds ANSI colours; `width` wraps to that many characters, None leaves each
    quotation on one line. `listing` is the command that lists what is not read; `switch` has a
    question read as one for a fact that was read as another kind.
    """
    if answer.reply:
        return "\n".join(
            wrap(line, width, "", "  " if line[:2] == "- " else "")
            for line in map(visible, answer.reply.lines)
        )
    read_as = read_as_of(answer)
    read_as += f" ({switch}: {QuestionKind.FACT.value})" if read_as and switch else ""
    heads = (
        related_to_of(answer),
        asked_as_of(answer),
        named_of(answer),
        read_as,
        tally_of(answer),
        pairs_of(answer),
    )
    blocks = [wrap(said, width) for said in heads if said]
    blocks += [wrap(PERHAPS, width)] if answer.perhaps else []
    for label, citations in groups_of_answer(answer):
        blocks.append(_painted(wrap(label, width), _BOLD, color))
        blocks += [
            _text_citation(c, f"[{c.number}]", color, width, beside_line(answer, c.number))
            for c in citations
        ]
        blocks.append("" if citations or not label else nothing_of(answer))
    if not answer.citations:
        said = abstention_lines(answer)
        if listing and answer.not_read:
            said[-1] += f"; see each: {listing}"
        blocks.append("\n".join(wrap(line, width) for line in said))
        blocks.append(CLOSEST if answer.closest else "")
        blocks += [_text_citation(c, "", color, width) for c in answer.closest]
    return "\n\n".join(filter(None, blocks))


def _text_citation(
    citation: Citation, mark: str, color: bool, width: int | None, beside: str = ""
) -> str:
    def paint(text: str, style: str) -> str:
        return _painted(text, style, color)

    context = context_of(citation)
    also, more = also_of(citation)
    noted = noted_of(citation)
    lines = [
        paint(wrap(f"(before it: {context})", width), _DIM) if context else "",
        *_quoted(citation, mark, color, width),
        paint(wrap(" › ".join(trail_of(citation)), width, "    ", "    "), _DIM),
        "    " + paint(visible(citation.place), _CYAN),  # not wrapped: it is copied and clicked
        paint(wrap(f"{ALSO_IN} {', '.join(also)}{more}", width, "    ", "    "), _DIM)
        if also
        else "",
        paint(wrap(noted, width, "    ", "    "), _DIM) if noted else "",
        paint(wrap(beside, width, "    ", "    "), _BOLD) if beside else "",
    ]
    return "\n".join(filter(None, lines))


def _painted(text: str, style: str, color: bool) -> str:
    return f"{style}{text}{_RESET}" if color and text else text


def _quoted(citation: Citation, mark: str, color: bool, width: int | None) -> Iterator[str]:
    """The words, a member of a list to a line, and the [n] behind the last of them."""

    def bold(text: str) -> str:
        return _painted(text, _BOLD, color)

    lines = lines_of(citation)
    left = members_left(citation)
    shown = lines[: len(lines) - left]
    for number, line in enumerate(shown, 1):
        before, behind = f"  {line.mark} " if line.mark else "", " " * (len(line.mark) + 3)
        end = mark if number == len(shown) and not left else ""
        full = f"{''.join(line.pieces)} {end}".rstrip()
        quote = wrap(full, width, before, behind if line.mark else "")
        words, at = quote[: len(before)], len(before)
        for i, piece in enumerate(line.pieces):
            taken = _reach(quote, at, len(piece))
            words += bold(quote[at:taken]) if i % 2 else quote[at:taken]
            at = taken
        rest = quote[at:]
        yield words + rest.removesuffix(end) + (bold(end) if end else "")
    if left:
        yield f"    … and {left:,} more {bold(mark)}".rstrip()


def _reach(wrapped: str, at: int, count: int) -> int:
    """Where `count` characters of the line end that was wrapped: an indent is none of them."""
    for _ in range(count):
        indent = re.match(r"\n +", wrapped[at:])
        at += indent.end() if indent else 1
    return at


def in_place(answer: Answer, citation: Citation, *, width: int | None = None) -> str:
    """A quotation between » and « in the passage it was found in, and what proves it."""
    document, passages = citation.document, [hit.passage for hit in answer.hits]
    around = next(
        (p for p in passages if p.document == document and p.start <= citation.start < p.end),
        citation,
    )
    before = document.text[around.start : citation.start]
    shown = f"{before}»{citation.quote}«{document.text[citation.end : around.end]}"
    lines = [
        wrap(one_line(shown), width),
        wrap(" › ".join(trail_of(citation)), width, "    ", "    "),
        f"    {visible(citation.place)}, characters {citation.start:,} to {citation.end:,}",
        f"    text sha256 {document.id[:16]}…",
    ]
    return "\n".join(lines)
