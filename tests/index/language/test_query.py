"""What is made of a question, once: its words in each language, and what they ask for."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.language.analysis import stems, words
from index.language.cleaning import clean
from index.language.query import Query
from tests.strategies import texts


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What do these texts say about the harbour?", ["harbour"]),
        ("What does the article say about the harbour?", ["harbour"]),
        ("Do any of the documents mention coal?", ["coal"]),
        ("What is the toll according to the report?", ["toll"]),
        ("What does FDPR stand for?", ["fdpr"]),
        ("What does colza mean?", ["colza"]),
        ("What is the mean depth?", ["mean", "depth"]),
        ("Which document was signed in the harbour?", ["document", "sign", "harbour"]),
        ("What do the documents say?", ["document", "say"]),
    ],
)
def test_the_frame_of_a_question_is_left_out_unless_it_is_all_there_is(
    question: str, asked: list[str]
) -> None:
    assert [stem for _, stem in Query(question).words().asked] == asked


def test_what_does_not_count_in_the_questions_language_counts_in_none() -> None:
    asked = Query("Wann war die Räumung?").asked(["de", "en"])
    assert asked == {"de": [("Räumung", "raumung")], "en": [("Räumung", "räumung")]}
    asked = Query("Who did die in the war?").asked(["de", "en"])
    assert [stem for _, stem in asked["en"]] == ["die", "war"]
    assert "the" not in dict(asked["de"])
    assert Query("Who?").asked(["en"]) == {"en": []}
    assert Query("Hafen").asked([]) == {}


def test_words_of_two_languages_are_left_where_the_question_shows_neither() -> None:
    asked = Query("Hafen Brell").asked(["de", "en"])
    assert asked == {
        "de": [("Hafen", "haf"), ("Brell", "brell")],
        "en": [("Hafen", "hafen"), ("Brell", "brell")],
    }


def test_a_questions_stems_are_in_the_language_that_is_named() -> None:
    assert Query("Welche Häfen?").words("de").asked_stems == {"haf"}


@given(texts(), st.sampled_from(["en", "de", "zh", "ar"]))
def test_a_query_is_analysed_as_a_text_is(text: str, language: str) -> None:
    own = Query(text).words(language)
    assert own.query.cleaned == clean(text)
    assert [(written, stem) for _, written, stem in own.placed] == words(text, language)
    assert own.stems == frozenset(stems(text, language))


def test_what_was_made_once_is_given_again() -> None:
    query = Query("Who dredged the harbour of Brell?")
    assert query.words("en") is query.words("en") is not query.words("de")
    for made in ("placed", "stems", "asked", "asked_stems", "silent"):
        assert getattr(query.words("en"), made) is getattr(query.words("en"), made)
    assert query.cleaned is query.cleaned
    assert query == Query(query.text)
    assert hash(query) == hash(Query(query.text))
