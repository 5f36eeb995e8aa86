"""The commands that ask: `ibid ask`, and `ibid chat` in the browser or in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from ui import terminal
from ui.commands.options import NOT_ANSWERED, PERHAPS, Documents, Kind, Out, kind_named, listing
from ui.commands.output import ANSWERS, answer_file, require_writable, write_whole
from ui.show import count, visible


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help='"-" reads it from stdin.')],
    documents: Documents = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: quotations, offsets, sha256.")
    ] = False,
    max_sentences: Annotated[
        int, typer.Option(min=1, metavar="N", help="Quote at most this many sentences.")
    ] = 4,
    read_as: Annotated[
        Kind | None,
        typer.Option(
            "--as",
            metavar="KIND",
            help="Read the question as one for a fact, list, count, overview, comparison or "
            "viewpoints. [default: as its words say]",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Then list what was read, and why it is not quoted.")
    ] = False,
    out: Out = None,
) -> None:
    """Answer one question with quotations.

    A folder is indexed when it is first asked about, and again when its files change.

    \b
    Exit codes:
      0  answered, or replied  2  wrong usage, or a question that cannot be asked
      3  not in the documents  1  another error, told in one line
      4  perhaps answered: what is quoted may be no answer

    \b
    Examples:
      ibid ask "What does the ENFORCE Act do?"
      ibid ask "When does the lease end?" --documents ~/contracts
      ibid ask "Which projects does Mei run?" --as count --documents ~/office
      ibid ask "Who wrote it?" --json > answer.json && ibid verify answer.json
      ibid ask "Who wrote it?" --out answer.docx
      ibid ask -- "-5 degrees: where was it that cold?"
    """
    from rag.query import check_question
    from ui.commands.annotating import opened

    if explain and as_json:
        raise typer.BadParameter("--explain prints a table; leave out --json")
    if out is not None:
        if as_json or explain:
            raise typer.BadParameter("--out writes a file; leave out --json and --explain")
        require_writable(out, ANSWERS)
    question = check_question(terminal.stdin() if question == "-" else question)
    kind = kind_named(read_as) if read_as else None
    with opened(documents) as engine:
        answer = engine.ask(question, max_sentences=max_sentences, kind=kind)
        if out is not None:
            write_whole(out, answer_file(answer, out.suffix))
            terminal.result(f"{visible(str(out))}: {count(len(answer.citations), 'quotation')}")
        else:
            terminal.answer(answer, as_json=as_json, listing=listing(documents), switch="--as fact")
        if explain:
            terminal.candidates(answer)
    if not answer and answer.reply is None:
        raise typer.Exit(PERHAPS if answer.perhaps else NOT_ANSWERED)


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
        from ui.commands.repl import converse
        from ui.progress import open_engine

        converse(open_engine(documents), listing(documents))
        return
    from ui.server import serve

    serve(documents, host, port, open_browser, allow_host or (), trusted_proxy or ())
