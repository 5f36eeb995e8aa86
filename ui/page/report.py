"""What of the files is read and what is not, with what to do: the words are `ibid index`'s."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from index import Failure, FilesReport
from ui.show import (
    AS_IT_WAS,
    IN_PART,
    LEFT_OUT,
    Group,
    counts_of,
    escape,
    fate_of,
    groups_of,
    slowest_of,
    sums_of,
)

_FATES = {
    LEFT_OUT: "Not read",
    IN_PART: "Read in part",
    AS_IT_WAS: "Kept as before, since it cannot be opened now",
}
NAMED, GROUPS = 500, 30  # files of a group, and groups: more would help nobody


def report_html(report: FilesReport, *, is_news: bool) -> str:
    """The sums, and on a click what they are the sums of; "" where nothing is known.

    It is open where something is wrong with a file, and where `is_news`.
    """
    sums = sums_of(report)
    if not sums:
        return ""
    wrong = [failure for failure in report.unread if not failure.is_passed_over]
    passed = [failure for failure in report.unread if failure.is_passed_over]
    groups = [*groups_of(wrong), *groups_of(passed)]
    unread = "".join(
        _part(words, _groups([g for g in groups if fate_of(g.failures[0]) == fate]))
        for fate, words in _FATES.items()
    )
    return (
        f'<details class="report"{" open" if wrong or is_news else ""}>'
        f"<summary>{escape(sums)}</summary>"
        f"{_part('Read', _said(counts_of(report.read)))}{unread}"
        f"{_part('Slowest to read', _said(slowest_of(report)))}</details>"
    )


def _part(words: str, inner: str) -> str:
    return f"<h3>{words}</h3>{inner}" if inner else ""


def _said(words: str) -> str:
    return f"<p><bdi>{escape(words)}</bdi></p>" if words else ""


def _groups(groups: Sequence[Group]) -> str:
    if not groups:
        return ""
    more = sum(len(group.failures) for group in groups[GROUPS:])
    return f'<ul class="unread">{"".join(map(_group, groups[:GROUPS]))}</ul>{_more(more)}'


def _group(group: Group) -> str:
    """What is wrong with some files; of one its name, of several how many, and each on a click."""
    names = list(map(_name, group.failures))
    remedy = escape(group.remedy)
    if len(names) == 1:
        return f'<li><bdi class="file">{names[0]}</bdi> {remedy}</li>'
    listed = "".join(f"<li><bdi>{name}</bdi></li>" for name in names[:NAMED])
    return (
        f"<li><details><summary><b>{escape(group.counts)}</b> {remedy}</summary>"
        f"<ul>{listed}</ul>{_more(len(names) - NAMED)}</details></li>"
    )


def _name(failure: Failure) -> str:
    """A folder that was given is called by its name: where it lies is nobody's business here."""
    source = failure.source
    return escape(PurePath(source).name if source.startswith("/") else source)


def _more(number: int) -> str:
    return f'<p class="more">and {number:,} more: ibid status lists them</p>' if number > 0 else ""
