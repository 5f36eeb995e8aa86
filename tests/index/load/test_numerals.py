"""Counters of lists and pages, against PDFium and openpyxl, which count by themselves."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given, strategies as st

from index.load import load_file
from index.load.numerals import NumeralStyle, alphabetic, lowered, numeral, raised, roman_number
from tests.index.load.pdfs import line, pdf

FEW = [*range(1, 32), 39, 40, 49, 52, 53, 78, 90, 99, 104, 399, 400, 444, 499, 676, 780]


@pytest.mark.parametrize(
    ("style", "upper", "pdf_style", "numbers"),
    [
        (NumeralStyle.ROMAN, False, "r", [*FEW, 888, 1999, 3888, 3999]),
        (NumeralStyle.ROMAN, True, "R", FEW),
        (NumeralStyle.REPEATED, False, "a", FEW),
        (NumeralStyle.REPEATED, True, "A", FEW),
        (NumeralStyle.FIGURES, False, "D", FEW),
    ],
)
def test_pages_are_labelled_as_pdfium_labels_them(
    style: NumeralStyle, upper: bool, pdf_style: str, numbers: list[int]
) -> None:
    labels = " ".join(f"{n} << /S /{pdf_style} /St {number} >>" for n, number in enumerate(numbers))
    pages = [line(40, 300, f"Gate {number} is here.") for number in numbers]
    (document,) = load_file(pdf(pages, catalog=f"/PageLabels << /Nums [{labels}] >>"), "a.pdf")[0]
    named = [page.name.removeprefix("p. ") for page in document.pages]
    assert named == [numeral(number, style, upper) for number in numbers]


@given(st.integers(1, 18_278))
def test_letters_are_those_of_a_spreadsheets_columns(number: int) -> None:
    column = pytest.importorskip("openpyxl.utils").get_column_letter(number)
    assert numeral(number, NumeralStyle.LETTERS, upper=True) == column


def test_the_two_conventions_part_after_aa() -> None:
    assert [numeral(n, NumeralStyle.LETTERS) for n in (26, 27, 28, 53)] == ["z", "aa", "ab", "ba"]
    assert [numeral(n, NumeralStyle.REPEATED) for n in (26, 27, 28, 53)] == ["z", "aa", "bb", "aaa"]


@given(st.integers(-(10**9), 10**9), st.sampled_from(NumeralStyle), st.booleans())
def test_what_a_style_cannot_count_is_in_figures(
    number: int, style: NumeralStyle, upper: bool
) -> None:
    shown = numeral(number, style, upper)
    if style in (NumeralStyle.FIGURES, NumeralStyle.TWO_FIGURES) or number < 1:
        assert int(shown) == number
    elif shown.isalpha():
        assert shown == (shown.upper() if upper else shown.lower())
    else:
        assert int(shown) == number > 780


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_letters_are_in_order(one: int, other: int) -> None:
    a, b = alphabetic(one), alphabetic(other)
    assert ((len(a), a) < (len(b), b)) == (one < other)


@given(st.integers(1, 3999))
def test_a_roman_numeral_is_read_back(number: int) -> None:
    assert roman_number(numeral(number, NumeralStyle.ROMAN)) == number


@given(st.text("ivxlcdm", max_size=8) | st.text(max_size=8))
def test_a_word_is_a_roman_numeral_or_none(word: str) -> None:
    number = roman_number(word)
    assert number is None or numeral(number, NumeralStyle.ROMAN) == word


@pytest.mark.parametrize("word", ["", "iiii", "vx", "ic", "mmmm", "XIV", "mild", "i" * 10_000])
def test_no_roman_numeral(word: str) -> None:
    assert roman_number(word) is None


@given(st.text("0123456789+-−=()n", min_size=1))
def test_what_is_raised_or_lowered_says_the_same(said: str) -> None:
    plain = said.replace("-", "−")
    assert normalize("NFKC", raised(said)) == plain
    assert normalize("NFKC", lowered(said)) == plain


def test_what_cannot_be_raised_stays_whole() -> None:
    assert (raised("2n"), raised("1.5"), raised("st"), raised("")) == ("²ⁿ", "1.5", "st", "")
    assert lowered("2(aq)") == "₂₍aq₎"
