"""Pages are called as they print it, where the file does not say how."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.load.loading import load_file
from tests.index.load.pdfs import line, lines, pdf

WORDS = ("lock", "weir", "mill", "quay", "pier", "dam", "ford", "isle", "cape", "reef")


def names(numbers: Sequence[str], y: float = 20, catalog: str = "") -> list[str]:
    """What pages are called on which such numbers are printed, "" for none."""
    pages = [
        "\n".join([
            lines(f"The {word} is old and nobody knows who made it.", f"A {word} has a keeper."),
            line(190, y, number) if number else "",
        ])
        for word, number in zip(WORDS, numbers, strict=False)
    ]  # fmt: skip
    (document,) = load_file(pdf(pages, catalog=catalog), "a.pdf").documents
    return [page.name for page in document.pages]


def test_roman_and_arabic_numbers_are_read_off_the_pages() -> None:
    assert names(["i", "ii", "1", "2", "3"]) == [
        "p. i (1 of 5)", "p. ii (2 of 5)", "p. 1 (3 of 5)", "p. 2 (4 of 5)", "p. 3 (5 of 5)",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["{}", "- {} -", "Seite {} von 90", "Page {}", "Orre Mills {}"])
@pytest.mark.parametrize("y", [20, 385])
def test_a_number_may_be_named_and_stand_above(form: str, y: float) -> None:
    found = names([form.format(n) for n in range(41, 46)], y)
    assert found == [f"p. {n} ({i} of 5)" for i, n in enumerate(range(41, 46), 1)]


def test_one_page_amid_others_may_print_none_and_a_cover_has_the_count() -> None:
    assert names(["", "7", "8", "", "10", "11"]) == [
        "p. 1 of 6", "p. 7 (2 of 6)", "p. 8 (3 of 6)", "p. 9 (4 of 6)", "p. 10 (5 of 6)",
        "p. 11 (6 of 6)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3", "4", "5"],  # as they are counted
        ["2023", "2023", "2023", "2023"],
        ["Orre, 2019", "Orre, 2017", "Orre, 2020", "Orre, 2013"],
        ["9", "8", "7", "6"],
        ["3.14", "4.15", "5.16", "6.17"],
        ["", "", "", "", "", "12", "13", ""],
        ["12"],
    ],
)
def test_other_numbers_call_no_page(numbers: list[str]) -> None:
    assert names(numbers) == [f"p. {n}" for n in range(1, len(numbers) + 1)]


def test_what_the_file_says_goes_first() -> None:
    labels = "/PageLabels << /Nums [0 << /S /D /St 101 >>] >>"
    assert names(["1", "2", "3"], catalog=labels) == ["p. 101", "p. 102", "p. 103"]
