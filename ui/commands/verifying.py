"""The command `ibid verify`: what was kept of answers, held against the documents it quotes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index import CitationError, DocumentError
from ui import terminal
from ui.commands.options import FAILED, Documents
from ui.show import visible

if TYPE_CHECKING:
    from rag import Verdict


def verify(
    answer: Annotated[
        str,
        typer.Argument(
            metavar="A.json", help='What `ask --json` printed, or a table; "-" is stdin.'
        ),
    ],
    documents: Documents = None,
) -> None:
    """Check every quotation of an answer or a table against the documents.

    Prints for each: holds, changed or document missing. The exit code is 0 only if all hold.
    In a table "[3.1]" is the first quotation for its third question.

    \b
    Examples:
      ibid verify answer.json
      ibid ask "When does the lease end?" -d ~/contracts --json | ibid verify - -d ~/contracts
    """
    from rag.proof import Status, read_documents, verify as check

    given = _read_answer(answer)
    known, failures = read_documents(documents)
    terminal.tell_failures(failures)
    verdicts = check(given, known, failures)
    width = max((len(v.status.value) for v in verdicts), default=0)
    lines = [
        f"[{_name(v)}] {v.status.value:<{width}}  {visible(f'{v.source}: {v.detail}')}"
        for v in verdicts
    ]
    terminal.result("\n".join(lines) or "There is no quotation in this answer.")
    if any(v.status is not Status.HOLDS for v in verdicts):
        raise typer.Exit(FAILED)


def _name(verdict: Verdict) -> str:
    return f"{verdict.question}.{verdict.number}" if verdict.question else str(verdict.number)


def _read_answer(name: str) -> Mapping[str, Any]:
    """The JSON of an answer, from a file or, for "-", from stdin.

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
