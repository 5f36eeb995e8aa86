"""Which words that stand side by side name a thing."""

from __future__ import annotations

from hypothesis import given, strategies as st

from rag.brief.things import LONGEST, NamedThings, phrases

SAID = (
    "We mend the roof of the hut in June.",
    "They roof the hut with tin.",
    "The waiting list is long, and the hut is cold.",
    "Nobody reads the waiting list in September.",
    "We measured the lake for three months.",
)


def things(*sentences: str, language: str = "en", headings: tuple[str, ...] = ()) -> NamedThings:
    return NamedThings(
        [(text, language) for text in sentences], [(line, language) for line in headings]
    )


def has(named: NamedThings, words: str, language: str = "en") -> bool:
    key = max(phrases(words, language), key=len)
    return named.has(key, words)


def test_a_thing_is_told_by_the_words_beside_it() -> None:
    named = things(*SAID)
    assert has(named, "hut")
    assert has(named, "waiting list")
    assert not has(named, "measured")
    assert not has(named, "mend")
    assert not has(named, "roof")  # as often a verb


def test_words_that_stand_side_by_side_once_may_do_so_by_chance() -> None:
    named = things("Without a fee books are late.", "The fee is low.", "The books are old.")
    assert not has(named, "fee books")
    assert has(named, "fee")


def test_numbers_measures_and_dates_are_no_things() -> None:
    named = things(*SAID, "The two metres of the wall are gone.", "The two metres were enough.")
    assert not has(named, "months")
    assert not has(named, "two metres")
    assert not has(named, "September")


def test_in_other_languages_it_is_what_headings_say_in_two_words() -> None:
    named = things("Der Verein mietet.", language="de", headings=("Neue Miete", "Miete"))
    assert has(named, "Neue Miete", "de")
    assert not has(named, "Miete", "de")


@given(st.text(max_size=200), st.sampled_from(["en", "de", ""]))
def test_a_phrase_stands_where_it_is_said_to(text: str, language: str) -> None:
    for key, span in phrases(text, language).items():
        assert 1 <= len(key) <= LONGEST
        assert 0 <= span.start < span.end <= len(text)
        assert key in phrases(text[span.start : span.end], language)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
