"""Values to texts: a document a record where records have a text, else one of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from index.errors import UnreadableDocument
from index.failures import Failure
from index.language import word_count
from index.layout import find_title
from index.load.aside import with_aside
from index.load.formats import Parsed
from index.load.records.fields import (
    id_field,
    is_id,
    is_usual,
    named_field,
    places_in,
    said_of,
    text_field,
    title_field,
)
from index.load.records.json_values import Fields, fields, flat, words_in
from index.load.records.left_out import LeftOut
from index.load.records.prose import write_prose
from index.load.records.split import records_in
from index.load.records.talk import is_conversation
from index.load.records.tree import TreeWriter, joined, label_of
from index.load.writer import Writer
from index.types import BlockKind

TEXT_FIELD = "text_field"  # in `known`: what the field with the text is called

_NAMED = 20  # records that are named when they cannot be read; the rest are counted


class Record(NamedTuple):
    """A value that says something; `key` is what its object calls it."""

    number: int  # from 1; in JSON lines that of the line
    value: Any
    fields: Fields
    key: str = ""


class Bad(NamedTuple):
    """A record that cannot be read, and why."""

    number: int
    reason: str


def record_of(number: int, value: Any, key: str = "") -> Record | Bad:
    """A value as a record; a bare string is one that says nothing but its text."""
    said = fields({"text": value} if isinstance(value, str) else value)
    said = said or ({"": deep} if (deep := flat(value)) else {})
    if said:
        return Record(number, {"text": value} if isinstance(value, str) else value, said, key)
    return Bad(number, f"record {number} has no fields with text in them; remove it")


def texts_of(value: Any, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The texts of a value, whatever its file was written in.

    Raises UnreadableDocument where `known` names a field of the text that no record has.
    """
    named = known.get(TEXT_FIELD, "")
    split = records_in(value, named)
    if split is not None:
        keys = split.keys or [""] * len(split.values)
        pairs = enumerate(zip(split.values, keys, strict=True), 1)
        found = [record_of(number, one, key) for number, (one, key) in pairs]
        yield from texts(found, source, known, split.path, split.beside)
        return
    record = record_of(1, value)
    if isinstance(record, Bad):
        yield from _failures([record], source)
        return
    left = LeftOut()
    field = _named([record], named, source) if named else _main_field(record)
    yield _text(record, field, "", source, left)
    yield from left.failures(source)


def texts(
    found: Sequence[Record | Bad],
    source: str,
    known: Mapping[str, str],
    path: Sequence[str] = (),
    beside: Any = None,
) -> Iterator[Parsed | Failure]:
    """The texts of records; `path` leads to them in a file, and `beside` is what else it says."""
    records = [one for one in found if isinstance(one, Record)]
    named = known.get(TEXT_FIELD, "")
    left = LeftOut()
    if not named and is_conversation([record.value for record in records]):
        whole = Record(1, [record.value for record in records], {})
        yield _text(whole, "", "", source, left)
    elif field := _named(records, named, source) if named else _text_field(records):
        yield from _documents(records, field, path, source, left)
        if isinstance(rest := record_of(0, beside), Record):
            yield _text(rest, "", "", source, left)
    elif records:
        yield _rows(records, path, beside, source, left)
    yield from left.failures(source)
    yield from _failures([one for one in found if isinstance(one, Bad)], source)


def _fields(records: Sequence[Record]) -> Iterator[Fields]:
    return (record.fields for record in records)


def _text_field(records: Sequence[Record]) -> str:
    return text_field([*_fields(records)], [record.value for record in records])


def _named(records: Sequence[Record], named: str, source: str) -> str:
    values = [*_fields(records)]
    if not records or (field := named_field(values, named)):
        return field if records else ""
    present = islice(dict.fromkeys(name for record in values for name in record), _NAMED)
    raise UnreadableDocument(
        f"{source}: no record has the field {named}, which {TEXT_FIELD} names; there are "
        f"{', '.join(' '.join(name.split()) for name in present)}"
    )


def _main_field(record: Record) -> str:
    """The field that holds most of what a lone object says; "" where none does."""
    field = _text_field([record])
    said = sum(word_count(one) for one in record.fields.get(field, ()))
    return field if is_usual(field) and 2 * said >= words_in(record.value) else ""


def _documents(
    records: Sequence[Record], field: str, path: Sequence[str], source: str, left: LeftOut
) -> Iterator[Parsed]:
    """The text of each record, called by its key or its id, else by its number."""
    ids = id_field([*_fields(records)])
    keyed = all(is_id(record.key) for record in records)
    for record in records:
        name = record.key if keyed else record.fields[ids][0] if ids else record.number
        yield _text(record, field, f"#{name}", source, left, (*path, *field.split(".")))


def _text(
    record: Record, field: str, part: str, source: str, left: LeftOut, aside: Sequence[str] = ()
) -> Parsed:
    """A record as a text of its own: title, what its field `field` says, and all other fields."""
    meta = said_of(record.fields, field)
    places = places_in(record.value)
    skip = [places[field]] if field in record.fields and field in places else []
    body = "\n\n".join(record.fields[field]) if skip else ""
    key = label_of(record.key)
    title = meta["title"] or key
    writer = Writer()
    if body or part:
        said = title_field(record.fields, field)
        if meta["title"] and [" ".join(one.split()) for one in record.fields.get(said, ())] == [
            title
        ]:
            skip += [places[said]] if said in places else []
        if title != " ".join(body.strip().partition("\n")[0].split()):
            writer.add(title, BlockKind.HEADING, level=1)
    if body:
        write_prose(writer, body)
        if not title:  # a heading of the text's own
            own = writer.parsed()
            title = find_title(own.text, own.blocks)
    if key != title:
        writer.add(key, BlockKind.ROWS)
    tree = TreeWriter(writer, left, places=not part)
    tree.write(record.value, skip, brief=bool(part))
    parsed = writer.parsed(meta, part)._replace(title=title or Path(source).stem + part)
    return with_aside(parsed, (*aside, *left.take_aside()))


def _rows(
    records: Sequence[Record], path: Sequence[str], beside: Any, source: str, left: LeftOut
) -> Parsed:
    """What stands beside the records, then each as a row, or as few, with its names."""
    writer = Writer()
    tree = TreeWriter(writer, left, rows=True)
    tree.write(beside)
    writer.add(joined(*map(label_of, path)), BlockKind.HEADING, level=2)
    for record in records:
        writer.page(f"record {record.number}")
        tree.record(record.value, label_of(record.key))
    return writer.parsed()._replace(title=Path(source).stem)


def _failures(bad: Sequence[Bad], source: str) -> Iterator[Failure]:
    for number, reason in bad[:_NAMED]:
        part = f"{source}#{number}"
        yield Failure(part, f"{part}: {reason}")
    if len(bad) > _NAMED:
        more = len(bad) - _NAMED
        why = f"{more} more records could not be read; correct them"
        yield Failure(source, f"{source}: {why}", partly=True)


def comments(
    found: Iterator[Parsed | Failure], text: str, *marks: str
) -> Iterator[Parsed | Failure]:
    """The texts; of a file that has but one, its comments are words beside it."""
    said = [line for line in text.splitlines() if line.lstrip().startswith(marks)]
    for one in found:
        whole = isinstance(one, Parsed) and not one.part
        yield with_aside(one, said) if isinstance(one, Parsed) and whole else one
