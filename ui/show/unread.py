"""What was not read, or only in part, or not now: how it is told, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ui.show.plain import visible

if TYPE_CHECKING:
    from index import Failure

LEFT_OUT, IN_PART, AS_IT_WAS = "left out", "read in part:", "kept as it was:"
KINDS_SHOWN = 5  # of files that were not read


def fate_of(failure: Failure) -> str:
    """What became of a file that something is wrong with, before its reason."""
    if failure.is_kept:
        return AS_IT_WAS
    return IN_PART if failure.partly else LEFT_OUT


def counts_of(counts: Mapping[str, int], most: int = KINDS_SHOWN) -> str:
    """What was not read, by kind: "10 .png, 2 .doc, 1 ignored folder"."""

    def told(kind: str, number: int) -> str:
        is_plural = number > 1 and kind.endswith(("folder", "file"))
        return f"{number:,} {visible(kind)}{'s' if is_plural else ''}"

    rows = list(counts.items())
    first = ", ".join(told(kind, number) for kind, number in rows[:most])
    rest = sum(number for _, number in rows[most:])
    if not rest:
        return first
    return f"{first} and {rest:,} {'other' if rest == 1 else 'others'}"


def kept_in(failures: Sequence[Failure]) -> int:
    """How many are as they were, since they cannot be opened now."""
    return sum(failure.is_kept for failure in failures)


def unread_lines(failures: Sequence[Failure], listing: str) -> list[str]:
    """How many were not read, by kind, and how many only in part, or not now.

    `listing` is what lists each of them.
    """
    from index import counted

    counts, kept = counted(failures), kept_in(failures)
    partly = sum(failure.partly for failure in failures)
    return [
        *([f"not read: {counts_of(counts)}; each, and why: {listing}"] if counts else []),
        *_reasons(failures, list(counts)[:KINDS_SHOWN]),
        *([f"read in part: {partly:,}"] if partly else []),
        *([f"kept as before, since it cannot be opened now: {kept:,}"] if kept else []),
    ]


def _reasons(failures: Sequence[Failure], kinds: Sequence[str]) -> list[str]:
    """What to do with files of these kinds, which are of other formats: a line for each remedy."""
    from index import Why

    told: dict[str, list[str]] = {}
    for one in failures:
        if one.why is Why.FORMAT and one.kind in kinds:
            own = told.setdefault(one.reason.removeprefix(f"{one.source}: "), [])
            if one.kind not in own:
                own.append(one.kind)
    ordered = {reason: sorted(own, key=kinds.index) for reason, own in told.items()}
    return [f"  {', '.join(own)}: {reason}" for reason, own in ordered.items()]
