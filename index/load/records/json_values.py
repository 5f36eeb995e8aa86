"""JSON of any make to values: numbers stay as they were written, and nothing is too big for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.language import word_count

Fields = Mapping[str, Sequence[str]]  # by dotted name, the values in order


class Number(str):
    """A number as it was written, of any size."""


_DEEPEST = 20  # objects in objects
_SEARCHED = 3  # how deep in an object its list of records may lie


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


def _said(value: Any, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and depth < _DEEPEST:
        for key, inner in value.items():
            yield from _said(inner, f"{name}.{key}" if name else key, depth + 1)
    elif isinstance(value, list) and depth < _DEEPEST:
        for inner in value:
            yield from _said(inner, name, depth + 1)
    elif isinstance(value, bool):
        yield name, str(value).lower()
    elif isinstance(value, str) and value.strip():
        yield name, value


def records_in(value: Any, text_field: str = "") -> list[Any] | None:
    """The list of records that a JSON file holds; None where the whole is one record.

    An object holds a list when more is said in the list than beside it. One that has a field
    called `text_field` is a record itself.
    """
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or text_field in fields(value):
        return None
    lists = list(_lists(value, 0))
    longest = max(lists, key=_words, default=None)
    if longest is None or _words(longest) * 2 < _words(value):
        return None
    return longest


def _lists(value: Mapping[str, Any], depth: int) -> Iterator[list[Any]]:
    """The lists of objects in an object; one whose values are all objects is such a list."""
    inner = list(value.values())
    if len(inner) > 1 and all(isinstance(one, dict) for one in inner):
        yield inner
    for one in inner:
        if isinstance(one, list) and any(isinstance(item, dict) for item in one):
            yield one
        elif isinstance(one, dict) and depth < _SEARCHED:
            yield from _lists(one, depth + 1)


def _words(value: Any) -> int:
    return sum(word_count(said) for _, said in _said(value, "", 0))
