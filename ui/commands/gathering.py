"""`ibid timeline`, `who` and `questions`: what all documents say by dates, names, questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui import terminal
from ui.commands.options import NOT_ANSWERED, Documents, Out, listing
from ui.commands.output import ANSWERS, answer_file, require_writable, write_whole
from ui.show import count, visible

if TYPE_CHECKING:
    from rag import Answer

Topic = Annotated[
    str,
    typer.Argument(
        metavar="[TOPIC]", help="Only what is about this. [default: all]", show_default=False
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, as `ibid ask --json` does.")]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Print Markdown.")]


def timeline(
    topic: Topic = "",
    documents: Documents = None,
    since: Annotated[
        str, typer.Option("--from", metavar="DATE", help="As 2019, 2019-05 or 2019-05-31.")
    ] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="The same.")] = "",
    most: Annotated[
        int, typer.Option(min=1, metavar="N", help="Quote at most this many sentences.")
    ] = 100,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """Tell what documents date, in the order of the dates.

    Every sentence that states a day, a month, a year or the like, under its date. What is dated
    from the document's own date ("last week") is said to be.

    \b
    Exit codes:
      0  told                2  wrong usage, or no date
      3  nothing is dated    1  another error, told in one line

    \b
    Examples:
      ibid timeline
      ibid timeline -d ~/minutes --from 2024 --until 2025-06
      ibid timeline "heat pumps" -d ~/minutes --markdown > heat-pumps.md
      ibid timeline -d ~/minutes --json > dates.json && ibid verify dates.json -d ~/minutes
    """
    from rag.dates import between
    from ui.commands.annotating import opened

    check_ways(as_json, as_markdown, out)
    between(since, until)  # what is no date is told before a folder is indexed
    with opened(documents) as engine:
        answer = engine.timeline(topic, since=since, until=until, most=most)
        give(answer, documents, as_json, as_markdown, out)


Names = Literal["people", "organisations", "places", "products", "other names"]


def who(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]",
            help="Only whom or what is called so. [default: all]",
            show_default=False,
        ),
    ] = "",
    documents: Documents = None,
    kind: Annotated[
        Names | None,
        typer.Option(
            metavar="KIND",
            help="Only people, organisations, places, products or other names.",
            show_default=False,
        ),
    ] = None,
    most: Annotated[
        int, typer.Option(min=1, metavar="N", help="Tell at most this many names.")
    ] = 20,
    each: Annotated[
        int, typer.Option(min=1, metavar="N", help="Quote at most this many sentences of each.")
    ] = 3,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """Tell whom and what documents name, with what they say of each.

    People, organisations, places and products, those named most often first, under several
    spellings once. What is not clearly one of these is among the other names.

    \b
    Exit codes:
      0  told                  2  wrong usage
      3  nothing is named so   1  another error, told in one line

    \b
    Examples:
      ibid who
      ibid who "Jensen Huang" --each 10
      ibid who -d ~/minutes --kind people --most 50
      ibid who -d ~/minutes --json > who.json && ibid verify who.json -d ~/minutes
    """
    from rag import NameKind
    from ui.commands.annotating import opened

    check_ways(as_json, as_markdown, out)
    own = NameKind(kind) if kind is not None else None
    with opened(documents) as engine:
        answer = engine.who(name, kind=own, most=most, each=each)
        give(answer, documents, as_json, as_markdown, out)


def questions(
    topic: Topic = "",
    documents: Documents = None,
    most: Annotated[
        int, typer.Option("--top", min=1, metavar="N", help="Tell at most this many questions.")
    ] = 20,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """Tell what documents ask and answer, each question with its quotation.

    Questions that stand in the documents, in sentences and headings, and those made from their
    sentences; the same ones once, what most documents speak of first. Each is asked before it is
    told: none is there that is not answered.

    \b
    Exit codes:
      0  told                      2  wrong usage
      3  no question is answered   1  another error, told in one line

    \b
    Examples:
      ibid questions
      ibid questions "export controls" --top 5
      ibid questions -d ~/minutes --markdown > asked.md
      ibid questions -d ~/minutes --json > asked.json && ibid verify asked.json -d ~/minutes
    """
    from ui.commands.annotating import opened

    check_ways(as_json, as_markdown, out)
    with opened(documents) as engine:
        answer = engine.questions(topic, most=most)
        give(answer, documents, as_json, as_markdown, out)


def check_ways(
    as_json: bool, as_markdown: bool, out: Path | None, suffixes: tuple[str, ...] = ANSWERS
) -> None:
    """Raises BadParameter for several ways of giving it, and what `require_writable` raises."""
    if as_json + as_markdown + (out is not None) > 1:
        raise typer.BadParameter("--json, --markdown and --out are three ways; give one")
    if out is not None:
        require_writable(out, suffixes)


def give(
    answer: Answer,
    documents: list[Path] | None,
    as_json: bool,
    as_markdown: bool,
    out: Path | None,
    made: Callable[[], bytes] | None = None,
) -> None:
    """Print or write it, as it is `made` where a command knows how; Exit where there is nothing."""
    if out is not None:
        write_whole(out, answer_file(answer, out.suffix) if made is None else made())
        terminal.result(f"{visible(str(out))}: {count(len(answer.citations), 'quotation')}")
    else:
        terminal.answer(
            answer, as_json=as_json, as_markdown=as_markdown, listing=listing(documents)
        )
    if not answer:
        raise typer.Exit(NOT_ANSWERED)
