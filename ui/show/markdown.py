"""An Answer as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
    named_of,
    noted_of,
    nothing_of,
    pairs_of,
    read_as_of,
    related_to_of,
    tally_of,
    trail_of,
)
from ui.show.plain import visible

if TYPE_CHECKING:
    from rag.answers import Answer
    from rag.citations import Citation


def to_markdown(answer: Answer) -> str:
    """CommonMark: each quotation as a block quote with its [n], its source under it.

    The labels of groups are headings of the third level.
    """
    if answer.reply:
        lines = [
            (line[:2] == "- ", visible(line.removeprefix("- "))) for line in answer.reply.lines
        ]
        return "\n".join(f"{'- ' if item else ''}{escape_markdown(words)}" for item, words in lines)
    heads = (related_to_of, asked_as_of, named_of, read_as_of, tally_of, pairs_of)
    blocks = [escape_markdown(head(answer)) for head in heads]
    blocks += [PERHAPS] if answer.perhaps else []
    for label, citations in groups_of_answer(answer):
        blocks.append(f"### {escape_markdown(label)}" if label else "")
        blocks += [
            _markdown_citation(c, f" [{c.number}]", beside_line(answer, c.number))
            for c in citations
        ]
        blocks.append("" if citations or not label else nothing_of(answer))
    if not answer.citations:
        blocks += map(escape_markdown, abstention_lines(answer))
        blocks.append(CLOSEST if answer.closest else "")
        blocks += [_markdown_citation(c, "") for c in answer.closest]
    return "\n\n".join(filter(None, blocks))


def _markdown_citation(citation: Citation, mark: str, beside: str = "") -> str:
    context = context_of(citation)
    title, *headings = map(escape_markdown, trail_of(citation))
    also, more = also_of(citation)
    blocks = [
        f"(before it: {escape_markdown(context)})" if context else "",
        _quoted(citation) + mark,
        f"{' › '.join([f'**{title}**', *headings])} ({_code(visible(citation.place))})",
        f"{ALSO_IN} {', '.join(map(_code, also))}{more}" if also else "",
        escape_markdown(noted_of(citation)),
        escape_markdown(beside),
    ]
    return "\n\n".join(filter(None, blocks))


def _quoted(citation: Citation) -> str:
    """A block quote, all members of a list in it."""
    lines = [(line.mark, escape_markdown("".join(line.pieces))) for line in lines_of(citation)]
    quoted = [f"> {mark} {words}" if mark else f"> {words}" for mark, words in lines]
    if citation.members and not lines[0][0]:
        quoted.insert(1, ">")  # a list begins after an empty line
    return "\n".join(quoted)


def escape_markdown(line: str) -> str:
    """One line with everything that Markdown or HTML would act on escaped."""
    line = re.sub(r"([\\`*_\[\]{}|~$])", r"\\\1", line)
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"^(\d*)([#+\-=.)])", r"\1\\\2", line)


def _code(text: str) -> str:
    """A code span, fenced by more backticks than the text has in a row."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"`{text}`" if fence == "`" else f"{fence} {text} {fence}"
