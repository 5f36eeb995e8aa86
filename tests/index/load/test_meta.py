"""What a file says of itself: titles, names and days, and what is none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, strategies as st

from index.load.meta import day_of, name_of, names_of, title_of

CLOCKS = st.datetimes(
    datetime(1990, 1, 1),
    datetime(2099, 12, 31),
    timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2021-05-03", "2021-05-03"), (" 2021-05-03T23:59:59-08:00 ", "2021-05-03"),
        ("2021-05-03Z", "2021-05-03"), ("2021-05-03/2021-05-07", "2021-05-03"),
        ("20210503", "2021-05-03"), ("2021/05/03 10:00", "2021-05-03"),
        ("20210503080000", "2021-05-03"), ("D:20210503080000+02'00'", "2021-05-03"),
        ("D:20210503", "2021-05-03"), ("2021-05-03T08:00:00Z", "2021-05-03"),
        ("Mon, 3 May 2021 08:00:00 +0200", "2021-05-03"), ("3 May 2021", "2021-05-03"),
        ("May 3, 2021", "2021-05-03"), ("Dec 24, 2021", "2021-12-24"),
        ("May 3, 2021 9:30 AM", "2021-05-03"), ("Mon May  3 08:00:00 2021", "2021-05-03"),
        ("1620028800", "2021-05-03"), ("1620028800123", "2021-05-03"),
        ("1620028800.5", "2021-05-03"), ("1922-05-03", "1922-05-03"),
        ("2021", "2021"), (" 1851 ", "1851"), ("2021-05", "2021-05"),
        ("", ""), ("soon", ""), ("12", ""), ("1234567", ""), ("2021-13", ""), ("2021-13-40", ""),
        ("03.05.2021", ""), ("2021-0503", ""), ("2021-05-031", ""), ("2021.05.03.1", ""),
        ("0000-01-01", ""), ("0001-01-01T00:00:00", ""), ("9999-12-31", ""), ("1212", ""),
        ("1970-01-01T00:00:00Z", ""), ("Wed, 31 Dec 1969 16:00:00 -0800", ""),
        ("99999999999999", ""), ("20２１", ""), ("2021-05-03 " + "x" * 100, ""), (None, ""),
    ],
)  # fmt: skip
def test_a_day_is_told_from_what_is_none(said: str | None, day: str) -> None:
    assert day_of(said) == day


@pytest.mark.parametrize("said", ["1601-01-01T00:00:00Z", "1980-01-04", "1985-12-31", "D:19040101"])
def test_a_clock_that_was_never_set_tells_no_day(said: str) -> None:
    assert day_of(said, by_program=True) == ""
    assert day_of("D:19860101", by_program=True) == "1986-01-01"


@given(CLOCKS)
def test_every_way_of_writing_a_day_is_read_alike(clock: datetime) -> None:
    day = clock.date().isoformat()
    offset = f"{clock:%z}"
    ways = (
        day, clock.isoformat(), clock.isoformat(" "), f"{clock:%Y%m%d}", f"{clock:%Y/%m/%d %H:%M}",
        f"D:{clock:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:]}'", f"{clock:%Y%m%dT%H%M%S%z}",
        format_datetime(clock), f"{clock:%d %B %Y}", f"{clock:%b %d, %Y}",
        f"{clock:%a %b %d %H:%M:%S %Y}",
    )  # fmt: skip
    assert {day_of(way) for way in ways} == {day}
    assert {day_of(way, by_program=True) for way in ways} == {day}
    seconds = int(clock.timestamp())
    utc = datetime.fromtimestamp(seconds, UTC).date().isoformat()
    assert day_of(str(seconds)) == day_of(f"{seconds}000") == utc


@given(st.text(max_size=30) | st.text(st.sampled_from("0123456789-:./TD Z+May,"), max_size=30))
def test_any_text_is_a_day_a_month_a_year_or_none(said: str) -> None:
    found = day_of(said)
    assert found == "" or 1000 <= date.fromisoformat(found + "-01-01"[len(found) - 4 :]).year < 2100


@pytest.mark.parametrize(
    "said", ["Untitled", "[untitled]", "Untitled document", "Sans titre", "Unbenannt", "none",
             "...", "", " ", "https://pier.example/a", "x" * 301, None],
)  # fmt: skip
def test_no_title(said: str | None) -> None:
    assert title_of(said) == title_of(said, by_program=True) == ""


@pytest.mark.parametrize(
    "said", ["Microsoft Word - pier.doc", "pier_final.docx", "main.dvi", "Document1", "Mappe 2",
             "Slide (3)", "Layout 1", "Untitled-2", "PowerPoint-Präsentation", "PowerPoint 発表",
             "Présentation PowerPoint", "Microsoft Word - Document3", "New Microsoft Word Document",
             "Normal Template", "Proceedings Template", "Scanned document", "about:blank", "12"],
)  # fmt: skip
def test_what_programs_call_a_file_is_no_title(said: str) -> None:
    assert title_of(said, by_program=True) == ""


@pytest.mark.parametrize(
    "said", ["1984", "Layout", "Page 2", "Node.js", "robots.txt", "Letter template", "Book",
             "Document 12", "Untitled (Rothko)", "La plantilla", "PowerPoint Karaoke"],
)  # fmt: skip
def test_people_mean_what_they_call_a_text(said: str) -> None:
    assert title_of(said) == said


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Microsoft Word - Tide tables.doc", "Tide tables"), ("Tide\n  tables", "Tide tables"),
        ("Microsoft PowerPoint - Tides 2023", "Tides 2023"), ("Tides 2023", "Tides 2023"),
        ("Documentation", "Documentation"), ("Node.js", "Node.js"), ("Page one", "Page one"),
        ("Template matching", "Template matching"), ("潮汐表", "潮汐表"),
    ],
)  # fmt: skip
def test_a_title_that_a_program_kept(said: str, title: str) -> None:
    assert title_of(said, by_program=True) == title


@pytest.mark.parametrize(
    "said", ["admin", "Unknown Author", "root", "Benutzer", "-", "1742", "admin@pier.example",
             "root@localhost", "https://pier.example/ida", "y" * 1001, "", None],
)  # fmt: skip
def test_nobody(said: str | None) -> None:
    assert name_of(said) == name_of(said, by_program=True) == ""


@pytest.mark.parametrize(
    "said", ["Windows User", "Microsoft Office User", "python-docx", "HP", "user 2", "s1234567",
             "Microsoft Corporation"],
)  # fmt: skip
def test_the_owner_of_a_computer_is_nobody(said: str) -> None:
    assert name_of(said) == said
    assert name_of(said, by_program=True) == ""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ida  Holm", "Ida Holm"), ("Ida Holm <ida@pier.example>", "Ida Holm"),
        ('"Holm, Ida" <ida@pier.example>', "Holm, Ida"), ("ida@pier.example", "ida@pier.example"),
        ("Ida Holm <i@pier.example> (https://pier.example/ida)", "Ida Holm"),
        ("Ida Holm <i@pier.example>, Per Lund <p@pier.example>", "Ida Holm, Per Lund"),
        ("Ida @ Pier Press", "Ida @ Pier Press"), ("@ida", "@ida"), ("Даль", "Даль"),
        ("Anonymous Collective", "Anonymous Collective"), ("Owner, Ted", "Owner, Ted"),
    ],
)  # fmt: skip
def test_somebody(said: str, name: str) -> None:
    assert name_of(said) == name_of(said, by_program=True) == name


def test_each_of_several_is_named_once() -> None:
    assert names_of(["Ida Holm", None, "admin", "Per  Lund", "Ida Holm"]) == "Ida Holm, Per Lund"
    assert names_of([]) == ""


@given(st.text(max_size=60), st.booleans())
def test_what_is_believed_is_one_line_and_stays_so(said: str, by_program: bool) -> None:
    for judged in (title_of, name_of):
        found = judged(said, by_program=by_program)
        assert found == " ".join(found.split())
        assert judged(found, by_program=by_program) in (found, "")
        assert not by_program or judged(found) == found  # programs are believed less, never more
