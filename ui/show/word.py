"""Answers as a file of Word: block quotes, and behind them where each stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from index import installed_version
from ui.show.abstaining import abstention_lines
from ui.show.paper import WordPaper
from ui.show.phrases import (
    ALSO_IN,
    CLOSEST,
    PERHAPS,
    also_of,
    asked_as_of,
    context_of,
    groups_of_answer,
    lines_of,
    named_of,
    noted_of,
    read_as_of,
    tally_of,
    trail_of,
)
from ui.show.plain import one_line, visible

if TYPE_CHECKING:
    from rag.answers import Answer
    from rag.citations import Citation

PROOF = (
    "Quoted word for word. What proves it is the JSON of the same answer, which ibid verify reads; "
    "this file can be changed by anybody."
)


def to_docx(answers: Sequence[Answer], title: str = "") -> bytes:
    """The answers one after another, and under "Sources" where each quotation stands.

    `title` stands at the top, the questions under it; without one, the question of the only answer.
    """
    paper = WordPaper(title or one_line(answers[0].question))
    for at, answer in enumerate(answers, 1):
        if title:
            paper.heading(one_line(answer.question), 1)
        _write(paper, answer, f"a{at}")
    cited = [(f"a{at}-{c.number}", c) for at, a in enumerate(answers, 1) for c in a.citations]
    if cited:
        paper.heading("Sources", 1)
        for anchor, citation in cited:
            paper.entry(anchor, proof_of(citation))
    paper.line(f"Ibid {installed_version() or ''}".rstrip() + f". {PROOF}", faint=True)
    return paper.to_bytes()


def _write(paper: WordPaper, answer: Answer, anchor: str) -> None:
    if answer.reply:
        for line in answer.reply.lines:
            paper.line(line)
        return
    for said in (asked_as_of(answer), named_of(answer), read_as_of(answer), tally_of(answer)):
        if said:
            paper.line(said, faint=True)
    if answer.perhaps:
        paper.line(PERHAPS)
    for label, citations in groups_of_answer(answer):
        if label:
            paper.heading(label, 2)
        for citation in citations:
            _write_citation(paper, citation, f"{anchor}-{citation.number}")
    if not answer.citations:
        for line in abstention_lines(answer):
            paper.line(line)
        if answer.closest:
            paper.line(CLOSEST)
        for citation in answer.closest:
            _write_citation(paper, citation, "")


def _write_citation(paper: WordPaper, citation: Citation, anchor: str) -> None:
    """The quotation with its number, where it may have one, and its source under it."""
    if context := context_of(citation):
        paper.line(f"(before it: {context})", faint=True)
    lines = lines_of(citation)
    for at, line in enumerate(lines, 1):
        pieces = [f"{line.mark} {line.pieces[0]}", *line.pieces[1:]] if line.mark else line.pieces
        number = citation.number if anchor and at == len(lines) else 0
        paper.quote(pieces, number=number, anchor=anchor, listed=bool(line.mark))
    for said in _where(citation):
        paper.source(said)


def _where(citation: Citation) -> Iterator[str]:
    yield f"{' › '.join(trail_of(citation))} ({visible(citation.place)})"
    also, more = also_of(citation)
    if also:
        yield f"{ALSO_IN} {', '.join(also)}{more}"
    if noted := noted_of(citation):
        yield noted


def proof_of(citation: Citation) -> str:
    """What proves a quotation: its place to the character, in a text that its sum names."""
    document = citation.document
    return (
        f"[{citation.number}] {one_line(document.title)}. {visible(citation.place)}, characters "
        f"{citation.start:,} to {citation.end:,}; text sha256 {document.id}"
    )
