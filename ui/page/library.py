"""The documents that are asked: the list, with ticks, and the place to drop files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from index import LOADERS, Document, Failure, counted
from ui.page.frame import CLOSE, button, fresh, plural
from ui.show import AS_IT_WAS, IN_PART, LEFT_OUT, counts_of, escape, fate_of

_FATES = {
    LEFT_OUT: "Could not be read",
    IN_PART: "Read in part",
    AS_IT_WAS: "Kept as it was: it cannot be opened now",
}
LISTED = 500  # documents listed by title; thousands of rows would help nobody


def library_html(
    documents: Sequence[Document],
    passages: Mapping[str, int],
    left_out: frozenset[str],
    failures: Sequence[Failure] = (),
    passed_over: Sequence[Failure] = (),
    *,
    dropped: bool,
    home: str,
    work: str = "",
) -> str:
    """The left pane. `passages` counts those of each document's id.

    `failures` are told one by one, `passed_over` by kind, and each where a person looks for it.

    `dropped` says whether these are files that were dropped here; `home` names the documents
    that a person can go back to then. `work` is what is being done with them, if anything is.
    """
    rows = "".join(
        _row(d, passages.get(d.id, 0), d.id not in left_out, dropped) for d in documents[:LISTED]
    )
    more = len(documents) - LISTED
    rest = f'<p class="more">and {more:,} more, which are asked too</p>' if more > 0 else ""
    back = f'<p class="back">{button("home", f"Back to {home}")}</p>' if dropped else ""
    return (
        f'<section class="sheet shelf" data-view="{fresh()}" aria-label="Documents"><header>'
        f"{CLOSE}"
        f"<h2>{plural(len(documents), 'document')}</h2>{back}"
        f'<p class="work" role="status">{escape(work)}</p></header>'
        '<div class="text" tabindex="0" role="region" aria-label="List of documents">'
        '<input type="search" class="filter" placeholder="Search in the list" '
        'aria-label="Search in the list of documents">'
        f'<ul class="documents">{rows}</ul>{rest}{_failed(failures)}{_passed(passed_over)}'
        f"{_drop()}</div></section>"
    )


def _row(document: Document, passages: int, chosen: bool, removable: bool) -> str:
    title = escape(document.title)
    facts = [document.source, document.meta.get("date", ""), plural(passages, "passage")]
    about = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts if fact)
    remove = button("remove", "Remove", label=f"Remove {document.title}", document=document.id)
    checked, data = " checked" if chosen else "", f'data-document="{document.id}"'
    return (
        f'<li><input type="checkbox" data-do="tick" {data}{checked} '
        f'aria-label="Ask {title}"><div>'
        f'<button type="button" data-do="open" {data}><bdi>{title}</bdi></button>'
        f'<p class="about">{about}</p></div>{remove if removable else ""}</li>'
    )


def _failed(failures: Sequence[Failure]) -> str:
    """What is wrong, under what became of it."""
    return "".join(
        f"<h3>{_FATES[fate]}</h3>{_listed([f for f in failures if fate_of(f) == fate])}"
        for fate in dict.fromkeys(map(fate_of, failures))
    )


def _passed(failures: Sequence[Failure]) -> str:
    """What a rule leaves out: how much, by kind, and each on a click."""
    if not failures:
        return ""
    counts = escape(counts_of(counted(failures)))
    return (
        f'<h3>Not read</h3><details class="passed"><summary>{counts}</summary>'
        f"{_listed(failures)}</details>"
    )


def _listed(failures: Sequence[Failure]) -> str:
    lines = "".join(map(_line, failures[:LISTED]))
    more = len(failures) - LISTED
    rest = f'<p class="more">and {more:,} more: ibid status lists them</p>' if more > 0 else ""
    return f'<ul class="unread">{lines}</ul>{rest}'


def _line(failure: Failure) -> str:
    """A folder that was given is called by its name: where it lies is nobody's business here."""
    source = failure.source
    name = PurePath(source).name if source.startswith("/") else source
    reason = failure.reason.replace(source, name)
    return f'<li><bdi class="file">{escape(name)}</bdi> {escape(reason)}</li>'


def _drop() -> str:
    """Where files are dropped; the script fills `.arriving` with each file's progress."""
    kinds = ",".join(sorted(LOADERS))
    return (
        '<div class="drop"><p>Drop files or a folder here to ask them instead.</p><p>'
        f'<label>Choose files<input type="file" multiple accept="{kinds}"></label> '
        '<label>Choose a folder<input type="file" webkitdirectory></label></p>'
        f'<p class="about">{escape(", ".join(sorted(LOADERS)))}. They stay on this machine, for '
        "this browser tab alone, and are deleted after 24 hours.</p></div>"
        '<ul class="arriving" aria-live="polite"></ul>'
    )
