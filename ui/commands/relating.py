"""The command `ibid related`: what says the same as a quotation, adds to it, or goes against it."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.commands.gathering import AsJson, AsMarkdown, check_ways, give
from ui.commands.options import Documents, Out


def related(
    quotation: Annotated[
        str,
        typer.Argument(metavar="QUOTATION", help="Words of it, or its place as SOURCE:LINE."),
    ],
    documents: Documents = None,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
    out: Out = None,
) -> None:
    """Tell what elsewhere says the same as a quotation, adds to it, or goes against it.

    The quotation is given by words of it, as they stand in a document, or by its place, as `ibid
    ask` prints it. At most three statements each; what is not clearly related is not told.

    \b
    Exit codes:
      0  told                              2  wrong usage, or nothing stands there
      3  nothing is clearly related        1  another error, told in one line

    \b
    Examples:
      ibid related "The real bottleneck isn't the model"
      ibid related minutes.md:12 -d ~/minutes
      ibid related "two weeks' notice" -d ~/contracts --markdown > notice.md
      ibid related notes.md:3 -d ~/minutes --json > r.json && ibid verify r.json -d ~/minutes
    """
    from ui.commands.annotating import opened

    check_ways(as_json, as_markdown, out)
    with opened(documents) as engine:
        give(engine.related(quotation), documents, as_json, as_markdown, out)
