"""The day of a field, and of what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.load.dates import iso_day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2021-05-03", "2021-05-03"), (" 2021-05-03T23:59:59-08:00 ", "2021-05-03"),
        ("20210503", "2021-05-03"), ("2021/05/03 10:00", "2021-05-03"),
        ("Mon, 3 May 2021 08:00:00 +0200", "2021-05-03"), ("3 May 2021", "2021-05-03"),
        ("May 3, 2021", "2021-05-03"), ("Dec 24, 2021", "2021-12-24"),
        ("1620028800", "2021-05-03"), ("1620028800123", "2021-05-03"),
        ("1620028800.5", "2021-05-03"),
        ("", ""), ("soon", ""), ("2021", ""), ("12", ""), ("2021-13-40", ""), ("03.05.2021", ""),
        ("0000-01-01", ""), ("99999999999999", ""),
    ],
)  # fmt: skip
def test_a_day_is_told_from_what_is_none(said: str, day: str) -> None:
    assert iso_day(said) == day


@given(st.text(max_size=30) | st.text(st.sampled_from("0123456789-:./T Z+May,"), max_size=30))
def test_any_text_is_a_day_or_none(said: str) -> None:
    assert len(iso_day(said)) in (0, 10)
