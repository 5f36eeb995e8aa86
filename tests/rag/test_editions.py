"""Which of two documents is the newer one, as they say themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from rag.editions import Edition, edition_of, versions_in
from tests.doubles import document

NUMBERS = st.lists(st.integers(1, 30), max_size=3).map(tuple)
EDITIONS = st.builds(Edition, NUMBERS, NUMBERS)


@pytest.mark.parametrize(
    ("title", "source", "date", "edition"),
    [
        ("Berth fees, version 2", "a.txt", "", ((2,), ())),
        ("Berth fees", "fees-v2.10.txt", "", ((2, 10), ())),
        ("Berth fees 2021", "a.txt", "", ((), (2021,))),
        ("Berth fees (2021)", "a.txt", "2022-03-04", ((), (2022, 3, 4))),
        ("Berth fees", "fees_2021.csv", "", ((), (2021,))),
        ("Berth fees", "2021-fees.csv", "", ((), (2021,))),
        ("Gebühren, Fassung 3 von 2019", "a.txt", "2019-01", ((3,), (2019, 1))),
        ("From 1990 to 2000", "a.txt", "", ((), ())),
        ("Route 2021b", "a2021b.txt", "", ((), ())),
        ("The vicar", "villa.txt", "", ((), ())),
        ("Prices of 2,021 boats", "a.txt", "", ((), ())),
    ],
)
def test_what_a_document_says_of_its_edition(
    title: str, source: str, date: str, edition: tuple[tuple[int, ...], ...]
) -> None:
    meta = {"date": date} if date else {}
    said = edition_of(replace(document("Boats pay.\n", source), title=title, meta=meta))
    assert said == edition


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        (Edition((1,), ()), Edition((2,), ()), True),
        (Edition((2, 9), ()), Edition((2, 10), ()), True),
        (Edition((2,), ()), Edition((2, 1), ()), None),
        (Edition((), (2019,)), Edition((), (2021, 1)), True),
        (Edition((), (2021,)), Edition((), (2021, 1)), None),
        (Edition((1,), (2021,)), Edition((2,), (2019,)), None),
        (Edition((1,), ()), Edition((), (2019,)), None),
        (Edition((1,), (2019,)), Edition((1,), (2021,)), True),
    ],
)
def test_which_is_older(one: Edition, other: Edition, older: bool | None) -> None:
    assert one.is_older(other) is older
    assert other.is_older(one) is (None if older is None else not older)


@given(EDITIONS, EDITIONS)
def test_no_two_are_older_than_each_other(one: Edition, other: Edition) -> None:
    assert not (one.is_older(other) and other.is_older(one))
    assert one.is_older(one) is None


def test_versions_that_a_text_names() -> None:
    assert versions_in("is v1.2 or Version 3 (revision 4) newer?") == ((1, 2), (3,), (4,))
    assert versions_in("five 5, iv2x, improvise 2, v12345, v1a") == ()


@pytest.mark.parametrize("loader", ["email/5", "mbox/1"])
def test_a_mail_is_no_edition_of_the_one_that_it_answers(loader: str) -> None:
    meta = {"date": "2024-05-06", "loader": loader}
    mail = replace(document("Boats pay.\n", "a.eml"), title="Fees", meta=meta)
    assert edition_of(mail) == ((), ())
