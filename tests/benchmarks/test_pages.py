"""What is printed is known, block by block, and how it was read is counted."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from benchmarks.kit.designed import LAYOUTS, DesignedPage, PageBlock, first_pages, other_pages
from benchmarks.kit.designed_office import printers
from benchmarks.kit.designed_rows import LAYOUTS as ROWS, row_pages
from benchmarks.kit.designed_web import page_of
from benchmarks.pages import figures, read, read_across, score
from tests.index.load.pdf.test_layout import LEFT, RIGHT
from tests.index.load.pdfs import line, pdf

LOOK = first_pages()[0].look
SAID = ("The mill is old. It stands at the quay.", "Nobody mends it. The dam broke in May.")
PAGE = DesignedPage(
    "mill", "columns", LOOK,
    (PageBlock("heading", "The mill"), PageBlock("text", SAID[0]), PageBlock("text", SAID[1]),
     PageBlock("callout", "In short|A dam holds back the flood.")),
)  # fmt: skip


def plain(*texts: str) -> list[str]:
    return ["".join(c for c in text.lower() if c.isalnum()) for text in texts]


def test_what_is_read_as_it_was_printed_is_all_right() -> None:
    found = plain("The mill", *SAID, "In short", "A dam holds back the flood.")
    got = score(PAGE, "chromium", found, verbose=False)
    assert (got.ordered, got.pairs) == (4, 4)
    assert (got.whole, got.blocks) == (5, 5)
    assert (got.kept, got.sentences, got.spliced) == (7, 7, 0)


def test_columns_that_are_mixed_are_spliced_out_of_order_and_not_whole() -> None:
    found = plain("The mill", f"{SAID[1]} {SAID[0]}", "In short", "A dam holds back the flood.")
    got = score(PAGE, "chromium", found, verbose=False)
    assert (got.ordered, got.whole, got.kept, got.spliced) == (2, 3, 7, 1)
    assert "1 blocks spliced" in next(iter(figures("all", [got])))


def test_a_row_is_whole_with_its_label_and_with_nothing_of_another() -> None:
    rows = ("Repairs|Who broke it pays for it.", "Keys|Everybody is given two of them.")
    page = PAGE._replace(blocks=tuple(PageBlock("row", row) for row in rows))
    apart = plain("Duty Repairs Who broke it pays for it.", "Keys Everybody is given two of them.")
    mixed = plain("Repairs Keys", "Who broke it pays for it. Everybody is given two of them.")
    assert [
        (got.whole, got.spliced)
        for got in (score(page, "chromium", found, verbose=False) for found in (apart, mixed))
    ] == [(2, 0), (0, 2)]


def test_each_kind_of_rows_is_drawn_with_all_it_says() -> None:
    pages = row_pages()
    assert {page.layout for page in pages} == set(ROWS)
    for page in pages:
        shown = html.unescape(page_of(page))
        assert all(line in shown for b in page.blocks for t in b.texts for line in t.split("\n"))
        assert set(printers(page.layout)) == {"chromium", "chromium tagged"}


def test_a_sentence_that_another_runs_through_is_not_kept() -> None:
    found = plain("The mill", "The mill is Nobody old. mends it.")
    got = score(PAGE, "chromium", found, verbose=False)
    assert (got.kept, got.whole) == (1, 1)


def test_a_page_is_read_as_drawn_and_as_if_it_were_drawn_across(tmp_path: Path) -> None:
    drawn = [
        line(x, 300 - 12 * i, text)
        for x, side in ((40, LEFT), (226, RIGHT))
        for i, text in enumerate(side)
    ]
    file = tmp_path / "mill.pdf"
    file.write_bytes(pdf(["\n".join(drawn)]))
    both = plain(" ".join(LEFT), " ".join(RIGHT))
    assert read(file)[-2:] == both
    assert read_across(file) == both


@pytest.mark.slow
def test_the_pages_are_the_same_each_time_and_each_can_be_printed() -> None:
    pages = [*first_pages(), *other_pages()]
    assert pages == [*first_pages(), *other_pages()]
    assert len({page.name for page in pages}) == 96
    assert {page.layout for page in pages} == set(LAYOUTS)
    for page in pages:
        assert printers(page.layout)
        texts = [block.texts[0] for block in page.blocks if block.kind == "heading"]
        assert all(text in page_of(page) for text in texts)
