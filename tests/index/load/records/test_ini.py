"""INI and properties: sections of names with values; no line is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.load.loading import load_file
from tests.index.load.broken import loads_or_is_refused


def text_of(data: bytes, name: str = "a.ini") -> str:
    (document,) = load_file(data, name).documents
    return document.text


def test_sections_name_their_fields() -> None:
    data = b"""; who may
owner = Ida
[database]
host = db.pier.example
max_connections: 40
motd = Welcome to
   the pier
[paths]
log=/var/a
log=/var/b
alone
"""
    assert text_of(data) == (
        "owner: Ida\ndatabase > host: db.pier.example\ndatabase > max_connections: 40\n"
        "database > motd: Welcome to the pier\npaths > log: /var/a, /var/b\npaths: alone"
    )
    assert load_file(data, "a.cfg").documents[0].meta["aside"] == "who may"


def test_properties_go_on_after_a_backslash_and_name_characters_by_number() -> None:
    data = b"gru\\u00df = Moin, \\\n  Tarn\nerror.404=This page has sunk\n"
    assert text_of(data, "a.properties") == "gruß: Moin, Tarn\nerror.404: This page has sunk"


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        ("slip = Eelmouth\n[slip]\ndepth = 4\n", "a.ini", "slip: Eelmouth\nslip > depth: 4"),
        ("[a]\n\trope = hemp\n\tmast = oak\n", "a.ini", "a > rope: hemp\na > mast: oak"),
        ("[a]\n  rope = hemp\n    and wire\n", "a.ini", "a > rope: hemp and wire"),
        ("dir = C:\\\nmast = oak\n", "a.ini", "dir: C:\\\nmast: oak"),
        ("!rope = hemp\n", "a.ini", "!rope: hemp"),
        ("!rope = hemp\nmast = oak\n", "a.properties", "mast: oak"),
        ("dir = C:\\\\\n  mast = oak\n", "a.properties", "dir: C:\\\\\nmast: oak"),
    ],
)
def test_what_goes_on_and_what_is_a_comment(data: str, name: str, text: str) -> None:
    assert text_of(data.encode(), name) == text


@given(st.lists(st.text("ab[#;\\ \t", max_size=12), max_size=8))
def test_no_line_is_lost(lines: list[str]) -> None:
    data = "\n".join([*lines, "pier = Tarn"]).encode()
    loads_or_is_refused(data, "a.ini")
    (document,) = load_file(data, "a.ini").documents
    held = document.text + document.meta.get("aside", "")
    for line in lines:
        if not line.lstrip().startswith(("#", ";", "!")):
            assert all(letter in held for letter in "ab" if letter in line)
