"""The documents that are asked: the list, with ticks, and the place to drop files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index import LOADERS, Document, FilesReport
from ui.page.frame import CLOSE, button, facts_html, fresh
from ui.page.report import report_html
from ui.show import count, escape, so_far

LISTED = 2_000  # documents listed by title; more rows would help nobody
ABOUT = "What are these documents about?"


def library_html(
    documents: Sequence[Document],
    passages: Mapping[str, int],
    left_out: frozenset[str],
    files: FilesReport,
    *,
    dropped: bool,
    home: str,
    work: str = "",
    unencoded: int = 0,
) -> str:
    """The left pane. `passages` counts those of each document's id.

    `files` is what was read of their files and what was not.

    `dropped` says whether these are files that were dropped here; `home` names the documents
    that a person can go back to then. `work` is what is being done with them, if anything is;
    `unencoded` counts passages that have no vectors yet.
    """
    rows = "".join(
        _document_row(d, passages.get(d.id, 0), d.id not in left_out, dropped)
        for d in documents[:LISTED]
    )
    more = len(documents) - LISTED
    rest = f'<p class="more">and {more:,} more, which are asked too</p>' if more > 0 else ""
    late = f'<p class="about">{so_far(unencoded)}</p>' if unencoded else ""
    back = f'<p class="back">{button("home", f"Back to {home}")}</p>' if dropped else ""
    return (
        f'<section class="sheet shelf" data-view="{fresh()}" aria-label="Documents"><header>'
        f"{CLOSE}"
        f"<h2>{count(len(documents), 'document')}</h2>{late}{back}"
        f'<p class="work" role="status">{escape(work)}</p>'
        f'<p class="overview">{button("ask", "What are these about?", question=ABOUT)}</p></header>'
        '<div class="text" tabindex="0" role="region" aria-label="List of documents">'
        f"{report_html(files, dropped=dropped)}"
        '<input type="search" class="filter" placeholder="Search in the list" '
        'aria-label="Search in the list of documents">'
        f'<ul class="documents">{rows}</ul>{rest}{_drop_zone()}</div></section>'
    )


def _document_row(document: Document, passages: int, chosen: bool, removable: bool) -> str:
    title = escape(document.title)
    date = document.meta.get("date", "")
    about = facts_html([document.source, date, count(passages, "passage")])
    remove = button("remove", "Remove", label=f"Remove {document.title}", document=document.id)
    checked, data = " checked" if chosen else "", f'data-document="{document.id}"'
    return (
        f'<li><input type="checkbox" data-do="tick" {data}{checked} '
        f'aria-label="Ask {title}"><div>'
        f'<button type="button" data-do="open" {data}><bdi>{title}</bdi></button>'
        f'<p class="about">{about} · {_guide(document)}</p></div>{remove if removable else ""}</li>'
    )


def _guide(document: Document) -> str:
    label = f"Guide to {document.title}"
    return button("guide", "Guide", label=label, document=document.id)


def _drop_zone() -> str:
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
