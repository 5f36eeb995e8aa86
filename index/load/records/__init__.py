"""JSON and JSON lines: a document a record, or one table where the records have no text.

Libraries parse (json, PyYAML, tomllib, lxml); none makes text of the values. markitdown gives a
file as it stands: of labelled cells none in XML and INI, 29% in YAML
(`python -m benchmarks.libraries`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.errors import UnreadableDocument
from index.failures import Failure
from index.load.decode import decode
from index.load.formats import Parsed
from index.load.records.json_values import parse
from index.load.records.records import (
    TEXT_FIELD,
    Bad,
    Record,
    comments,
    record_of,
    texts,
    texts_of,
)

__all__ = ["NAME", "TEXT_FIELD", "VERSION", "comments", "read", "texts_of"]

NAME = "records"
VERSION = 6


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """A text for each record, or one for the whole; all that is said stands in one, with its label.

    The field that holds a record's text is named in `known`, or found. What else is said briefly
    becomes title, author, date, publisher and language, too.
    """
    decoded = decode(data, source)
    if not decoded.strip():
        return
    found = _lines(decoded) if source.lower().endswith((".jsonl", ".ndjson")) else []
    if any(isinstance(one, Record) for one in found):
        yield from texts(found, source, known)
        return
    try:
        value = parse(decoded)
    except ValueError as exc:
        lines = found or _lines(decoded)
        if found or (len(lines) > 1 and isinstance(lines[0], Record)):  # under another name
            yield from texts(lines, source, known)
            return
        raise UnreadableDocument(
            f"{source}: this is not valid JSON ({exc}); correct it, or save it as .txt"
        ) from exc
    yield from texts_of(value, source, known)


def _lines(text: str) -> list[Record | Bad]:
    found: list[Record | Bad] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(record_of(number, parse(line)))
        except ValueError as exc:
            why = str(exc).removeprefix("line 1, ")
            found.append(Bad(number, f"line {number} is not JSON ({why}); correct it"))
    return found
