"""The command `ibid table`: the same questions asked of each document, as a table."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui import terminal
from ui.commands.options import Documents, require_writable, write_file
from ui.progress import open_engine, progress
from ui.show import count, json_text, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rag import AnswerTable, Engine, TableColumn

SUFFIXES = (".xlsx", ".csv", ".html", ".json", ".md")


def table(
    questions: Annotated[
        str, typer.Argument(metavar="QUESTIONS.txt", help='One question a line; "-" is stdin.')
    ],
    documents: Documents = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="Write the table to a file, by its suffix as .xlsx, .csv, .html, .json or .md. "
            "[default: print it]",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Ask the same questions of each document.

    The answers are a table: a row a document, a column a question. Each cell is the best
    quotation of that document alone, with its place and how sure it is that it answers,
    or "not found". A line of the file that begins with "#" is a
    remark. A question may name its kind in brackets: of [date], [amount] and [party]
    what is asked for is cut out of the quotation, where it is clear, and [yes/no] says
    yes, no or depends.

    \b
      # what we ask of every lease
      [date] When does the lease end?
      [amount] How much is the deposit?
      [yes/no] May the tenant keep a dog?

    Cells that are done are kept: after Ctrl-C, or whatever else ended it, the same
    command goes on where it was. A FILE that exists is replaced.

    \b
    Exit codes:
      0  made                  2  wrong usage, or a file of questions with an error
      1  another error, told in one line

    \b
    Examples:
      ibid table questions.txt --documents ~/contracts
      ibid table questions.txt -d ~/contracts --out table.xlsx
      ibid table questions.txt -d ~/contracts -o table.json
      ibid verify table.json -d ~/contracts
    """
    from rag.table import fill, require_cells

    columns = _columns(questions)
    if out is not None:
        require_writable(out, SUFFIXES)
    engine = open_engine(documents)
    require_cells(engine, columns)
    asked = f"{count(len(columns), 'question')} of {count(len(engine.documents), 'document')}"
    try:
        with progress(intro=f"Asking {asked}.") as tell:
            made = fill(engine, columns, progress=tell)
    except KeyboardInterrupt:
        terminal.tell("stopped; the same command goes on with what is done")
        raise
    if out is None:
        from ui.show import to_lines

        terminal.result(to_lines(made, width=terminal.width()))
        return
    write_file(out, _as_bytes(made, out, _links(engine, out) if documents else {}))
    terminal.result(f"{visible(str(out))}: {asked}, {_counted(made)}")


def _columns(name: str) -> tuple[TableColumn, ...]:
    from rag.table import parse_columns, read_columns

    if name != "-":
        return read_columns(name)
    return parse_columns(terminal.stdin().encode("utf-8", "surrogateescape"), "stdin")


def _as_bytes(made: AnswerTable, out: Path, links: Mapping[str, str]) -> bytes:
    from ui import show

    match out.suffix.lower():
        case ".xlsx":
            return show.to_xlsx(made, links)
        case ".csv":
            text = show.to_csv(made)
        case ".html":
            text = show.to_html_table(made)
        case ".md":
            text = show.to_markdown_table(made)
        case _:
            text = f"{json_text(made.to_dict())}\n"
    return text.encode("utf-8", "surrogatepass")


def _links(engine: Engine, out: Path) -> dict[str, str]:
    """Where the file of each document lies, as seen from the folder of the table."""
    folder, paths = out.parent.resolve(), engine.paths
    files = {d.source: paths.get(d.source.partition("#")[0]) for d in engine.documents}
    return {source: os.path.relpath(path, folder) for source, path in files.items() if path}


def _counted(made: AnswerTable) -> str:
    """How many cells are found, perhaps found, and not found."""
    found = Counter(
        "not found" if not a.citations else "perhaps found" if a.perhaps else "found"
        for a in made.answers
    )
    return ", ".join(f"{found[what]:,} {what}" for what in ("found", "perhaps found", "not found"))
