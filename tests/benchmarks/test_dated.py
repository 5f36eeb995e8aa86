"""How dates on a marked page are scored."""

from __future__ import annotations

from benchmarks.dated import score, wrong
from benchmarks.kit.marked_pages import marked_pages
from tests.doubles import FakeEncoder


def test_the_page_without_a_date_has_none() -> None:
    pages = marked_pages("dated", FakeEncoder())
    (page,) = (p for p in pages if p.document.source == "chasing-chinese-ai-leaks.txt")
    assert score(page) == (0, 0, 0, 0)
    assert list(wrong(page)) == []
    assert all(score(p).marked == len(p.marks["marks"]) for p in pages)
