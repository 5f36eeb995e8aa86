"""Which words do not count: the lists, and what is said where nothing is listed."""

from __future__ import annotations

import tomllib

import pytest
from bm25s import stopwords

from index.language.stemmers import STOPWORDS, rules_of

LISTS = {
    "da": stopwords.STOPWORDS_DANISH, "de": stopwords.STOPWORDS_GERMAN,
    "en": stopwords.STOPWORDS_EN_PLUS, "es": stopwords.STOPWORDS_SPANISH,
    "fr": stopwords.STOPWORDS_FRENCH, "it": stopwords.STOPWORDS_ITALIAN,
    "nl": stopwords.STOPWORDS_DUTCH, "no": stopwords.STOPWORDS_NORWEGIAN,
    "pt": stopwords.STOPWORDS_PORTUGUESE, "ru": stopwords.STOPWORDS_RUSSIAN,
    "sv": stopwords.STOPWORDS_SWEDISH, "tr": stopwords.STOPWORDS_TURKISH,
}  # fmt: skip


@pytest.mark.parametrize("language", LISTS)
def test_the_lists_are_those_of_bm25s(language: str) -> None:
    listed = tomllib.loads(STOPWORDS.read_text("utf-8"))
    assert listed.keys() == LISTS.keys()
    assert set(listed[language].split()) == set(LISTS[language])


def test_what_a_question_begins_with_does_not_count_either() -> None:
    assert {"the", "would", "us"} <= rules_of("en").stop
    assert {"der", "warum"} <= rules_of("de").stop


def test_both_ways_of_writing_norwegian_have_one_list() -> None:
    assert rules_of("nn").stop == rules_of("no").stop != frozenset()


def test_a_language_without_a_list_has_no_such_words() -> None:
    assert rules_of("eo").stop == frozenset()
