"""Words that a line's end parted are whole where they are searched; what is quoted stays."""

from __future__ import annotations

import pytest

from index.language import clean, stems
from index.language.hyphens import join_parted


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("the light-\nhouse of Tarn", "the lighthouse of Tarn"),
        ("die Verwal-\r\n  tung tagt", "die Verwaltung tagt"),
        ("a self-\nmade boat", "a self-made boat"),
        (
            "first- and second-class, first-\nand third-class",
            "first- and second-class, first- and third-class",
        ),
        ("Ein- \nund Ausgang", "Ein- und Ausgang"),
        ("the Tarn-\nBrell line", "the Tarn-Brell line"),
        ("a ten-\nday trip, two-\nfifths", "a ten-day trip, two-fifths"),
        ("Thirty-\nfour of seven-\nteen", "Thirty-four of seventeen"),
        ("the ten-\nants, one-\nself, two-\ntier", "the tenants, oneself, two-tier"),
        ("in- \nen uitgang, neu-\nen", "in- en uitgang, neuen"),
        ("vice-\ny, ind-\noch", "vice- y, ind- och"),
        ("mother-\nin-law, up-to-\ndate", "mother-in-law, up-to-date"),
        ("a man-\nof-war, dredg-\ning-", "a man-of-war, dredging-"),
        ("pages 3-\n5 of it", "pages 3-\n5 of it"),
        ("he left -\nat last", "he left -\nat last"),
        ("a-\nb", "a-\nb"),
    ],
)
def test_what_a_line_parted(text: str, whole: str) -> None:
    assert join_parted(text) == whole


def test_the_whole_word_is_searched() -> None:
    assert clean("> the light-\n> house") == "the lighthouse"
    assert stems("the coun-\ncil decided") == stems("the council decided")
