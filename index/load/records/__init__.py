"""JSON and JSON lines: a document a record, or one table where the records have no text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from index.errors import UnreadableDocument
from index.failures import Failure
from index.load import text as plain
from index.load.aside import with_aside
from index.load.decode import decode
from index.load.formats import Parsed
from index.load.records.fields import id_field, named_field, said_of, text_field
from index.load.records.json_values import Fields, Number, fields, parse, records_in
from index.load.writer import Writer
from index.types import BlockKind

NAME = "records"
VERSION = 4
TEXT_FIELD = "text_field"  # in `known`: what the field with the text is called

_NAMED = 20  # records that are named when they cannot be read; the rest are counted


class _Record(NamedTuple):
    number: int  # from 1; in JSON lines that of the line
    fields: Fields


class _Bad(NamedTuple):
    number: int
    reason: str


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """A text for each record; the field that holds it is named in `known`, or found.

    What else is said briefly becomes title, author, date, publisher and language. Records without
    a text are the rows of one text.
    """
    decoded = decode(data, source)
    if not decoded.strip():
        return
    named = known.get(TEXT_FIELD, "")
    whole, found = _found(decoded, source, named)
    records = [one for one in found if isinstance(one, _Record)]
    bad = [one for one in found if isinstance(one, _Bad)]
    field = _field(records, named, source)
    if field:
        texts, empty = _texts(records, field, whole)
        yield from texts
        bad += empty
    elif records:
        yield _rows(records, whole)
    yield from _failures(sorted(bad), source)


def _field(records: Sequence[_Record], named: str, source: str) -> str:
    values = [record.fields for record in records]
    if not named or not records:
        return text_field(values)
    if field := named_field(values, named):
        return field
    present = islice(dict.fromkeys(name for record in values for name in record), _NAMED)
    raise UnreadableDocument(
        f"{source}: no record has the field {named}, which {TEXT_FIELD} names; there are "
        f"{', '.join(' '.join(name.split()) for name in present)}"
    )


def _found(text: str, source: str, named: str) -> tuple[bool, list[_Record | _Bad]]:
    """Whether the whole is one record, and the records."""
    as_lines = source.lower().endswith((".jsonl", ".ndjson"))
    if as_lines:
        lines = _lines(text)
        if any(isinstance(one, _Record) for one in lines):
            return False, lines
    try:
        value = parse(text)
    except ValueError as exc:
        lines = _lines(text)
        if len(lines) > 1 and isinstance(lines[0], _Record):  # JSON lines under another name
            return False, lines
        if as_lines:
            return False, lines
        raise UnreadableDocument(
            f"{source}: this is not valid JSON ({exc}); correct it, or save it as .txt"
        ) from exc
    records = records_in(value, named)
    if records is None:
        return True, [_record(1, value)]
    return False, [_record(number, one) for number, one in enumerate(records, 1)]


def _lines(text: str) -> list[_Record | _Bad]:
    found: list[_Record | _Bad] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(_record(number, parse(line)))
        except ValueError as exc:
            why = str(exc).removeprefix("line 1, ")
            found.append(_Bad(number, f"line {number} is not JSON ({why}); correct it"))
    return found


def _record(number: int, value: Any) -> _Record | _Bad:
    """A bare string is a record that says nothing but its text."""
    said = fields({"text": value} if isinstance(value, str) else value)
    if said and isinstance(value, dict | str) and not isinstance(value, Number):
        return _Record(number, said)
    return _Bad(number, f"record {number} has no fields with text in them; remove it")


def _texts(records: Sequence[_Record], field: str, whole: bool) -> tuple[list[Parsed], list[_Bad]]:
    """The text of each record, and the records that have none."""
    ids = id_field([record.fields for record in records])
    full = [record for record in records if field in record.fields]
    texts = []
    for record in full:
        part = "" if whole else f"#{record.fields[ids][0] if ids else record.number}"
        texts.append(_text(record.fields, field, part))
    empty = [r.number for r in records if field not in r.fields]
    return texts, [
        _Bad(n, f"record {n} has no text in {field}; fill it or remove it") for n in empty
    ]


def _text(record: Fields, field: str, part: str) -> Parsed:
    meta = said_of(record, field)
    body = "\n\n".join(record[field])
    writer = Writer()
    if meta["title"] != " ".join(body.strip().partition("\n")[0].split()):
        writer.add(meta["title"], BlockKind.HEADING, level=1)
    writer.keep(body, plain.blocks(body))
    parsed = writer.parsed(meta, part)._replace(title=meta["title"])
    return with_aside(parsed, (one for own in (record, *record.values()) for one in own))


def _rows(records: Sequence[_Record], whole: bool) -> Parsed:
    """Each record as a row with its names; of a lone object each field is a row."""
    writer = Writer()
    for record in records:
        cells = [
            f"{' '.join(name.split())}: {', '.join(' '.join(one.split()) for one in said)}"
            for name, said in record.fields.items()
        ]
        if not whole:
            writer.page(f"record {record.number}")
        for row in cells if whole else ["; ".join(cells)]:
            writer.add(row, BlockKind.ROWS)
    return writer.parsed()


def _failures(bad: Sequence[_Bad], source: str) -> Iterator[Failure]:
    for number, reason in bad[:_NAMED]:
        part = f"{source}#{number}"
        yield Failure(part, f"{part}: {reason}")
    if len(bad) > _NAMED:
        more = len(bad) - _NAMED
        why = f"{more} more records could not be read; correct them"
        yield Failure(source, f"{source}: {why}", partly=True)
