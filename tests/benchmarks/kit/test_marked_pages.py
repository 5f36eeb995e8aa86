"""Twenty pages in two halves, and how they are summed."""

from __future__ import annotations

from collections import Counter

from benchmarks.kit.marked_pages import MarkScore, folded, marked_pages, overlap, total
from tests.doubles import FakeEncoder


def test_two_halves() -> None:
    pages = marked_pages("dated", FakeEncoder())
    assert Counter(page.half for page in pages) == {"tuning": 10, "reported": 10}


def test_what_is_marked_stands_on_its_page() -> None:
    for page in marked_pages("dated", FakeEncoder()):
        text = "".join(page.document.text.split())
        for mark in page.marks["marks"]:
            assert "".join(mark["quote"].split()) in text
            assert mark["words"] in folded(mark["quote"]) or mark["words"] in mark["quote"]


def test_scores_are_summed_and_shown() -> None:
    both = total([MarkScore(1, 2, 1, 4), MarkScore(3, 3, 3, 4)])
    assert both == (4, 5, 4, 8)
    assert both.row.startswith("4 of 5, 80% (")
    assert overlap((0, 2), (1, 5))
    assert not overlap((0, 2), (2, 5))
