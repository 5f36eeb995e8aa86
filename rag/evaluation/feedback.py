"""What a person says of an answer, kept as questions that `ibid eval` asks again."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from filelock import FileLock

from index import Document, QuestionError, Span, cache, storage_errors, word_count
from rag.answers import Answer
from rag.evaluation.places import Locator, Place, overlaps
from rag.evaluation.questions import ANY, NONE
from rag.query import check_question

LONGEST = 2000  # characters of a note, and of a quote: its first sentences say which it is
FEWEST_WORDS = 3  # a shorter note ("not so") stands in many a document by chance


def feedback_file() -> Path:
    """Where feedback is kept: `feedback.jsonl` in IBID_HOME, which `ibid cache clear` spares."""
    return cache.home() / "feedback.jsonl"


def record(
    answer: Answer, right: bool, note: str, file: Path, documents: Sequence[Document] = ()
) -> dict[str, Any]:
    """Append a judgement of `answer`, with a word of why, to `file`; returns what was written.

    What was quoted rightly is expected from now on, what was quoted wrongly unexpected; after a
    wrong abstention any answer is expected. A note to a wrong one that is itself a quote, from
    `documents` or those that were looked at, says which. Raises QuestionError when the question or
    the quotations have no words to be known by, StorageError when the file cannot be written.
    """
    case = {
        "id": uuid4().hex,
        "question": check_question(answer.looked_for),
        **_expectation(answer, right, note, documents),
        "note": note.strip()[:LONGEST],
        "judged": "right" if right else "wrong",
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    # half a character becomes an escape, which JSON knows as well
    line = json.dumps(case, ensure_ascii=False).encode("utf-8", "backslashreplace")
    with storage_errors("write the feedback to", file):
        _append(file, line + b"\n")
    return case


def _expectation(
    answer: Answer, right: bool, note: str, documents: Sequence[Document]
) -> dict[str, Any]:
    """What is expected of the next answer to the question, as `questions` reads it."""
    if right:
        return {"expected": _quotes(answer) if answer.citations else NONE}
    better = {"expected": note.strip()[:LONGEST]} if _is_better(answer, note, documents) else {}
    if answer.citations:
        return {**better, "unexpected": _quotes(answer)}
    return better or {"expected": ANY}


def _quotes(answer: Answer) -> list[str]:
    quotes = [c.quote[:LONGEST] for c in answer.citations]
    kept = [quote for quote in quotes if any(map(str.isalnum, quote))]
    if not kept:
        raise QuestionError("there is no word in these quotations; nothing can be kept of them")
    return kept


def _is_better(answer: Answer, note: str, documents: Sequence[Document]) -> bool:
    """Whether the note is a quote from the documents, and from nowhere that was quoted."""
    words = note.strip()[:LONGEST]
    if word_count(words) < FEWEST_WORDS or not any(map(str.isalnum, words)):
        return False
    seen = [hit.passage.document for hit in answer.hits]
    cited = [c.document for c in (*answer.citations, *answer.closest)]
    known = {d.id: d for d in (*documents, *seen, *cited)}
    places = Locator([*known.values()]).places(words)
    return bool(places) and not any(_is_quoted(place, answer) for place in places)


def _is_quoted(place: Place, answer: Answer) -> bool:
    return any(
        place.document == c.document and overlaps(place.span, Span(c.start, c.end))
        for c in answer.citations
    )


def _append(file: Path, line: bytes) -> None:
    """Write one line whole, or nothing of it."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(f"{file}.lock", mode=0o600):
        handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(handle).st_size
            if size and os.pread(handle, 1, size - 1) != b"\n":
                line = b"\n" + line  # someone's editor left the last line open
            try:
                if os.write(handle, line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, size)  # half a line would spoil the file for `ibid eval`
                raise
        finally:
            os.close(handle)
