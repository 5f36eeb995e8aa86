"""What was read and what was not, or only in part, or not now: in the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ui.show.plain import visible

if TYPE_CHECKING:
    from index import Failure, FilesReport

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


class Group(NamedTuple):
    """Files, folders or parts of files that one thing is wrong with, and what to do about it.

    `fate` is what became of all of them, as `fate_of` says it.
    """

    fate: str
    remedy: str
    failures: Sequence[Failure]

    @property
    def counts(self) -> str:
        """How many there are, by kind; of what is read in part or kept just how many."""
        from index import counted

        return counts_of(counted(self.failures)) or f"{len(self.failures):,}"


def groups_of(failures: Iterable[Failure]) -> list[Group]:
    """What is not read, by what became of it and what to do about it; the most first."""
    groups: dict[tuple[str, str], list[Failure]] = {}
    for failure in failures:
        groups.setdefault((fate_of(failure), _remedy(failure)), []).append(failure)
    found = (Group(*said, members) for said, members in groups.items())
    return sorted(found, key=lambda group: -len(group.failures))


def _remedy(failure: Failure) -> str:
    """What is wrong and what to do, without the name of the file."""
    return failure.reason.removeprefix(f"{failure.source}: ")


def sums_of(report: FilesReport) -> str:
    """How many files are read, not read, read in part and kept, in one line."""
    from index import counted

    unread = sum(counted(report.unread).values())
    sums = (
        (sum(report.read.values()), "read"),
        (unread, "not read"),
        (_partly(report.unread), "read in part"),
        (kept_in(report.unread), "kept as before"),
    )
    return ", ".join(f"{number:,} {what}" for number, what in sums if number)


def slowest_of(report: FilesReport) -> str:
    """The files that took long to read, with the seconds; "" where none did."""
    return ", ".join(f"{visible(source)} {seconds:.0f} s" for source, seconds in report.slowest)


def report_lines(report: FilesReport, listing: str) -> list[str]:
    """What was read and what was not, by kind, with what to do; the files that took long.

    `listing` is what lists each that was not read. What is wrong with a file is told beside its
    name elsewhere: what to do stands here for what a rule passes over.
    """
    from index import counted

    counts = counted(report.unread)
    passed = groups_of(failure for failure in report.unread if failure.is_passed_over)
    more = len(passed) - KINDS_SHOWN
    partly, kept, slowest = _partly(report.unread), kept_in(report.unread), slowest_of(report)
    return [
        *([f"read: {counts_of(report.read)}"] if report.read else []),
        *([f"not read: {counts_of(counts)}; each, and why: {listing}"] if counts else []),
        *(f"  {one.counts}: {visible(one.remedy)}" for one in passed[:KINDS_SHOWN]),
        *([f"  and {more:,} more reason{'s' if more > 1 else ''}"] if more > 0 else []),
        *([f"read in part: {partly:,}"] if partly else []),
        *([f"kept as before, since it cannot be opened now: {kept:,}"] if kept else []),
        *([f"slowest to read: {slowest}"] if slowest else []),
    ]


def _partly(failures: Iterable[Failure]) -> int:
    return sum(failure.partly for failure in failures)
