"""The command `ibid`. Results go to stdout, everything else to stderr.

Whatever is heavy is imported inside the command that needs it: `ibid ask` starts fast.
"""

from __future__ import annotations

import signal
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from index import IbidError, QuestionError
from ui import terminal
from ui.commands import (
    BROKEN_PIPE,
    FAILED,
    MISUSED,
    NOT_ANSWERED,
    Command,
    Documents,
    evaluate,
    index,
    listing,
    remove,
    status,
)
from ui.show import size, visible


class _Group(TyperGroup):
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
    cls=_Group,
    name="ibid",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
cache_app = typer.Typer(invoke_without_command=True)
app.add_typer(cache_app, name="cache")


def main() -> None:
    """Run the command line; never returns."""
    terminal.prepare()
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
    from importlib.metadata import PackageNotFoundError, version

    try:
        terminal.result(f"ibid {version('ibid-qa')}")
    except PackageNotFoundError:
        terminal.result("ibid, not installed")
    raise typer.Exit


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


@app.command(cls=Command)
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help='"-" reads it from stdin.')],
    documents: Documents = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: quotations, offsets, sha256.")
    ] = False,
    max_sentences: Annotated[
        int, typer.Option(min=1, metavar="N", help="Quote at most this many sentences.")
    ] = 4,
    explain: Annotated[
        bool, typer.Option("--explain", help="Then list what was read, and why it is not quoted.")
    ] = False,
) -> None:
    """Answer one question with quotations.

    A folder is indexed when it is first asked about, and again when its files change.

    \b
    Exit codes:
      0  answered              2  wrong usage, or a question that cannot be asked
      3  not in the documents  1  another error, told in one line

    \b
    Examples:
      ibid ask "What does the ENFORCE Act do?"
      ibid ask "When does the lease end?" --documents ~/contracts
      ibid ask "Who wrote it?" --json > answer.json && ibid verify answer.json
      ibid ask -- "-5 degrees: where was it that cold?"
    """
    from rag.query import check_question
    from ui.progress import open_engine

    if explain and as_json:
        raise typer.BadParameter("--explain prints a table; leave out --json")
    question = check_question(terminal.stdin() if question == "-" else question)
    engine = open_engine(documents)
    answer = engine.ask(question, max_sentences=max_sentences)
    terminal.answer(answer, as_json=as_json, listing=listing(documents))
    if explain:
        terminal.candidates(answer)
    if not answer:
        raise typer.Exit(NOT_ANSWERED)


@app.command(cls=Command)
def chat(
    documents: Documents = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(min=0, max=65535, metavar="N", help="The next free one is taken when busy."),
    ] = 7860,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in a browser.")
    ] = True,
    in_terminal: Annotated[
        bool, typer.Option("--terminal", help="Talk here instead; no page is opened.")
    ] = False,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A further name that the page answers to; repeatable."),
    ] = None,
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS", help="A proxy whose X-Forwarded-* headers count; repeatable."
        ),
    ] = None,
) -> None:
    """Open the chat page, or talk in the terminal.

    Questions and answers, and the documents beside them. A question that leans on the ones
    before it ("Why?", "And how expensive is it?") is completed from them, and the answer says
    how. It stays on this machine: only `--host` lets others in.

    \b
    Examples:
      ibid chat
      ibid chat --documents ~/contracts --port 8000
      ibid chat --terminal
      ibid chat --host 192.168.1.20 --allow-host ibid.example.org
    """
    if in_terminal:
        from ui.commands import converse
        from ui.progress import open_engine

        converse(open_engine(documents), listing(documents))
        return
    from ui.server import serve

    serve(documents, host, port, open_browser, allow_host or (), trusted_proxy or ())


app.command("index", cls=Command)(index)
app.command("remove", cls=Command)(remove)
app.command("status", cls=Command)(status)


@app.command(cls=Command)
def verify(
    answer: Annotated[
        str, typer.Argument(metavar="A.json", help='What `ask --json` printed; "-" is stdin.')
    ],
    documents: Documents = None,
) -> None:
    """Check every quotation of an answer against the documents.

    Prints for each: holds, changed or document missing. The exit code is 0 only if all hold.

    \b
    Examples:
      ibid verify answer.json
      ibid ask "When does the lease end?" -d ~/contracts --json | ibid verify - -d ~/contracts
    """
    from rag.proof import Status, read_documents, verify as check
    from ui.commands import read_answer

    given = read_answer(answer)
    known, failures = read_documents(documents)
    terminal.tell_failures(failures)
    verdicts = check(given, known, failures)
    width = max((len(v.status.value) for v in verdicts), default=0)
    lines = [
        f"[{v.number}] {v.status.value:<{width}}  {visible(f'{v.source}: {v.detail}')}"
        for v in verdicts
    ]
    terminal.result("\n".join(lines) or "There is no quotation in this answer.")
    if any(v.status is not Status.HOLDS for v in verdicts):
        raise typer.Exit(FAILED)


app.command("eval", cls=Command)(evaluate)


@cache_app.callback()
def cache(ctx: typer.Context) -> None:
    """Show what Ibid keeps on this machine; `clear` deletes it.

    What it lists can be made again; feedback beside it cannot, and stays. The folder is named by
    IBID_HOME when that is set.

    \b
    Examples:
      ibid cache
      ibid cache clear
    """
    if ctx.invoked_subcommand:
        return
    from index import cache as kept

    entries = kept.entries()
    lines = [f"{size(e.size_bytes):>12}  {e.kind:<7}  {visible(e.name)}" for e in entries]
    total = size(sum(e.size_bytes for e in entries))
    terminal.result("\n".join([*lines, f"{total:>12}  in {visible(str(kept.home()))}"]))


@cache_app.command()
def clear() -> None:
    """Delete all indexes and encoders in the cache."""
    from index import cache as kept

    terminal.result(f"freed {size(kept.clear())}")
