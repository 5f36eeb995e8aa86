"""The command `ibid about`: what documents say, in their own sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui import terminal
from ui.commands.options import NOT_ANSWERED, listing


def about(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="Files and folders, or an index. [default: the bundled articles]",
            show_default=False,
        ),
    ] = None,
    topic: Annotated[
        str, typer.Option(metavar="WORDS", help="Only what they say about this.")
    ] = "",
    sentences: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Quote at most this many sentences. [default: 5 of a document, 12 of several]",
            show_default=False,
        ),
    ] = None,
    with_guide: Annotated[
        bool,
        typer.Option(
            "--guide", help="Of one document also its numbers, names, open questions, outline."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, as `ibid ask --json` does.")
    ] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
) -> None:
    """Tell what documents are about, in sentences that stand in them.

    Some sentences of each document, in its order, none said twice. Of very many documents some
    are chosen that speak for the others.

    \b
    Exit codes:
      0  told               2  wrong usage
      3  nothing about it   1  another error, told in one line

    \b
    Examples:
      ibid about
      ibid about ~/contracts/lease.pdf --sentences 3
      ibid about ~/contracts/lease.pdf --guide
      ibid about ~/papers --topic "vaccine safety" --markdown > overview.md
      ibid about ~/papers --json > overview.json && ibid verify overview.json -d ~/papers
    """
    from ui.progress import open_engine

    if as_json and as_markdown:
        raise typer.BadParameter("--json and --markdown are two formats; give one")
    engine = open_engine(files)
    if with_guide:
        if len(engine.documents) != 1 or topic or sentences:
            raise typer.BadParameter("--guide is of one document alone, and of all that it says")
        answer = engine.guide(engine.documents[0].id)
    else:
        answer = engine.overview(topic=topic, sentences=sentences)
    terminal.answer(answer, as_json=as_json, as_markdown=as_markdown, listing=listing(files))
    if not answer:
        raise typer.Exit(NOT_ANSWERED)
