"""Twenty labelled pages: furniture is found, and nothing that a person wrote is taken for it.

The pages were made and labelled before the detector was run on them. The rules may be improved
on the "dev" half; the "test" half only measures them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from index.load.loading import load_text
from index.passages.chunking import Kind, layout

PAGES = Path(__file__).parent / "pages"
SAYS_SOMETHING = re.compile(r"\w").search  # a fence or a rule of dashes does not
LABELS: dict[str, dict[str, Any]] = json.loads((PAGES / "labels.json").read_text("utf-8"))


class Line(NamedTuple):
    """One line of a page, its label, and the kinds of the pieces that touch it."""

    page: str
    number: int
    text: str
    label: str
    kinds: frozenset[Kind]


def label_of(page: str) -> dict[int, tuple[str, str]]:
    """Line number to (label, text) for every labelled line; lines count from 1."""
    labels = LABELS[page]
    marked = {n: ("title", text) for n, text in [labels["title"]]}
    for key in ("headings", "bylines", "furniture"):
        marked |= {n: (key, text) for n, text in labels[key]}
    return marked


def lines_of(page: str) -> Iterator[Line]:
    """The lines of `page` that are not blank; those without a label are body text."""
    document = load_text((PAGES / page).read_bytes(), page)
    pieces = layout(document)
    labels = label_of(page)
    start = 0
    for number, raw in enumerate(document.text.splitlines(keepends=True), 1):
        end = start + len(raw.rstrip())
        kinds = frozenset(p.kind for p in pieces if p.start < end and p.end > start)
        if raw.strip():
            yield Line(page, number, raw.strip(), labels.get(number, ("body", ""))[0], kinds)
        start += len(raw)


def lines_in(split: str) -> list[Line]:
    """All lines of the pages of one half."""
    pages = [page for page, labels in LABELS.items() if labels["split"] == split]
    return [line for page in pages for line in lines_of(page)]


def test_every_page_is_labelled_and_every_label_is_its_line() -> None:
    assert {p.name for p in PAGES.glob("*.txt")} == set(LABELS)
    assert len(LABELS) == 20
    for page in LABELS:
        lines = (PAGES / page).read_text("utf-8").splitlines()
        for number, (_, text) in label_of(page).items():
            assert lines[number - 1] == text, page


@pytest.mark.parametrize("split", ["dev", "test"])
def test_four_in_five_furniture_lines_are_found(split: str) -> None:
    furniture = [line for line in lines_in(split) if line.label == "furniture"]
    missed = [line for line in furniture if Kind.FURNITURE not in line.kinds]
    recall = 1 - len(missed) / len(furniture)
    assert recall >= 0.8, "\n".join(f"{m.page}:{m.number}: {m.text}" for m in missed)


@pytest.mark.parametrize("page", sorted(LABELS))
def test_nothing_that_was_written_is_marked(page: str) -> None:
    marked = [
        f"{line.page}:{line.number}: {line.label}: {line.text}"
        for line in lines_of(page)
        if line.label != "furniture" and Kind.FURNITURE in line.kinds and SAYS_SOMETHING(line.text)
    ]
    assert not marked, "\n".join(marked)


@pytest.mark.parametrize("page", sorted(LABELS))
def test_bylines_and_datelines_can_be_quoted(page: str) -> None:
    lost = [
        f"{line.page}:{line.number}: {line.label}: {line.text}"
        for line in lines_of(page)
        if line.label == "bylines" and Kind.SENTENCE not in line.kinds
    ]
    assert not lost, "\n".join(lost)
