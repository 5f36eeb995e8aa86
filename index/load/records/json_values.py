"""JSON of any make to values: numbers stay as they were written, and nothing is too big for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from index.language import word_count

Fields = Mapping[str, Sequence[str]]  # by dotted name, the values in order


class Number(str):
    """A number as it was written, of any size."""


DEEPEST = 20  # objects in objects


def parse(text: str) -> Any:
    """The value that `text` writes. Raises ValueError, which says why there is none.

    Of a name that is given twice the last value counts.
    """
    try:
        return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=Number)
    except json.JSONDecodeError as exc:
        raise ValueError(f"line {exc.lineno}, column {exc.colno}: {exc.msg}") from exc
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def fields(value: Any) -> Fields:
    """The strings and numbers of an object, what is in inner objects under "outer.inner"."""
    found: dict[str, list[str]] = {}
    for name, said in _said(value, "", 0):
        found.setdefault(name, []).append(said)
    return found


def gathered(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Names with their values; of a name that stands several times, a list of them."""
    value: dict[str, Any] = {}
    several: set[str] = set()
    for name, one in pairs:
        if name not in value:
            value[name] = one
        elif name in several:
            value[name].append(one)
        else:
            value[name] = [value[name], one]
            several.add(name)
    return value


def is_tree_of_messages(value: Mapping[str, Any]) -> bool:
    """Whether an object has messages by their ids (ChatGPT's "mapping")."""
    nodes = value.values()
    return bool(value) and all(isinstance(node, dict) and "message" in node for node in nodes)


def said_by(value: Any) -> str:
    """What a lone value says; "" where it says nothing, or is a list or an object."""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) and value.strip() else ""


def flat(value: Any) -> list[str]:
    """What all values in a value say, however deep, in order."""
    found, stack = [], [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict | list):
            stack += reversed(list(one.values() if isinstance(one, dict) else one))
        elif said := said_by(one):
            found.append(said)
    return found


def _said(value: Any, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and is_tree_of_messages(value):
        value = [*value.values()]  # their names are no labels
    if isinstance(value, dict) and depth < DEEPEST:
        for key, inner in value.items():
            yield from _said(inner, f"{name}.{key}" if name else key, depth + 1)
    elif isinstance(value, list) and depth < DEEPEST:
        for inner in value:
            yield from _said(inner, name, depth + 1)
    elif said := said_by(value):
        yield name, said


def words_in(value: Any) -> int:
    """How many words its strings have."""
    return sum(word_count(said) for said in flat(value))
