"""The command `ibid brief`: the strongest statements of all documents, to be run every day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.gathering import AsJson, AsMarkdown, Topic, check_ways, give
from ui.commands.options import Documents
from ui.commands.output import ANSWERS

MAIL = ".eml"


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
    from rag.brief import first_day
    from ui.commands.annotating import opened
    from ui.show import newest, to_eml

    check_ways(as_json, as_markdown, out, tuple(sorted((*ANSWERS, MAIL))))
    first_day(since)  # what is no day is told before a folder is indexed
    with opened(documents) as engine:
        answer = engine.brief(topic, top=top, since=since)
        is_mail = out is not None and out.suffix.lower() == MAIL
        made = (lambda: to_eml(answer, newest(engine.changed))) if is_mail else None
        give(answer, documents, as_json, as_markdown, out, made)
