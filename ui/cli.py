"""The command `ibid`, put together of `ui.commands`. Results go to stdout, the rest to stderr.

Whatever is heavy is imported inside the command that needs it: `ibid ask` starts fast.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from index import DISTRIBUTIONS, IbidError, QuestionError, installed_version
from ui import terminal
from ui.commands import (
    BROKEN_PIPE,
    FAILED,
    MISUSED,
    Command,
    about,
    ask,
    brief,
    cache_app,
    chat,
    evaluate,
    index,
    questions,
    related,
    remove,
    status,
    table,
    timeline,
    verify,
    who,
)


class _CommandGroup(TyperGroup):
    """Commands whose known errors end in one line on stderr and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except IbidError as exc:
            terminal.tell(str(exc))
            raise typer.Exit(MISUSED if isinstance(exc, QuestionError) else FAILED) from exc
        except BrokenPipeError as exc:
            raise typer.Exit(BROKEN_PIPE) from exc


app = typer.Typer(
    cls=_CommandGroup,
    name="ibid",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(cache_app, name="cache")


def main() -> None:
    """Run the command line; never returns."""
    terminal.prepare()
    if _is_over_another():
        terminal.tell(
            f"{' and '.join(DISTRIBUTIONS)} are installed over one another; remove both, and "
            f"install one of them: pip uninstall -y {' '.join(DISTRIBUTIONS)}"
        )
        sys.exit(FAILED)
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        # what is computed in threads is ended first; a second Ctrl-C would break into that
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _version(asked: bool) -> None:
    if not asked:
        return
    version = installed_version()
    terminal.result(f"ibid {version}" if version else "ibid, not installed")
    raise typer.Exit


def _is_over_another() -> bool:
    """Whether two distributions of these very files are installed: each would remove the other's.

    Looked for by their folders, since to read all metadata would take longer than to answer.
    """
    return len(list(Path(__file__).parents[1].glob("ibid_qa*.dist-info"))) > 1


@app.callback()
def ibid(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_version, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Ask your documents. Every sentence of the answer is a quotation you can check.

    \b
    Examples:
      ibid ask "What does the ENFORCE Act do?"
      ibid ask "When does the lease end?" --documents ~/contracts
      ibid chat
    """


app.command(cls=Command)(ask)
app.command(cls=Command)(about)
app.command(cls=Command)(chat)
app.command(cls=Command)(brief)
app.command(cls=Command)(timeline)
app.command(cls=Command)(who)
app.command(cls=Command)(questions)
app.command(cls=Command)(related)
app.command(cls=Command)(table)
app.command(cls=Command)(index)
app.command(cls=Command)(remove)
app.command(cls=Command)(status)
app.command(cls=Command)(verify)
app.command("eval", cls=Command)(evaluate)
