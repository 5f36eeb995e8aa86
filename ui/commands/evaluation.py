"""The command `ibid eval`: asks, judges, and prints the table and the misses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index import StorageError
from ui import terminal
from ui.commands.options import FAILED, Documents
from ui.progress import open_engine, progress
from ui.show import count, json_text, report_text

if TYPE_CHECKING:
    from rag import Report
    from rag.evaluation import GoldenQuestion


def evaluate(
    questions: Annotated[
        str, typer.Argument(metavar="QUESTIONS.jsonl", help='One question a line; "-" is stdin.')
    ],
    documents: Documents = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: the figures and every answer.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write that JSON to a file as well.", show_default=False),
    ] = None,
    at_least: Annotated[
        float | None,
        typer.Option(
            min=0, max=100, metavar="PERCENT", show_default=False,
            help="Exit with 1 when fewer of all questions are right.",
        ),
    ] = None,
) -> None:  # fmt: skip
    """Measure the answers to questions of your own.

    Each line of the file is a JSON object with "question" and "expected": a quote
    from the documents, a list of quotes of which one is enough, or "none" where
    the documents do not answer and Ibid should abstain. "any" is met by any
    answer; "unexpected", with "expected" or instead, is what must not be quoted.
    "source" may name the document that the quotes come from, "id" the question.

    \b
      {"question": "When does the lease end?", "expected": "ends on 31 March 2027"}
      {"question": "Who owns the neighbouring house?", "expected": "none"}

    An expected quote counts as quoted when a cited sentence and a place where it
    stands in the documents share at least half of the characters of the shorter
    one: when one holds the other, for instance. Letters and digits are compared;
    case, white space, punctuation and Markdown do not matter. A quote that is not
    in the documents is an error of the file: it is told apart, and not counted.

    \b
    Exit codes:
      0  measured              2  wrong usage, or a file of questions with an error
      1  less than --at-least, nothing to count, or another error

    \b
    Examples:
      ibid eval questions.jsonl --documents ~/contracts
      ibid eval questions.jsonl -d ~/contracts --report report.json --at-least 80
    """
    if not run(questions, documents, as_json=as_json, report=report, at_least=at_least):
        raise typer.Exit(FAILED)


def run(
    name: str,
    documents: Sequence[Path] | None = None,
    *,
    as_json: bool = False,
    report: Path | None = None,
    at_least: float | None = None,
) -> bool:
    """Ask the questions of the file `name` ("-": stdin), and print the table, or JSON.

    The JSON is also written to the file `report`. Returns whether at least `at_least` percent
    were right; what is missing is told on stderr. Raises QuestionError for a file of questions
    that cannot be used, StorageError when `report` cannot be written, and what `Engine.open`
    raises.
    """
    questions = _questions(name)
    if report is not None:
        _write(report, "", mode="a")  # not after an hour of asking
    from rag.evaluation import examine

    engine = open_engine(documents)
    with progress(intro=f"Asking {count(len(questions), 'question')}.") as tell:
        measured = examine(engine, questions, progress=tell)
    written = json_text(measured.to_dict()) if as_json or report is not None else ""
    if report is not None:
        _write(report, f"{written}\n")
    terminal.result(written if as_json else report_text(measured, width=terminal.width()))
    return _reached(measured, at_least)


def _questions(name: str) -> tuple[GoldenQuestion, ...]:
    from rag.evaluation import parse_questions, read_questions

    if name != "-":
        return read_questions(name)
    return parse_questions(terminal.stdin().encode("utf-8", "surrogateescape"), "stdin")


def _write(file: Path, text: str, mode: str = "w") -> None:
    try:
        with file.open(mode, encoding="utf-8") as stream:
            stream.write(text)
    except OSError as exc:
        raise StorageError(
            f"cannot write {file}: {exc.strerror or exc}; choose another --report"
        ) from exc


def _reached(measured: Report, at_least: float | None) -> bool:
    right = measured.shares["right"]
    if right.value is None:
        terminal.tell(
            "nothing to count: no quote of the file is in the documents; is --documents right?"
        )
        return False
    if at_least is None or 100 * right.count >= at_least * right.total:
        return True
    terminal.tell(
        f"{right.count:,} of {right.total:,} are right, {100 * right.value:.1f}%: "
        f"less than --at-least {at_least:g}"
    )
    return False
