"""The questions of an evaluation, each with what is expected, read from JSON lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import QuestionError
from rag.query import check_question, read_question_file

MAX_BYTES = 64 * 2**20
NONE = "none"  # what is expected when the documents do not answer
ANY = "any"  # when they do, whichever quotation says it
_LINE = '{"question": "…", "expected": "a quote from the documents"}'


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question and the quotes that answer it, any one of them by itself; none: abstain.

    `unexpected` are quotes that must not be quoted; where nothing is expected, that alone is
    asked for. `anything`: no quote is known, but there must be an answer. `source` names the
    document that the quotes come from, or is None for any document. `id` is what the file calls
    the question, or "line 7".
    """

    id: str
    line: int
    text: str
    expected: tuple[str, ...]
    source: str | None = None
    unexpected: tuple[str, ...] = ()
    anything: bool = False

    @property
    def conditional(self) -> bool:
        """Whether no answer is known, only what it must or must not be."""
        return not self.expected and (self.anything or bool(self.unexpected))


def read_questions(path: str | Path) -> tuple[GoldenQuestion, ...]:
    """The questions of a file; raises QuestionError when it cannot be read or used."""
    return parse_questions(read_question_file(path, MAX_BYTES), str(path))


def parse_questions(data: bytes, name: str) -> tuple[GoldenQuestion, ...]:
    """The questions in the bytes of a file, one JSON object a line; blank lines are passed over.

    "question" is needed, and "expected" (a quote, a list of quotes, "none" or "any") or
    "unexpected" (a quote or a list). "source" and "id" may be there; other keys are ignored.
    Raises QuestionError, which names the first line that is wrong.
    """
    if len(data) > MAX_BYTES:
        raise QuestionError(f"{name} is over {MAX_BYTES >> 20} MB; split the file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        before = data.count(b"\n", 0, exc.start)
        raise QuestionError(
            f"{name}, line {before + 1}: not UTF-8; save the file as UTF-8"
        ) from exc
    questions: dict[str, GoldenQuestion] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            question = _parse_question(line, number)
            if question.id in questions:
                first = questions[question.id].line
                raise QuestionError(f'the "id" {question.id!r} is that of line {first} too')
        except QuestionError as exc:
            raise QuestionError(f"{name}, line {number}: {exc}") from exc
        questions[question.id] = question
    if not questions:
        raise QuestionError(f"there is no question in {name}; write one a line: {_LINE}")
    return tuple(questions.values())


def _parse_question(line: str, number: int) -> GoldenQuestion:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as exc:
        raise QuestionError(
            f"not JSON ({exc.msg}, column {exc.colno}); write one object a line: {_LINE}"
        ) from exc
    except (ValueError, RecursionError) as exc:
        raise QuestionError(f"this JSON cannot be read; write one object a line: {_LINE}") from exc
    if not isinstance(row, Mapping):
        raise QuestionError(f"not a JSON object; write one a line: {_LINE}")
    if "question" not in row:
        raise QuestionError(f'"question" is missing; write {_LINE}')
    if not isinstance(row["question"], str):
        raise QuestionError('"question" is not a text')
    source = row.get("source")
    if source is not None and (not isinstance(source, str) or not source.strip()):
        raise QuestionError('"source" is not the name of a document')
    text = check_question(row["question"])
    return GoldenQuestion(
        _parse_id(row.get("id"), number), number, text, source=source, **_parse_wanted(row)
    )


def _parse_id(given: Any, number: int) -> str:
    if given is None:
        return f"line {number}"
    if isinstance(given, bool) or not isinstance(given, str | int) or not str(given).strip():
        raise QuestionError('"id" is neither a text nor a whole number')
    return str(given)


def _parse_wanted(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the answer must be: `expected`, `unexpected` and `anything` of a question."""
    unexpected = _parse_quotes(row["unexpected"], "unexpected") if "unexpected" in row else ()
    if "expected" not in row and not unexpected:
        raise QuestionError(f'"expected" is missing; write {_LINE}')
    given = row.get("expected", ANY)
    word = given.strip().lower() if isinstance(given, str) else ""
    if word == NONE and unexpected:
        raise QuestionError(f'"expected": "{NONE}" forbids every quote; leave out "unexpected"')
    return {
        "expected": () if word in (NONE, ANY) else _parse_quotes(given, "expected"),
        "unexpected": unexpected,
        "anything": word == ANY and "expected" in row,
    }


def _parse_quotes(given: Any, key: str) -> tuple[str, ...]:
    quotes = [given] if isinstance(given, str) else given
    if not isinstance(quotes, list) or not quotes or not all(isinstance(q, str) for q in quotes):
        words = f', "{NONE}" or "{ANY}"' if key == "expected" else ""
        raise QuestionError(f'"{key}" is not a quote, a list of quotes{words}')
    if not all(any(c.isalnum() for c in quote) for quote in quotes):
        raise QuestionError(f'a quote of "{key}" has no word in it')
    return tuple(dict.fromkeys(quotes))
