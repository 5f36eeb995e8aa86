"""Logs: an entry is quoted as a whole, and what goes on below it stays with it."""

from __future__ import annotations

from hypothesis import given, strategies as st

from index.load.loading import load_file
from tests.index.load.broken import loads_or_is_refused

TRACE = """2024-01-01 10:00:05 ERROR disk full on node 7
Traceback (most recent call last):
  File "a.py", line 3, in run
OSError: no space left"""


def entries(text: str) -> list[str]:
    (document,) = load_file(text.encode(), "a.log").documents
    assert document.text == text
    return [document.text[b.start : b.end] for b in document.blocks]


def test_a_stack_trace_stays_with_its_line() -> None:
    first, last = "2024-01-01 10:00:00 INFO started. All is well.", "2024-01-01 10:00:09 INFO retry"
    assert entries(f"{first}\n{TRACE}\n\n{last}\n") == [first, TRACE, last]
    (document,) = load_file(f"{first}\n{last}".encode(), "a.log").documents
    assert [document.cut(piece[1:3]) for piece in document.pieces] == [first, last]


def test_times_of_many_makes() -> None:
    lines = [
        "May  3 10:00:01 pier sshd[7]: Accepted key for ida",
        '10.0.0.7 - - [03/May/2024:10:00:02 +0000] "GET / HTTP/1.1" 200',
        "[2024-05-03T10:00:03Z] WARN low water",
        "1714550000 started",
        "03.05.2024 10:00:04 Fehler: Platte voll",
    ]
    assert entries("\n".join(lines)) == lines


def test_without_times_each_line_is_an_entry() -> None:
    assert entries("compiling pier\nlinking pier\n  done\n") == [
        "compiling pier",
        "linking pier",
        "done",
    ]


@given(st.text("2024-01 :ab\n\t\r", max_size=80))
def test_any_text_loads_or_is_refused(text: str) -> None:
    loads_or_is_refused(text.encode(), "a.log")
