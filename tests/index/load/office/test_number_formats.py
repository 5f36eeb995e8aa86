"""Numbers in a spreadsheet's formats: as a person sees them."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from hypothesis import given, strategies as st

from index.load.office.excel.number_formats import plain, read_format, shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12.500000000000002, "", "12.5"),
        (12.0, "General", "12"),
        (1 / 3, "", "0.333333333333333"),
        (5.0, 'General" kg"', "5 kg"),
        (3.0, "@", "3"),
        (0.125, "0.0%", "12.5%"),
        (0.125, "0%", "13%"),
        (0.125, "0 %", "13 %"),
        (1234567.891, "#,##0.00", "1234567.89"),
        (12.345, "0.00", "12.35"),
        (1234.5, "#,##0.00\\ [$€-407]", "1234.50 €"),
        (1234.5, "[$£-809]#,##0", "£1235"),
        (3.7, "$#,##0_);($#,##0)", "$4"),
        (1.5, "_-* #,##0.00\\ _€_-;-* #,##0.00\\ _€_-", "1.50"),
        (-5.5, "0.00;[Red]0.00", "-5.50"),
        (-0.001, "0.00", "0.00"),
        (12.0, '0.## "kg"', "12 kg"),
        (12.25, "0.##", "12.25"),
        (100.0, "0.##", "100"),
        (1234.0, "00000", "01234"),
        (-7.0, "000", "-007"),
        (2_500_000.0, '0.0,,"M"', "2.5M"),
        (1500.0, '[>=1000]0.0,"k";0', "1500"),
        (123456789.0, "000-00-0000", "123456789"),
        (0.5, "# ?/?", "0.5"),
        (12000.0, "0.00E+00", "12000"),
        (5.0, '"n/a"', "5"),
        (5.0, '"open', "5"),
        (1e20, "0.00", "1e+20"),
        (45352.0, "yyyy-mm-dd", "2024-03-01"),
        (45352.0, "[$-407]d. mmmm yyyy", "2024-03-01"),
        (45352.604166667, "dd/mm/yyyy hh:mm", "2024-03-01 14:30"),
        (45352.604166667, "dd/mm/yyyy", "2024-03-01"),
        (45352.0, "mmm-yy", "2024-03"),
        (45352.0, "yyyy", "2024"),
        (0.604166667, "h:mm AM/PM", "14:30"),
        (0.604224537, "h:mm:ss", "14:30:05"),
        (0.003, "mm:ss", "04:19"),
        (1.104166667, "[h]:mm", "26:30"),
        (0.0430555, "[m]", "62"),
        (0.0430555, "[mm]:ss", "62:00"),
        (0.01, "[s]", "864"),
        (59.0, "yyyy-mm-dd", "1900-02-28"),
        (61.0, "yyyy-mm-dd", "1900-03-01"),
        (-1.0, "yyyy-mm-dd", "-1"),
        (3e6, "yyyy-mm-dd", "3000000"),
    ],
)
def test_a_number_in_a_format(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_days_count_from_1904_where_the_file_says_so() -> None:
    assert shown(43890.0, "yyyy-mm-dd", since_1904=True) == "2024-03-01"
    assert shown(0.0, "yyyy-mm-dd", since_1904=True) == "1904-01-01"


# 1900 was no leap year, whatever Excel says: days before March of it are nobody's
@given(st.floats(61, 2_950_000), st.booleans())
def test_openpyxl_finds_the_same_moment(value: float, since_1904: bool) -> None:
    openpyxl = pytest.importorskip("openpyxl.utils.datetime")
    epoch = openpyxl.MAC_EPOCH if since_1904 else openpyxl.WINDOWS_EPOCH
    expected = openpyxl.from_excel(value, epoch)
    found = shown(value, "yyyy-mm-dd hh:mm:ss", since_1904)
    assert abs((datetime.fromisoformat(found) - expected).total_seconds()) <= 1


@given(st.floats(-1e300, 1e300))
def test_a_plain_number_is_that_number(value: float) -> None:
    assert math.isclose(float(plain(value)), value, rel_tol=1e-14, abs_tol=1e-300)


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(alphabet='0#?.,%E+-/;"\\[]$€ymdhs_*@ gGenral<>=1', max_size=12),
)
def test_any_format_gives_some_text(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)
    assert any(c.isdigit() for c in shown(value, code)) or read_format(code) is not None
