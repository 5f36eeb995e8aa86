"""What is said relative to the date of the document."""

from __future__ import annotations

from datetime import date

import pytest

from rag.dates import RelativeDate, date_expressions
from rag.timeline.relative import resolved

THURSDAY = date(2024, 5, 9)


def meant(text: str, language: str = "en") -> list[str]:
    said = [e.said for e in date_expressions(text, language, is_relative=True)]
    days = [resolved(one, THURSDAY) for one in said if isinstance(one, RelativeDate)]
    return [period.edtf for period in days if period]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It came yesterday.", "2024-05-08"),
        ("They leave tomorrow.", "2024-05-10"),
        ("We meet next week.", "2024-05-13/2024-05-19"),
        ("It broke last month.", "2024-04"),
        ("It broke last year.", "2023"),
        ("She wrote on Monday.", "2024-05-06"),
        ("It ends on Saturday.", "2024-05-11"),
        ("It was so three days ago.", "2024-05-06"),
        ("It was so two years ago.", "2022"),
        ("Pay by 31 May.", "2024-05-31"),
        ("It was signed in June last year.", "2023-06"),
        ("Pay until the end of the month.", "2024-05"),
        ("Nothing has moved since the winter.", "2023-24"),
        ("Pay by February.", "2024-02"),
    ],
)
def test_which_day_is_meant(text: str, edtf: str) -> None:
    assert meant(text) == [edtf]


@pytest.mark.parametrize(
    "text",
    [
        "It opens every Monday and on Mondays.",
        "We are open on Monday to Friday.",
        "Pay by November.",  # this one's or the last one's: half a year to either
        "Send it next Wednesday.",
    ],
)
def test_what_may_be_several_days_is_none(text: str) -> None:
    assert meant(text) == []


def test_german() -> None:
    assert meant("Der Zaun kam gestern.", "de") == ["2024-05-08"]
