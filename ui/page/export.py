"""A conversation as one file: Markdown, Word, JSON, or HTML that holds its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from index import Document, installed_version
from rag.answers import Answer
from rag.citations import Citation
from ui.page.reader import known, numbered
from ui.show import (
    document_html,
    escape,
    escape_markdown,
    json_text,
    one_line,
    to_docx,
    to_html,
    to_markdown,
)

TITLE = "A conversation with Ibid"
STYLE = (Path(__file__).with_name("export.css")).read_text(encoding="utf-8")
# no script runs in it and nothing is loaded, wherever it is opened
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def conversation_markdown(answers: Sequence[Answer]) -> str:
    """Each question as a heading, its answer under it."""
    parts = [f"## {escape_markdown(one_line(a.question))}\n\n{to_markdown(a)}" for a in answers]
    return "\n\n".join([f"# {TITLE}", *parts]) + "\n"


def conversation_docx(answers: Sequence[Answer]) -> bytes:
    """A file of Word: the answers, numbered through, then where each quotation stands."""
    return to_docx(list(_renumbered(answers)), TITLE)


def conversation_json(answers: Sequence[Answer]) -> str:
    """All of it, to be opened and verified again."""
    return json_text({"format": 1, "answers": [answer.to_dict() for answer in answers]})


def conversation_html(answers: Sequence[Answer], title: str = TITLE) -> str:
    """One page: the answers, then every document they cite; each number leads to its place.

    Quotations are numbered through the whole conversation, so that each has one place.
    """
    renumbered = list(_renumbered(answers))
    cited = [c for answer in renumbered for c in numbered(answer)]
    documents = list(dict.fromkeys(c.document for c in cited))
    turns = "".join(
        f'<article><h2 dir="auto">{escape(a.question)}</h2>{to_html(a)}</article>'
        for a in renumbered
    )
    sources = "".join(_source(d, cited) for d in documents)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="content-security-policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
        f"<main><h1>{escape(title)}</h1>{turns}</main>"
        f'<section class="sources"><h1>Sources</h1>{sources}</section>'
        f"<footer>Quoted word for word by Ibid {installed_version()}.</footer></body></html>\n"
    )


def _renumbered(answers: Sequence[Answer]) -> Iterator[Answer]:
    """The answers, their quotations numbered on from one to the next."""
    number = 0
    for answer in answers:
        shifted = tuple(replace(c, number=c.number + number) for c in numbered(answer))
        groups = tuple(
            g._replace(numbers=tuple(n + number for n in g.numbers)) for g in answer.groups
        )
        pairs = tuple(p._replace(one=p.one + number, other=p.other + number) for p in answer.pairs)
        number += len(shifted)
        yield (
            replace(answer, citations=shifted, groups=groups, pairs=pairs)
            if answer.citations
            else replace(answer, closest=shifted)
        )


def _source(document: Document, cited: Sequence[Citation]) -> str:
    about = " · ".join(escape(fact) for fact in (*known(document), document.source) if fact)
    return (
        f'<article class="document"><h2 dir="auto">{escape(document.title)}</h2>'
        f'<p class="about">{about}<br>text sha256 {document.id}</p>'
        f'<div class="text" dir="auto">{document_html(document, cited)}</div></article>'
    )
