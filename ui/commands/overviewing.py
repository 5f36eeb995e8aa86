"""The command `ibid about`: what documents say, in their own sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui import terminal
from ui.commands.options import NOT_ANSWERED, Out, listing
from ui.commands.output import ANSWERS, answer_file, require_writable, write_whole
from ui.show import count, visible


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
            "--guide",
            help="Of each document why it matters, key points, numbers, names, open questions, "
            "outline.",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, as `ibid ask --json` does.")
    ] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    out: Out = None,
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
      ibid about ~/contracts --guide --out guides.docx
      ibid about ~/papers --topic "vaccine safety" --markdown > overview.md
      ibid about ~/papers --json > overview.json && ibid verify overview.json -d ~/papers
    """
    from ui.commands.annotating import opened

    if as_json + as_markdown + (out is not None) > 1:
        raise typer.BadParameter("--json, --markdown and --out are three ways; give one")
    if with_guide and (topic or sentences):
        raise typer.BadParameter("--guide is of all that a document says; leave out the others")
    if out is not None:
        require_writable(out, ANSWERS)
    with opened(files) as engine:
        if with_guide:
            answer = engine.guide(*(document.id for document in engine.documents))
        else:
            answer = engine.overview(topic=topic, sentences=sentences)
        if out is not None:
            write_whole(out, answer_file(answer, out.suffix))
            terminal.result(f"{visible(str(out))}: {count(len(answer.citations), 'quotation')}")
        else:
            terminal.answer(
                answer, as_json=as_json, as_markdown=as_markdown, listing=listing(files)
            )
    if not answer:
        raise typer.Exit(NOT_ANSWERED)
