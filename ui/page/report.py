"""What of the files is read and what is not, with what to do: the words are `ibid index`'s."""

from __future__ import annotations

from collections.abc import Sequence

from index import FilesReport
from ui.show import (
    AS_IT_WAS,
    IN_PART,
    LEFT_OUT,
    Group,
    counts_of,
    escape,
    groups_of,
    slowest_of,
    sums_of,
)

_FATES = {
    LEFT_OUT: "Not read",
    IN_PART: "Read in part",
    AS_IT_WAS: "Kept as before, since it cannot be opened now",
}
LISTING = ": ibid status --files lists them"
NAMED, GROUPS = 500, 30  # files of a group, and groups: more would help nobody


def report_html(report: FilesReport, *, dropped: bool) -> str:
    """The sums, and on a click what they are the sums of; "" where nothing is known.

    It is open where something is wrong with a file, and where these are files that were `dropped`
    here. A summary's `data-key` stays the same while its numbers grow.
    """
    sums = sums_of(report)
    if not sums:
        return ""
    wrong = [failure for failure in report.unread if not failure.is_passed_over]
    passed = [failure for failure in report.unread if failure.is_passed_over]
    groups = [*groups_of(wrong), *groups_of(passed)]
    listing = "" if dropped else LISTING
    unread = "".join(
        _part(words, _groups([group for group in groups if group.fate == fate], listing))
        for fate, words in _FATES.items()
    )
    return (
        f'<details class="report"{" open" if wrong or dropped else ""}>'
        f'<summary data-key="files">{escape(sums)}</summary>'
        f"{_part('Read', _said(counts_of(report.read)))}{unread}"
        f"{_part('Slowest to read', _said(slowest_of(report)))}</details>"
    )


def _part(words: str, inner: str) -> str:
    return f"<h3>{words}</h3>{inner}" if inner else ""


def _said(words: str) -> str:
    return f"<p><bdi>{escape(words)}</bdi></p>" if words else ""


def _groups(groups: Sequence[Group], listing: str) -> str:
    if not groups:
        return ""
    more = sum(len(group.failures) for group in groups[GROUPS:])
    shown = "".join(_group(group, listing) for group in groups[:GROUPS])
    return f'<ul class="unread">{shown}</ul>{_more(more, listing)}'


def _group(group: Group, listing: str) -> str:
    """What is wrong with some files; of one its name, of several how many, and each on a click."""
    names = [escape(failure.source) for failure in group.failures]
    remedy = escape(group.remedy)
    if len(names) == 1:
        return f'<li><bdi class="file">{names[0]}</bdi> {remedy}</li>'
    listed = "".join(f"<li><bdi>{name}</bdi></li>" for name in names[:NAMED])
    return (
        f'<li><details><summary data-key="{escape(f"{group.fate} {group.remedy}")}">'
        f"<b>{escape(group.counts)}</b> {remedy}</summary>"
        f"<ul>{listed}</ul>{_more(len(names) - NAMED, listing)}</details></li>"
    )


def _more(number: int, listing: str) -> str:
    return f'<p class="more">and {number:,} more{listing}</p>' if number > 0 else ""
