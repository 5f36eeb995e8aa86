"""What several commands share: `--documents`, kinds of question, exit codes, what is refused."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from rag import QuestionKind

FAILED, MISUSED, NOT_ANSWERED, KEPT = 1, 2, 3, 4
PERHAPS = 4  # of `ibid ask`, as KEPT is of those that index
MOVED = 4  # of `ibid verify`
BROKEN_PIPE = 128 + 13  # what a program gets that dies of SIGPIPE

Documents = Annotated[
    list[Path] | None,
    typer.Option(
        "--documents",
        "-d",
        metavar="PATH",
        help="A file or folder, each with a -d of its own, or an index made by `ibid index`. "
        "[default: the bundled articles]",
        show_default=False,
    ),
]

Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar="FILE",
        help="Write it to a file, by its suffix as .docx, .html, .json, .md or .txt. "
        "[default: print it]",
        show_default=False,
    ),
]

Kind = Literal["fact", "list", "count", "overview", "comparison", "viewpoints", "timeline"]
KINDS: tuple[str, ...] = get_args(Kind)


class Command(TyperCommand):
    """A command that refuses what is given twice: one of the two would be lost."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Raises BadParameter for such an option."""
        _, _, given = self.make_parser(ctx).parse_args(list(args))
        for option in given:
            single = not (getattr(option, "multiple", True) or getattr(option, "is_flag", True))
            if single and given.count(option) > 1:
                raise typer.BadParameter(f"{max(option.opts, key=len)} is given twice; give one")
        return super().parse_args(ctx, args)


def listing(documents: Sequence[Path] | None) -> str:
    """The command that lists what of the documents is not read; "" for the bundled articles."""
    from index import as_given

    paths = " ".join(shlex.quote(as_given(path)) for path in documents or ())
    return f"ibid status {paths} --files" if paths else ""


def kind_named(name: str) -> QuestionKind:
    """The kind of question that `Kind` calls so."""
    from rag import QuestionKind

    return QuestionKind[name.upper()]
