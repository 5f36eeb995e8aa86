"""How pages write words, which tells names from common words."""

from __future__ import annotations

from training.proper import names_of, ways

PAGES = [
    "We signed a service provider agreement, and the service provider in Tarnby agreed.",
    "Every service provider sold to Nadia Berg, who lives in White Harbour.",
    "No service provider met the Service Provider of White Harbour.",
    "They saw White Harbour. From here to White Harbour it is far.",
    "She left White Harbour for us.",
]


def test_what_others_write_small_is_no_name() -> None:
    told = ways(PAGES)
    assert told.is_name("Service Provider") is False
    assert told.is_name("Nadia Berg") is True
    assert told.is_name("White Harbour") is True
    assert told.is_name("Provider 12") is None


def test_a_short_word_in_capitals_tells_nothing() -> None:
    told = ways(["it was up to us there"] * 3)
    assert told.is_name("US") is None


def test_names_of_a_page_each_once() -> None:
    page = "The keeper of the gate is Ida Holm. They all paid Ida Holm in the town of Tarnby.\n"
    assert names_of(page) == ["Ida Holm", "Tarnby"]
    assert names_of("Der Wärter der Schleuse wohnt seit gestern in der alten Mühle.\n") == []
