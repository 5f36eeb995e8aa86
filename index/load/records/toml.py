"""TOML: its tables as values."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from index.errors import UnreadableDocument
from index.failures import Failure
from index.load.decode import decode
from index.load.formats import Parsed
from index.load.records import VERSION as VALUES, comments, texts_of
from index.load.records.json_values import Number

NAME = "toml"
VERSION = VALUES + 1


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The texts of the file's values, as of JSON's."""
    text = decode(data, source)
    try:
        value = _value(tomllib.loads(text, parse_float=Number))
    except (ValueError, RecursionError) as exc:  # TOMLDecodeError, and digits without end
        why = str(exc) if isinstance(exc, ValueError) else "it is nested too deeply"
        raise UnreadableDocument(
            f"{source}: this is not valid TOML ({why}); correct it, or save it as .txt"
        ) from exc
    if value:
        yield from comments(texts_of(value, source, known), text, "#")


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_value(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return Number(value) if type(value) is int else value
