"""The patterns of .gitignore, which are not to be trusted, matched in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

_STAR, _DEEP, _ABOVE = "[^/]*", "(?:/.+)?", "^(?:.+/)?"  # as pathspec writes "*", "/**", "**/"
# a star, and what stands between it and another one of the same name
_INNER = re.compile(rf"{re.escape(_STAR)}((?:\[\^/\](?!\*)|[^/])*?)(?={re.escape(_STAR)})")


class _Pattern(GitIgnoreSpecPattern):
    """One that takes the first place that fits what follows a star, and never another.

    With only one more star after it, the rest fits from there if it fits at all; to try all places
    for each of n stars takes the length of a path to the power of n.
    """

    @classmethod
    def pattern_to_regex(cls, pattern: str) -> tuple[str | None, bool | None]:  # type: ignore[override]
        regex, include = super().pattern_to_regex(pattern)
        return regex and _linear(regex), include


def spec_of(lines: Iterable[str]) -> GitIgnoreSpec:
    """The patterns in the lines of a file; one that cannot be read says nothing."""
    good = []
    for line in lines:
        with suppress(ValueError, re.error):
            good.append(_Pattern(line))
    return GitIgnoreSpec(good, backend="simple")


def _linear(regex: str) -> str:
    first, *others = _INNER.sub(r"(?>[^/]*?\1)", regex).split(_DEEP)
    if not others:
        return first
    if first.startswith(_ABOVE):
        first = f"^(?>(?:.+?/)??{first.removeprefix(_ABOVE)}(?=/))"
    between = [f"(?>(?:/.+?)??{one}(?=/))" for one in others[:-1]]
    return "".join([first, *between, _DEEP, others[-1]])
