"""INI and Java's properties: sections of names with values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.failures import Failure
from index.load.decode import decode
from index.load.formats import Parsed
from index.load.records import VERSION as VALUES, comments, texts_of

NAME = "ini"
VERSION = VALUES + 1

_SECTION = re.compile(r"\[([^\]\n]+)\]\s*(?:[#;].*)?")
_FIELD = re.compile(r"([^=:\s][^=:]*)[=:](.*)")
_ESCAPE = re.compile(r"\\u([\da-fA-F]{4})")
_COMMENT = ("#", ";", "!")


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The texts of the file's values, as of JSON's."""
    text = decode(data, source)
    if source.lower().endswith(".properties"):
        text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
    value = _value(text)
    if value:
        yield from comments(texts_of(value, source, known), text, *_COMMENT)


def _value(text: str) -> dict[str, Any]:
    """Sections with their fields; a line that is no field stands for itself.

    A line that is indented goes on with the value above it, and so does one after a backslash.
    """
    sections: dict[str, dict[str, list[list[str]]]] = {}
    section, more = "", False
    parts: list[str] | None = None
    for raw in text.splitlines():
        line = raw.strip()
        if not line or (line.startswith(_COMMENT) and not more):
            parts, more = (parts if line else None), False
        elif parts and (more or raw[0] in " \t"):
            parts.append(line)
            more = line.endswith("\\")
        elif head := _SECTION.fullmatch(line):
            section, parts = head[1].strip(), None
        else:
            found = _FIELD.match(line)
            name, said = (found[1].strip(), found[2].strip()) if found else ("", line)
            parts = [said]
            sections.setdefault(section, {}).setdefault(name, []).append(parts)
            more = line.endswith("\\")
    value: dict[str, Any] = {}
    for name, fields in sections.items():
        own = {field: [*map(_joined, values)] for field, values in fields.items()}
        value |= {name: own} if name else own
    return value


def _joined(parts: list[str]) -> str:
    return " ".join(part.removesuffix("\\").rstrip() for part in parts)
