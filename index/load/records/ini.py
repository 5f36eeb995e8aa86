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
_COMMENT = ("#", ";")


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The texts of the file's values, as of JSON's."""
    text = decode(data, source)
    java = source.lower().endswith(".properties")
    marks = (*_COMMENT, "!") if java else _COMMENT
    if java:
        text = _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
    value = _value(text, marks, java)
    if value:
        yield from comments(texts_of(value, source, known), text, *marks)


def _value(text: str, marks: tuple[str, ...], java: bool) -> dict[str, Any]:
    """Sections with their fields; a line that is no field stands for itself.

    A line goes on with the value above it that is indented deeper; in Java's properties, one after
    a backslash.
    """
    sections: dict[str, dict[str, list[list[str]]]] = {}
    section, more, indent = "", False, 0
    parts: list[str] | None = None
    for raw in text.splitlines():
        line = raw.strip()
        deep = len(raw[: len(raw) - len(raw.lstrip())].expandtabs())
        if not line or (line.startswith(marks) and not more):
            parts, more = (parts if line else None), False
        elif parts and (more or (deep > indent and not java)):
            more = java and _goes_on(line)
            parts.append(line[:-1].rstrip() if more else line)
        elif head := _SECTION.fullmatch(line):
            section, parts = head[1].strip(), None
        else:
            found = _FIELD.match(line)
            name, said = (found[1].strip(), found[2].strip()) if found else ("", line)
            more, indent = java and _goes_on(line), deep
            parts = [said[:-1].rstrip() if more else said]
            sections.setdefault(section, {}).setdefault(name, []).append(parts)
    said = {
        name: {f: [*map(" ".join, v)] for f, v in own.items()} for name, own in sections.items()
    }
    value: dict[str, Any] = dict(said.pop("", {}))
    for name, own in said.items():  # a field above may be called as the section is
        beside = [*value[name], *own.pop("", ())] if name in value else []
        value[name] = {"": beside, **own} if beside else own
    return value


def _goes_on(line: str) -> bool:
    """Whether a line ends with a backslash; of two, one is meant."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
