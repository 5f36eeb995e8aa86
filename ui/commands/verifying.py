"""The command `ibid verify`: what was kept of answers, held against the documents it quotes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index import CitationError, DocumentError
from ui import show, terminal
from ui.commands.options import FAILED, MOVED, Documents
from ui.commands.output import require_writable, write_whole

if TYPE_CHECKING:
    from rag import Verdict
    from ui.show import CheckedFile

SUFFIXES = (".html", ".json", ".md")


def verify(
    answers: Annotated[
        list[str],
        typer.Argument(
            metavar="A.json...",
            help="What `ask --json` printed, a table, or a conversation; several at once; "
            '"-" is stdin.',
        ),
    ],
    documents: Documents = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="FILE", help="Write a report as .html, .json or .md, too."
        ),
    ] = None,
    renewed: Annotated[
        Path | None,
        typer.Option(
            "--renew", metavar="FILE", help="Write what stands, cut anew, as .json; of one A.json."
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            metavar="REPORT",
            help="Leave out what an earlier --json of this command says already.",
        ),
    ] = None,
) -> None:
    """Hold the quotations of saved answers against the documents as they are now.

    Prints for each: it holds (the same place of the same file), has moved (word for word
    elsewhere: further down, in a file of another name), has changed (what is most like
    it is shown, [-was-]{+is+}), is gone, or its document is missing. In a table or a
    conversation "[3.1]" is the first quotation for its third question.

    \b
    Exit codes:
      0  every quotation holds          1  one changed, is gone or missing; or an error
      4  all stand, and some moved      2  wrong usage

    \b
    Examples:
      ibid verify answer.json
      ibid ask "When does the lease end?" -d ~/contracts --json | ibid verify - -d ~/contracts
      ibid verify answer.json -d ~/contracts --renew renewed.json
      ibid verify answers/*.json -d ~/contracts --json > today.json
      ibid verify answers/*.json -d ~/contracts --since last-week.json --out report.html
    """
    from rag.proof import Status, questions_of, read_documents, renew, verify as check

    if out is not None:
        require_writable(out, SUFFIXES)
    if renewed is not None:
        require_writable(renewed, (".json",), "--renew")
    if renewed is not None and len(answers) > 1:
        raise typer.BadParameter("--renew writes one answer; give one A.json")
    given = []
    for name in answers:  # what is no answer is told before the documents are read
        data = _read_json(name)
        with _of(name, answers):
            given.append((name, data, questions_of(data)))
    before = _read_json(str(since)) if since is not None else None
    if before is not None:
        _news((), before, str(since))  # what is no report is told before the documents are read
    current = read_documents(documents)
    terminal.tell_failures(current.failures)
    files = []
    for name, data, questions in given:
        with _of(name, answers):
            files.append(show.CheckedFile(name, questions, check(data, current)))
            if renewed is not None:
                made = renew(data, current)
                write_whole(renewed, f"{show.json_text(made.data)}\n")
                _tell_left_out(made.left_out, renewed)
    shown = files if before is None else _news(files, before, str(since))
    if out is not None:
        write_whole(out, _report(shown, out))
    if as_json:
        terminal.result(show.json_text(show.verdicts_json(shown)))
    elif shown:
        terminal.result(show.verdicts_text(shown, color=terminal.is_colored()))
    else:
        terminal.result("Nothing is other than it was.")
    states = {verdict.status for file in shown for verdict in file.verdicts}
    if not all(state.stands for state in states):
        raise typer.Exit(FAILED)
    if Status.MOVED in states:
        raise typer.Exit(MOVED)


@contextmanager
def _of(name: str, answers: Sequence[str]) -> Iterator[None]:
    """Of several answers an error says which one it is of."""
    try:
        yield
    except CitationError as exc:
        raise CitationError(f"{name}: {exc}" if len(answers) > 1 else str(exc)) from exc


def _report(files: Sequence[CheckedFile], out: Path) -> str:
    match out.suffix.lower():
        case ".html":
            return show.verdicts_html(files)
        case ".md":
            return show.verdicts_markdown(files)
        case _:
            return f"{show.json_text(show.verdicts_json(files))}\n"


def _tell_left_out(left_out: Sequence[Verdict], renewed: Path) -> None:
    if left_out:
        names = ", ".join(f"[{verdict.name}]" for verdict in left_out)
        terminal.tell(f"{show.visible(str(renewed))} is without {names}")


def _news(
    files: Sequence[CheckedFile], before: Mapping[str, Any], name: str
) -> Sequence[CheckedFile]:
    try:
        return show.news(files, before)
    except (KeyError, TypeError, AttributeError) as exc:
        raise CitationError(
            f"{name} is no report; give --since what `ibid verify --json` printed"
        ) from exc


def _read_json(name: str) -> Mapping[str, Any]:
    """The JSON of a file or, for "-", of stdin.

    Raises DocumentError when it cannot be read and CitationError when it is no answer's JSON.
    """
    remedy = "give what `ibid ask --json` printed"
    try:
        data = json.loads(terminal.stdin() if name == "-" else Path(name).read_bytes())
    except OSError as exc:
        raise DocumentError(f"cannot read {name}: {exc.strerror or exc}; {remedy}") from exc
    except (ValueError, RecursionError) as exc:
        raise CitationError(f"{name} is not JSON; {remedy}") from exc
    if not isinstance(data, Mapping):
        raise CitationError(f"{name} is not an answer; {remedy}")
    return data
