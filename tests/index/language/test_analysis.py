"""Which words count, and which of a question's words say what is asked."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.language.analysis import (
    placed_words,
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
