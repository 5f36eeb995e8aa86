"""Which words count, and which of a question's words say what is asked."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from index.language.analysis import (
    asked_words,
    placed_words,
    question_stems,
    question_words,
    stems,
)
from index.language.cleaning import clean
from tests.strategies import texts


def test_stop_words_go_and_the_rest_is_stemmed() -> None:
    assert stems("The ships were carrying coal.") == ["ship", "carri", "coal"]


def test_an_acronym_is_one_word_with_or_without_its_points() -> None:
    assert stems("U.S. policy") == stems("US policy")
    assert stems("They told us") == stems("They told")


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
    assert [stem for _, stem in question_words(question)] == asked


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Häfen", "Hafen"), ("de", "Straße", "STRASSE"), ("de", "Aale", "Aal"),
        ("de", "Ha\u0308fen", "Häfen"), ("fr", "l'anguille", "Anguilles"),
        ("fr", "d’eau", "eau"), ("fr", "Qu'une écluse", "écluses"), ("it", "dell'acqua", "acqua"),
        ("es", "los puertos", "puerto"), ("ru", "гаванью", "гавани"), ("ru", "ёлка", "елка"),
        ("ru", "Моста", "мостом"), ("tr", "ISLAK", "ıslak"), ("ar", "مَدِينَة", "المدينة"),
        ("ar", "الميناء", "ميناء"), ("he", "שָׁלוֹם", "שלום"), ("sv", "hamnarna", "hamnen"),
        ("sk", "PRÍSTAV", "prístav"), ("xx", "EEL", "eel"),
    ],
)  # fmt: skip
def test_a_language_has_its_own_stems(language: str, one: str, other: str) -> None:
    assert stems(one, language) == stems(other, language)
    assert len(stems(one, language)) == 1


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("de", "Wann wurde der Hafen von uns nicht", ["haf"]),
        ("fr", "Où est-ce que l'anguille n'a pas", ["anguill"]),
        ("ru", "когда и где гавань", ["гаван"]),
        ("es", "¿Cuándo y por qué el puerto?", ["puert"]),
        ("cs", "kde je", ["kde", "je"]),  # no list is known
    ],
)
def test_stop_words_are_those_of_the_language(language: str, text: str, left: list[str]) -> None:
    assert stems(text, language) == left


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("zh", "港口疏浚了。", ["港口", "口疏", "疏浚", "浚了"]),
        ("zh", "水", ["水"]),
        ("zh", "1987年疏浚", ["1987", "年疏", "疏浚"]),
        ("zh", "AI技术 GmbH", ["ai", "技术", "gmbh"]),
        ("zh", "港口什么时候疏浚", ["港口", "疏浚"]),
        ("ja", "港はカナ", ["港は", "はカ", "カナ"]),
        ("ja", "ｶﾅ", ["カナ"]),
        ("ko", "항구는 언제 깊다", ["항구", "구는", "깊다"]),
        ("th", "ท่าเรือ", ["ท่", "่า", "าเ", "เร", "รื", "ือ"]),
        ("de", "Hafen 港口", ["haf", "港口"]),
        ("en", "the 港口疏浚", ["港口疏浚"]),
    ],
)
def test_scripts_without_spaces_give_pairs_of_characters(
    language: str, text: str, words: list[str]
) -> None:
    assert stems(text, language) == words


def test_the_marks_of_indic_letters_belong_to_their_word() -> None:
    assert len(stems("बंदरगाह की मिट्टी", "hi")) == 3
    assert stems("துறைமுகம்", "ta") == stems("துறைமுகம்", "ta") != []


@given(texts(), st.sampled_from(["en", "de", "tr", "zh", "th", "hi", "ar", "xx"]))
def test_a_word_stands_where_it_is_said_to(text: str, language: str) -> None:
    cleaned = clean(text)
    for at, written, stem in placed_words(cleaned, language):
        assert stem
        # of a run of Chinese `at` is a pair's place within it
        assert any(cleaned.startswith(written, i) for i in range(max(0, at - len(written)), at + 1))


def test_what_does_not_count_in_the_questions_language_counts_in_none() -> None:
    asked = asked_words("Wann war die Räumung?", ["de", "en"])
    assert asked == {"de": [("Räumung", "raumung")], "en": [("Räumung", "räumung")]}
    asked = asked_words("Who did die in the war?", ["de", "en"])
    assert [stem for _, stem in asked["en"]] == ["die", "war"]
    assert "the" not in dict(asked["de"])
    assert asked_words("Who?", ["en"]) == {"en": []}
    assert asked_words("Hafen", []) == {}


def test_words_of_two_languages_are_left_where_the_question_shows_neither() -> None:
    asked = asked_words("Hafen Brell", ["de", "en"])
    assert asked == {
        "de": [("Hafen", "haf"), ("Brell", "brell")],
        "en": [("Hafen", "hafen"), ("Brell", "brell")],
    }


def test_a_questions_stems_are_in_the_language_that_is_named() -> None:
    assert question_stems("Welche Häfen?", "de") == {"haf"}


INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
)
FOLDED = "‘’‚‛“”„‟«»‹›‐‑‒–—―−"


@given(
    st.one_of(
        texts(),
        st.text(max_size=60),
        st.text(st.sampled_from(f"a b.{INVISIBLE}{FOLDED}\ufb01\u0308")),
    )
)
def test_the_normalised_copy_has_plain_characters(text: str) -> None:
    cleaned = clean(text)
    assert not set(cleaned) & set(INVISIBLE + FOLDED + "\ufeff\u00ad\u061c\x00\n\t")
    assert unicodedata.is_normalized("NFKC", cleaned)
    assert cleaned == " ".join(cleaned.split())


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\u202b“שלום”\u202c — עולם\u200f", '"שלום" - עולם'),
        ("« l’eau » ‹x›", "\" l'eau \" 'x'"),
        ("ﬁle ﹘ ２０２１", "file - 2021"),
        ("می\u200cخواهم", "میخواهم"),
        ("港口\n疏浚", "港口疏浚"),
        ("港口 疏浚", "港口 疏浚"),
        ("葛\U000e0100城", "葛城"),
        ("harbour\nwall", "harbour wall"),
    ],
)
def test_what_the_normalised_copy_folds(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
