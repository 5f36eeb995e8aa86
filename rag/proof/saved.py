"""What was saved: answers, tables and conversations as JSON, which nothing proves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from index import CitationError, Span

FORMAT = 1
_MOST, _LONGEST = 50, 20_000  # headings and what is leaned on: how many, and characters of all
_LARGEST = 10**9
_BESIDE = 200  # characters that are looked at on each side of a quotation


@dataclass(frozen=True, slots=True)
class SavedQuotation:
    """A citation as JSON has it; `entry` is all of it.

    `leans_on` is None where it was saved by a version that did not keep it, `headings` are () where
    they are not known. `at` is None where the offsets are none. Raises ValueError, TypeError or
    KeyError where it is no citation.
    """

    entry: Mapping[str, Any]
    number: int
    source: str
    quote: str
    at: Span | None
    headings: tuple[str, ...]
    leans_on: tuple[str, ...] | None
    prefix: str
    suffix: str
    also: tuple[str, ...]

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> SavedQuotation:
        """The citation of an entry."""
        start, end, quote = entry["start"], entry["end"], entry["quote"]
        is_one = type(start) is int and type(end) is int and isinstance(quote, str) and quote
        leans_on, number = entry.get("leans_on"), int(entry["number"])
        if not -_LARGEST < number < _LARGEST:
            raise ValueError("no quotation has such a number")
        return cls(
            entry,
            number,
            str(entry["source"]),
            quote if isinstance(quote, str) else "",
            Span(start, end) if is_one else None,
            _texts(entry.get("headings", ())),
            None if leans_on is None else _texts(leans_on),
            str(entry.get("prefix", ""))[-_BESIDE:],
            str(entry.get("suffix", ""))[:_BESIDE],
            tuple(map(str, entry.get("also", ()))),
        )

    def text(self, name: str) -> str:
        """A field that is a text."""
        return str(self.entry[name])


def _texts(given: Any) -> tuple[str, ...]:
    """Some texts; a text alone would be taken apart."""
    if isinstance(given, str):
        raise TypeError("a text stands where texts should")
    texts = tuple(map(str, given))
    if len(texts) > _MOST or sum(map(len, texts)) > _LONGEST:
        raise ValueError("more stands around a quotation than Ibid writes")
    return texts


class SavedAnswer(NamedTuple):
    """An answer as JSON has it, and its place: the numbers of its row and question, or 0.

    `cell` is that of the table around it, `of` the one source that it may quote.
    """

    data: Mapping[str, Any]
    question: int = 0
    row: int = 0
    cell: Mapping[str, Any] | None = None
    of: str = ""

    @property
    def citations(self) -> list[SavedQuotation]:
        """Those that are shown."""
        return [SavedQuotation.of(entry) for entry in self.data["citations"]]


def answers_in(data: Mapping[str, Any]) -> Iterator[SavedAnswer]:
    """The answers of an answer, a table, row by row, or a conversation."""
    if data["format"] != FORMAT:
        raise ValueError(f"format {data['format']!r}, not {FORMAT}")
    if "rows" in data:
        for row, given in enumerate(data["rows"], 1):
            for question, cell in enumerate(given["cells"], 1):
                yield SavedAnswer(cell["answer"], question, row, cell, str(given["source"]))
    elif "answers" in data:
        for question, answer in enumerate(data["answers"], 1):
            yield SavedAnswer(answer, question)
    else:
        yield SavedAnswer(data)


def is_saved(data: Any) -> bool:
    """Whether JSON looks like an answer, a table or a conversation of this program."""
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        return False
    parts = (("question", "citations"), ("columns", "rows"), ("answers",))
    return any(all(name in data for name in names) for names in parts) and "counts" not in data


def questions_of(data: Mapping[str, Any]) -> list[str]:
    """The questions, as they are numbered: one of an answer.

    Raises CitationError where it is none.
    """
    with telling():
        if "rows" in data:
            return [str(column["question"]) for column in data["columns"]]
        return [str(answer.data["question"]) for answer in answers_in(data)]


@contextmanager
def telling() -> Iterator[None]:
    """Raises what is wrong with the JSON as CitationError."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as exc:
        what = f"{exc!r}" if len(f"{exc!r}") < 200 else type(exc).__name__
        raise CitationError(f"this is not an answer written by `ibid ask --json`: {what}") from exc
