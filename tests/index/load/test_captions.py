"""Subtitles: sentences over several cues, each at its time, and who speaks."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.errors import UnreadableDocument
from index.load.loading import load_file
from index.types import Document
from tests.index.load.broken import loads_or_is_refused

SRT = """1
00:00:01,000 --> 00:00:05,000
Die Brücke wird im Juni

2
00:00:05,500 --> 00:00:09,000
<i>gestrichen.</i> Die Farbe

3
01:00:09,500 --> 01:00:11,000
{\\an8}kostet 901 Kronen.

4
01:00:12,000 --> 01:00:13,000
Gut.
"""
VTT = """WEBVTT - Council of May

NOTE not said

STYLE
::cue {color: red}

intro
00:01.000 --> 00:05.000 align:start
<v.loud Ida>We paint the bridge &amp; the boathouse <00:03.000>in May.

00:05.500 --> 00:09.000
<v Ole>The paint costs 900 crowns.
"""


def document(text: str, name: str) -> Document:
    (found,) = load_file(text.encode(), name).documents
    return found


def place(found: Document, said: str) -> str:
    at = found.text.index(said)
    return [page.name for page in found.pages if page.start <= at][-1]


def test_a_sentence_goes_on_in_the_next_cue_and_each_has_its_time() -> None:
    found = document(SRT.replace("\n", "\r\n"), "a.srt")
    assert found.text == (
        "Die Brücke wird im Juni gestrichen. Die Farbe kostet 901 Kronen.\n\nGut."
    )
    assert place(found, "Die Brücke") == "00:00:01"
    assert place(found, "Die Farbe") == "00:00:05"
    assert place(found, "Gut") == "01:00:12"


def test_who_speaks_is_said_and_notes_are_not() -> None:
    found = document(VTT, "a.vtt")
    assert found.title == "Council of May"
    assert found.text == (
        "Ida: We paint the bridge & the boathouse in May.\n\nOle: The paint costs 900 crowns."
    )
    assert [page.name for page in found.pages] == ["00:00:01", "00:00:05"]


ROLLED = """WEBVTT

NOTE taken down by Runa Oddsdal

00:01.000 --> 00:03.000
the winch<00:01.500><c> is oiled</c>

00:03.000 --> 00:03.010
the winch is oiled

00:03.010 --> 00:05.000
the winch is oiled
and the rope is spliced

00:05.000 --> 00:07.000
<v Ida>and the rope is spliced
by Jory.

00:07.000 --> 00:09.000
<v Ole>by Jory.
Good.
"""


def test_lines_that_still_stand_from_the_cue_before_are_said_once() -> None:
    found = document(ROLLED, "a.vtt")
    assert found.text == (
        "the winch is oiled and the rope is spliced\n\n"
        "Ida: and the rope is spliced by Jory.\n\nOle: by Jory. Good."
    )
    assert found.meta["aside"] == "taken down Runa Oddsdal"


def test_an_empty_line_in_a_cue_ends_nothing() -> None:
    text = "1\n00:00:01,000 --> 00:00:05,000\nThe bridge\n\nis painted.\n"
    assert document(text, "a.srt").text == "The bridge is painted."


def test_a_file_without_times_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match=r"^a\.srt: there are no times in it; save it as"):
        load_file(b"The bridge is painted.", "a.srt")


@given(st.lists(st.sampled_from(
    ["00:00:01,000 --> 00:00:02,000", "WEBVTT", "<v Ida>", "Gut.", "1", "\n", "NOTE", "- So", "<b>"]
), max_size=14))  # fmt: skip
def test_any_cues_load_or_are_refused(lines: list[str]) -> None:
    loads_or_is_refused("\n".join(lines).encode(), "a.vtt")
