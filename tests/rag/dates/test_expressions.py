"""The dates that a sentence states, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from rag.dates import Date, Period, date_expressions, written_dates


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    read = date_expressions(text, language)
    return [(text[e.start : e.end], e.said.edtf) for e in read if isinstance(e.said, Period)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("It sank on 3 May 1922 off Brell.", [("3 May 1922", "1922-05-03")]),
        ("It sank on May 3rd, 1922.", [("May 3rd, 1922", "1922-05-03")]),
        ("Ada left in Sept. 1940.", [("Sept. 1940", "1940-09")]),
        ("She met them in 1912 and 1926.", [("1912", "1912"), ("1926", "1926")]),
        ("It was shut in 1940 and 1941.", [("1940 and 1941", "1940/1941")]),
        ("Between 1840 and 1860 it grew.", [("Between 1840 and 1860", "1840/1860")]),
        ("He (1889–1961) kept bees.", [("1889–1961", "1889/1961")]),
        ("It opens in Q4 2031.", [("Q4 2031", "2031-36")]),
        ("Sales fell in the second half of 2019.", [("second half of 2019", "2019-41")]),
        ("The fair of summer 1952 was wet.", [("summer 1952", "1952-22")]),
        ("By the 1880s there were three.", [("1880s", "188X")]),
        ("Nobody lived there in the fifteenth century.", [("fifteenth century", "14XX")]),
        ("Published 2031-02-28.", [("2031-02-28", "2031-02-28")]),
        ("They met 4–6 June 2017 in Oslo.", [("4–6 June 2017", "2017-06-04/2017-06-06")]),
        ("The 2008 crisis was worse.", [("2008", "2008")]),
        ("1998: The club buys a boat.", [("1998", "1998")]),
        ("On 13/5/2020 it rained.", [("13/5/2020", "2020-05-13")]),
    ],
)
def test_dates_of_a_sentence(text: str, dates: list[tuple[str, str]]) -> None:
    assert found(text) == dates


@pytest.mark.parametrize(
    "text",
    [
        "Call 0171 1998 2004 before noon.",
        "See page 2014 and section 2.2015.",
        "Version 2019.2 needs R 4.2022.",
        "The 2022 samples weighed 1990 grams.",
        "Of 2024 seeds 1988 grew.",
        "It cost $1999 or 2000 euros for 2000 people.",
        "They may march in may or june.",
        "Room 2012 is locked.",
        "It was on 4/5/2020, whichever that is.",
        "On 31 June 2020 nothing can happen.",
        "Next week it ends, and last month it began.",
        "Smith et al. (2014) disagree.",
    ],
)
def test_what_is_no_date_without_a_date_of_the_document(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Er kam am 7. März 1990 an.", [("7. März 1990", "1990-03-07")]),
        ("Offen vom 3. bis 9. Juli 2011.", [("3. bis 9. Juli 2011", "2011-07-03/2011-07-09")]),
        ("Seit 1999 ist er Wirt.", [("1999", "1999")]),
        ("Im 18. Jahrhundert brannte es.", [("18. Jahrhundert", "17XX")]),
        ("In den dreißiger Jahren war es still.", [("dreißiger Jahren", "193X")]),
        ("Frist: 30.06.2031, danach nicht mehr.", [("30.06.2031", "2031-06-30")]),
        ("Raum 2012 kostet 1990 Mark.", []),
    ],
)  # fmt: skip
def test_german(text: str, dates: list[tuple[str, str]]) -> None:
    assert found(text, "de") == dates


def test_another_language_is_read_by_its_digits_alone() -> None:
    assert found("Fermé depuis le 31.12.2019 et en 2021.", "fr") == [("31.12.2019", "2019-12-31")]


@given(st.text(max_size=80), st.sampled_from(["en", "de", "fr"]))
def test_whatever_is_read_lies_in_the_text(text: str, language: str) -> None:
    last = 0
    for one in date_expressions(text, language, is_relative=True):
        assert last <= one.start < one.end <= len(text)
        last = one.end


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("3 May 2021 to 5 June", {"3 May 2021": (2021, 5, 3), "5 June": (None, 6, 5)}),
        ("It was so from 1914 to 1918.", {"1914": (1914, None, None), "1918": (1918, None, None)}),
        ("Since the first of February.", {"first of February": (None, 2, 1)}),
        ("Signed this 3rd day of May 2022", {"3rd day of May 2022": (2022, 5, 3)}),
        ("The Olympics 2024 in Paris", {"2024": (2024, None, None)}),
        ("In spring 2019 it was 2020 metres.", {"2019": (2019, None, None)}),
        ("am 1. April 2025 oder 31.12.27", {"1. April 2025": (2025, 4, 1)}),
        ("Every week of the 1930s, in the 1930's", {}),
    ],
)  # fmt: skip
def test_days_months_and_years_one_by_one(
    text: str, dates: dict[str, tuple[int | None, int | None, int | None]]
) -> None:
    found = {text[one.start : one.end]: one.date for one in written_dates(text)}
    assert found == {words: Date(*said) for words, said in dates.items()}


def test_which_number_is_the_day_has_to_be_told() -> None:
    text = "by 03/04/2020"
    assert written_dates(text) == []
    assert written_dates(text, day_first=True)[0].date == Date(2020, 4, 3)
    assert written_dates(text, day_first=False)[0].date == Date(2020, 3, 4)


def test_dates_differ_in_what_both_say() -> None:
    assert Date(2020, 5).differs(Date(2020, 6, 1))
    assert not Date(2020).differs(Date(2020, 6, 1))
    assert Date(2020).differs(Date(None, 6, 1)) is None


@given(st.text(max_size=80))
def test_dates_one_by_one_lie_in_the_text(text: str) -> None:
    last = 0
    for one in written_dates(text, day_first=True):
        assert last <= one.start < one.end <= len(text)
        last = one.end
