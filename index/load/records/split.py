"""Where in a value its records are, and what stands beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from index.load.records.json_values import fields, is_tree_of_messages, words_in
from index.load.records.talk import is_conversation

_SEARCHED = 3  # how deep in an object its list of records may lie
Path = tuple[str, ...]


class Records(NamedTuple):
    """The records of a value; `keys` name them where they are the values of an object.

    `path` are the keys that lead to them, `beside` is the value without them.
    """

    values: list[Any]
    keys: list[str]
    path: Path
    beside: Any


def records_in(value: Any, text_field: str = "") -> Records | None:
    """The records that a file holds; None where the whole is one record, or one conversation.

    An object holds a list when more is said in the list than beside it. One that has a field
    called `text_field` is a record itself.
    """
    if isinstance(value, list):
        return None if is_conversation(value) else Records(value, [], (), {})
    if not isinstance(value, dict) or (text_field and text_field in fields(value)):
        return None
    lists = list(_lists(value, (), 0))
    path, longest = max(lists, key=lambda one: words_in(one[1]), default=((), None))
    if longest is None or words_in(longest) * 2 < words_in(value):
        return None
    if is_conversation(longest, path[-1] if path else ""):
        return None
    beside = _without(value, path)
    if isinstance(longest, dict):
        return Records([*longest.values()], [*longest], path, beside)
    return Records(longest, [], path, beside)


def _lists(value: Mapping[str, Any], path: Path, depth: int) -> Iterator[tuple[Path, Any]]:
    """The lists of objects in an object; one whose values are all alike is such a list."""
    if _are_alike([*value.values()]):
        yield path, value
    for key, one in value.items():
        if isinstance(one, list) and any(isinstance(item, dict) for item in one):
            yield (*path, key), one
        elif isinstance(one, dict) and depth < _SEARCHED and not is_tree_of_messages(one):
            yield from _lists(one, (*path, key), depth + 1)


def _are_alike(values: list[Any]) -> bool:
    """Whether all are objects, and most of them have a field of the same name."""
    if len(values) < 2 or not all(isinstance(one, dict) for one in values):
        return False
    names = Counter(name for one in values for name in one if name != "message")
    return 2 * max(names.values(), default=0) > len(values)


def _without(value: Mapping[str, Any], path: Path) -> Any:
    if not path:
        return {}
    key, *rest = path
    inner = _without(value[key], tuple(rest)) if rest else {}
    return {k: inner if k == key else v for k, v in value.items() if k != key or inner}
