"""TOML: its tables as values."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.errors import UnreadableDocument
from index.load.loading import load_file
from tests.index.load.broken import loads_or_is_refused

FILE = b"""# of the ferry
title = "Ferry"
[owner]
name = "Ida Holm"
born = 1979-05-27
shift = 07:30:00
[[berths]]
id = 1
length = 12.50
wide = true
[[berths]]
id = 2
length = 9
"""


def test_tables_are_sections_and_numbers_stay_as_they_were_written() -> None:
    (document,) = load_file(FILE, "a.toml").documents
    assert document.text == (
        "title: Ferry\n"
        "owner > name: Ida Holm\nowner > born: 1979-05-27\nowner > shift: 07:30:00\n\n"
        "berths\n\nid: 1; length: 12.50; wide: true\nid: 2; length: 9"
    )


@pytest.mark.parametrize("data", [b"a = ", b"a = " + b"[" * 50_000, b"a = " + b"9" * 5_000])
def test_what_is_not_toml_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"^a\.toml: this is not valid TOML \("):
        load_file(data, "a.toml")


@given(st.text("ab=[]{}\"'.,\n #1", max_size=60))
def test_any_text_loads_or_is_refused(text: str) -> None:
    loads_or_is_refused(text.encode(), "a.toml")
