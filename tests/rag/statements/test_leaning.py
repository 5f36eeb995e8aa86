"""Whether a sentence points back to the one before it."""

from __future__ import annotations

import pytest

from rag.statements import leans


@pytest.mark.parametrize(
    "sentence",
    ["It took long.", "They left.", "“But nobody came.", "This is why.", "However, it rained.",
     "For example, eels.", "The former is deep.", "His boat sank."],
)  # fmt: skip
def test_words_that_point_back_lean(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["Italy is long.", "Theyne is a town.", "It is clear that eels migrate.", "Butter is soft.",
     "This report counts eels.", "The harbour is deep.", "Eels leave.", "Thistles grow."],
)  # fmt: skip
def test_words_that_do_not_point_back_stand_alone(sentence: str) -> None:
    assert not leans(sentence)
