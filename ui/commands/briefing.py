"""The command `ibid brief`: the strongest statements of all documents, to be run every day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.gathering import AsJson, AsMarkdown, Topic, check_ways, give
from ui.commands.options import Documents
from ui.commands.output import ANSWERS

if TYPE_CHECKING:
    from rag import Answer, Engine

MAIL = ".eml"
FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # of a mail about documents of no known date


def brief(
    topic: Topic = "",
    documents: Documents = None,
    since: Annotated[
        str,
        typer.Option(
            metavar="DAY|last",
            help="Mark what is new: in files changed since this day, as 2026-05-31, or since the "
            "last brief with --since last.",
            show_default=False,
        ),
    ] = "",
    top: Annotated[
        int, typer.Option(min=1, metavar="N", help="Quote at most this many statements.")
    ] = 10,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="Write it to a file, by its suffix as .docx, .eml, .html, .json, .md or .txt. "
            "[default: print it]",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Tell the strongest statements of documents, by subject, and mark what is new.

    Strong is what tells much of its own document, and what other documents support. The same
    documents give the same brief, to the byte, in every form.

    \b
    Exit codes:
      0  told                              2  wrong usage, or no day
      3  nothing is said, or nothing of it  1  another error, told in one line

    \b
    Examples:
      ibid brief
      ibid brief "heat pumps" -d ~/minutes --top 5 --markdown
      ibid brief -d ~/minutes --since last --out brief.eml
      ibid brief -d ~/minutes --json > brief.json && ibid verify brief.json -d ~/minutes
    """
    from ui.commands.annotating import opened

    check_ways(as_json, as_markdown, out, tuple(sorted((*ANSWERS, MAIL))))
    with opened(documents) as engine:
        answer = engine.brief(topic, top=top, since=since)
        is_mail = out is not None and out.suffix.lower() == MAIL
        made = (lambda: _mail(engine, answer)) if is_mail else None
        give(answer, documents, as_json, as_markdown, out, made)


def _mail(engine: Engine, answer: Answer) -> bytes:
    """It is of when the documents last changed: that is no matter of when it is made."""
    from ui.show import to_eml

    return to_eml(answer, max(engine.changed.values(), default=FIRST))
