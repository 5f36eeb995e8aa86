"""How names on a marked page are scored."""

from __future__ import annotations

from benchmarks.kit.marked_pages import marked_pages
from benchmarks.named import found_names, kinds_told, score
from tests.doubles import FakeEncoder


def test_a_page_of_minutes() -> None:
    pages = marked_pages("named", FakeEncoder())
    (page,) = (p for p in pages if p.document.source == "2025-05-13-agm.md")
    assert any("Ruth Adeyemi" in one.spellings for one in found_names(page))
    right, given, recalled, marked = score(page)
    assert right == recalled <= given
    assert marked == 8
    assert kinds_told(page).found <= right
