"""A long PDF says the same, however many processes read it and however its pages are divided."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings, strategies as st

from index.forks import allow_helpers
from index.isolation.parsers import Parsers
from index.load.formats import Parsed
from index.load.loading import parse_file
from index.load.pdf import flow, pdfium
from tests.index.load.pdfs import line, lines, pdf

HEAD = ("Keeper", "Lamp", "Litres of oil")


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """Nobody helps but in the test that says so."""
    yield
    allow_helpers(int)


def page(number: int, kind: int) -> str:
    """A page with a running line and prose; 1: a table; 2: one that only a known head tells.

    3 is a table alone, which may go on from the page before, 4 a list of contents, 5 two columns
    and 6 a callout in its box.
    """
    running = line(40, 385, f"Log of the lights, part {number // 7}", 8)
    prose = [
        f"The keeper of light {number} wrote that line {i} of his log was of the" for i in range(6)
    ]
    rows = {
        1: [HEAD, *((f"Tomke {i}", "green", str(40 + i)) for i in range(4))],
        2: [HEAD, ("Ines", "red", "hardly any")],
        3: [(f"Malte {i}", "white", str(number + i)) for i in range(4)],
        4: [(f"{i}.", "Of the lamps", str(number + i)) for i in range(5)],
    }.get(kind, [])
    top = 360 if kind > 2 else 260
    drawn = [
        line(x, top - 14 * y, cell)
        for y, row in enumerate(rows)
        for x, cell in zip((40, 160, 260), row, strict=True)
    ]
    if kind == 5:
        drawn = [lines(*(text[:36] for text in prose), x=x, size=8) for x in (40, 226)]
    if kind == 6:
        drawn = [lines(*prose[:3]), "30 250 330 50 re S", lines(*prose[3:], x=36, y=288)]
    return "\n".join([running, *([lines(*prose)] if kind < 3 else []), *drawn])


def found(data: bytes) -> list[object]:
    (text,) = parse_file(data, "log.pdf", {})
    assert isinstance(text, Parsed)
    return [*text._replace(pieces=()), list(text.pieces)]


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 6), min_size=2, max_size=24),
    st.integers(1, 6),
    st.integers(0, 2),
)
@example([1, 0, 0, 2], 1, 0)  # a head that is known
@example([0, 3, 4, 0], 1, 0)  # a table that goes on
@example([5, 6, 5, 3, 6], 2, 0)  # columns and callouts
def test_pages_are_divided_anyhow(kinds: list[int], step: int, helpers: int) -> None:
    data = pdf([page(number, kind) for number, kind in enumerate(kinds)])
    whole = found(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flow, "_PART", step)
        patch.setattr(pdfium, "_PART", step)
        allow_helpers(lambda: helpers)
        assert found(data) == whole


@pytest.mark.slow
def test_a_long_file_is_the_same_with_help() -> None:
    data = pdf([page(number, number % 7) for number in range(150)])
    with Parsers(children=1) as alone, Parsers(children=2) as together:
        assert together.load(data, "log.pdf") == alone.load(data, "log.pdf")
        (document,) = alone.load(data, "log.pdf").documents
    assert len({page.name for page in document.pages}) == 150


@pytest.mark.slow
def test_what_is_wrong_with_a_page_is_told_by_whoever_reads_it() -> None:
    pages = [page(number, 0) for number in range(80)]
    pages[70] = line(40, 300, "Nobody sees this", 0.1)
    with Parsers(children=1) as alone, Parsers(children=2) as together:
        first, second = (parsers.load(pdf(pages), "log.pdf") for parsers in (alone, together))
    assert first == second
    assert [failure.source for failure in first.failures] == ["log.pdf, p. 71"]
