"""Code and dumps are told from prose, also where a format calls prose code."""

from __future__ import annotations

import pytest

from index.layout import layout
from index.layout.code import is_code, is_dump, is_prose_as_code
from tests.doubles import document


@pytest.mark.parametrize(
    "line",
    [
        "00000000: 7f45 4c46 0201 0100 0000 0000 0000 0000  .ELF............",
        "00000010  de ad be ef 00 11 22 33  44 55 66 77 88 99 aa bb  |........|",
        "d4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e",
        "TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24sIGJ1dCBieSB0",
        "-----BEGIN PUBLIC KEY-----",
    ],
)
def test_bytes_that_are_written_out(line: str) -> None:
    assert is_dump(line)


@pytest.mark.parametrize(
    "line",
    [
        "The lock has 12 gates, 8 sluices and 2 bridges in 1904, 1911 and 1920.",
        "1904 1911 1920 1931",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "Call 020 7946 0018 or 020 7946 0019.",
    ],
)
def test_numbers_and_long_words_are_no_bytes(line: str) -> None:
    assert not is_dump(line)


@pytest.mark.parametrize(
    "lines",
    [
        ["for gate in gates {", "  gate.open();", "}"],
        ["$ lock open 3 --slowly", "$ lock close 3"],
        ["#include <stdio.h>", "int main(void) {", "return 0;", "}"],
        ["import csv", "from gates import open_gate", "open_gate(3)"],
    ],
)
def test_code(lines: list[str]) -> None:
    assert is_code(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["The member(s) pay;", "the guest(s) do not;", "Art. 4(1) says so."],
        ["(a) the boats;", "(b) the oars;", "(c) the quay."],
        ["For the gates:", "Open them slowly.", "If it freezes:", "Leave them shut."],
        ["Gate: East; Opens from: 6", "Gate: West; Opens from: 7"],
        ["Call lock.open() first."],
    ],
)
def test_prose_and_lists_are_no_code(lines: list[str]) -> None:
    assert not is_code(lines)


def test_prose_in_a_fence_is_prose() -> None:
    letter = ["Dear Ida,", "The lock is closed until the end of May.", "I am sorry, but it is so."]
    assert is_prose_as_code(letter)
    assert not is_prose_as_code(["sudo systemctl restart lock"])
    assert not is_prose_as_code(["SELECT name FROM boats WHERE metres > 7;"])


def test_code_has_its_role_in_each_format() -> None:
    for text, source in (
        ("# A\n\nRun it:\n\n```\nlock.open(3)\n```\n\nIt opens.\n", "a.md"),
        ("<h1>A</h1><p>Run it:</p><pre><code>lock.open(3)</code></pre><p>It opens.</p>", "a.html"),
        ("A\n=\n\nRun it::\n\n  lock.open(3)\n\nIt opens.\n", "a.rst"),
        ("Run it:\n\n```\nlock.open(3)\n```\n\nIt opens.\n", "a.txt"),
    ):
        made = document(text, source)
        roles = {made.text[p.start : p.end]: p.role for p in layout(made)}
        assert roles["lock.open(3)"] == "code"
        assert roles["It opens."] == "body"
