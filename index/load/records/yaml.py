"""YAML: its documents as values. Nodes are composed, never constructed: tags make nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from index.errors import UnreadableDocument
from index.failures import Failure
from index.load.decode import decode
from index.load.formats import Parsed, TooMuchText
from index.load.records import VERSION as VALUES, comments, texts_of
from index.load.records.json_values import Number, flat, gathered

NAME = "yaml"
VERSION = VALUES + 1

_MOST = 500_000  # values: an anchor that is named again and again makes more of few bytes
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|0[xo][\da-fA-F]+")
_MERGE = "<<"


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The texts of the file's values, as of JSON's; several documents in it are records."""
    text = decode(data, source)
    try:
        nodes = [*yaml.compose_all(text, Loader=yaml.CBaseLoader)]
        values = [_Values().of(node) for node in nodes if node is not None]
    except (yaml.YAMLError, RecursionError, ValueError) as exc:
        raise UnreadableDocument(
            f"{source}: this is not valid YAML ({_why(exc)}); correct it, or save it as .txt"
        ) from exc
    if values := [one for one in values if one is not None]:
        value = values[0] if len(values) == 1 else values
        yield from comments(texts_of(value, source, known), text, "#")


def _why(exc: Exception) -> str:
    mark = getattr(exc, "problem_mark", None)
    nested = "it is nested too deeply"
    said = nested if isinstance(exc, RecursionError) else getattr(exc, "problem", None) or str(exc)
    return f"line {mark.line + 1}, column {mark.column + 1}: {said}" if mark else said


class _Values:
    """Nodes to values, an anchor's wherever it is named; raises ValueError if it holds itself."""

    def __init__(self) -> None:
        self._count = 0
        self._open: set[int] = set()

    def of(self, node: yaml.Node) -> Any:
        self._count += 1
        if self._count > _MOST:
            raise TooMuchText(f"over {_MOST:,} values")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self._open:
            raise ValueError("an anchor holds itself")
        self._open.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            value: Any = [self.of(one) for one in node.value]
        else:
            value = self._object(node)
        self._open.discard(id(node))
        return value

    def _object(self, node: yaml.Node) -> dict[str, Any]:
        own: list[tuple[str, Any]] = []  # a key that stands twice says both
        merged: dict[str, Any] = {}  # what stands in the object itself goes before it
        for key, inner in node.value:
            name = self.of(key)
            said = self.of(inner)
            label = name if isinstance(name, str) else ", ".join(flat(name))
            if label != _MERGE:
                own.append((label, said))
                continue
            for one in said if isinstance(said, list) else [said]:
                for inherited, other in one.items() if isinstance(one, dict) else ():
                    merged.setdefault(inherited, other)
        return {**merged, **gathered(own)}


def _scalar(node: yaml.ScalarNode) -> str | None:
    said = str(node.value)
    if node.style:  # quoted, or a text of several lines
        return said
    if said in _NULL:
        return None
    return Number(said) if _NUMBER.fullmatch(said) else said
