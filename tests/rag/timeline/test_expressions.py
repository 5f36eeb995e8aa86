"""The dates that a sentence states, and what only looks like one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from rag.timeline import date_expressions


def found(text: str, language: str = "en", own: date | None = None) -> list[tuple[str, str]]:
    read = date_expressions(text, language, own)
    return [(text[one.start : one.end], one.period.edtf) for one in read]


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
    for one in date_expressions(text, language, date(2024, 5, 9)):
        assert last <= one.start < one.end <= len(text)
        last = one.end
