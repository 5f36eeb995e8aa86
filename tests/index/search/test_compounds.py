"""A compound is found by its parts and its parts by it, in the languages that write them so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from index.generation.build import encode_documents
from index.language import Query
from index.search.compounds import MOST
from index.search.hybrid import Hybrid
from index.types import Document
from tests.doubles import FakeEncoder, document

GARDEN = [
    "Die Gartenpacht kostet im Jahr vierzig Euro.",
    "Der Preis für einen Garten am Ufer steht im Aushang.",
    "Die Kündigung der Pacht ist bis zum Herbst möglich.",
    "Eine Pachtvertragskündigung bedarf der Schrift.",
    "Jeder Vertrag liegt beim Obmann aus.",
    "Der Regenwasserspeicher fasst tausend Liter.",
    "Im Sommer fällt wenig Regen.",
    "Das Wasser kommt aus dem Brunnen.",
    "Ein Speicher steht hinter dem Haus.",
    "Am Freitag ist das Tor frei.",
    "Die Häuserzeile wurde gestrichen, eine Zeile blieb.",
]


def spoken(text: str, source: str, language: str) -> Document:
    return replace(document(f"{text}\n", source), meta={"language": language})


def hybrid(texts: list[str], language: str = "de") -> Hybrid:
    made = [spoken(text, f"{i}.txt", language) for i, text in enumerate(texts)]
    encoder = FakeEncoder()
    return encode_documents(made, encoder).retriever(encoder)


def found_by_words(retriever: Hybrid, question: str) -> list[str]:
    vector = retriever.encoder.encode_query(question)
    rows = retriever._lexical(Query(question), vector)
    return [retriever.passages[row].text for row, _ in rows]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Was kostet die Pacht?", "Die Gartenpacht kostet im Jahr vierzig Euro."),
        ("Wie groß ist der Wasserspeicher?", "Der Regenwasserspeicher fasst tausend Liter."),
        ("Pachtkündigung im Herbst", "Die Kündigung der Pacht ist bis zum Herbst möglich."),
        ("Haus gestrichen", "Die Häuserzeile wurde gestrichen, eine Zeile blieb."),
        ("Vertragskündigung", "Eine Pachtvertragskündigung bedarf der Schrift."),
    ],
)
def test_parts_find_the_whole_and_the_whole_its_parts(question: str, first: str) -> None:
    assert found_by_words(hybrid(GARDEN), question)[0] == first


def test_a_word_that_stands_in_compounds_alone_finds_them() -> None:
    retriever = hybrid(["Der Jahresbeitrag ist fällig.", "Im neuen Jahr.", "Ein Ruderboot."])
    assert found_by_words(retriever, "Wie hoch ist der Beitrag?") == [
        "Der Jahresbeitrag ist fällig."
    ]
    assert found_by_words(retriever, "Ein Boot am Steg") == []  # "Ruder" occurs nowhere


def test_the_word_itself_counts_for_more_than_a_compound_with_it() -> None:
    retriever = hybrid(["Hafen liegt dort.", "Hafenmauer liegt dort.", "Mauer liegt dort."])
    found = found_by_words(retriever, "Mauer")
    assert found == ["Mauer liegt dort.", "Hafenmauer liegt dort."]
    assert found_by_words(retriever, "Hafenmauer")[0] == "Hafenmauer liegt dort."


def test_what_is_said_in_both_ways_counts_once() -> None:
    retriever = hybrid(["Mauer am Hafen.", "Hafenmauer dort.", "Hafen und Mauer und Hafenmauer."])
    compounds, sparse = retriever.compounds, retriever.sparse
    query = Query("Mauer")
    more = compounds.scores(sparse.asked(query))
    assert more is not None
    has = [sparse.holds(row, "mau") for row in range(3)]
    assert [score > 0 for score in more.tolist()] == [not held for held in has]


def test_how_words_are_divided() -> None:
    compounds = hybrid([*GARDEN, "Unter Druck hält der Unterdruckkessel, ein Kessel."]).compounds
    parts = {
        "regenwasserspeich": ("reg", "wass", "speich"),
        "pachtvertragskundig": ("pacht", "vertrag", "kundig"),
        "hauserzeil": ("haus", "zeil"),
        "freitag": (),  # "Tag" occurs nowhere
        "unterdruckkessel": (),  # "unter" does not count
        "pacht": (), "x": (), "a1b2c3d4e5": (), "pacht" * 20: (),
    }  # fmt: skip
    assert {word: tuple(compounds.parts(word, "de")) for word in parts} == parts


@given(st.text("abcdehmnrst", max_size=24))
def test_parts_occur_and_are_in_the_word(word: str) -> None:
    compounds = hybrid(["Tracht und Mast", "Hasen, Acht, Stern", "Abend, Rast"]).compounds
    at = 0
    for part in compounds.parts(word, "de"):
        assert len(compounds._sparse.passages_with(part))
        at = word.index(part[:3], at) + 3


def test_what_a_sentence_says_in_other_words_is_held_by_it() -> None:
    query = Query("Pacht für Garten")
    found = {h.passage.text: h.evidence for h in hybrid(GARDEN).search(query, 20)}
    own = found["Die Gartenpacht kostet im Jahr vierzig Euro."]
    other = found["Das Wasser kommt aus dem Brunnen."]
    assert own is not None
    assert own.coverage == (1.0,)
    assert own.passage_coverage == 1.0
    assert own.lexical[0] > 0
    assert other is not None
    assert other.coverage == (0.0,)


def test_within_some_documents_it_is_the_same() -> None:
    retriever = hybrid(GARDEN)
    chosen = {d.id for d in retriever.passages.documents if d.source in ("0.txt", "7.txt")}
    assert found_by_words(retriever.within(chosen), "die Pacht") == [GARDEN[0]]


def test_of_many_compounds_those_that_occur_most_are_divided() -> None:
    words = [f"{a}{b}ko" for a in "bdfgklmnpr" for b in ("ala", "ebi", "imo", "oru", "utu")]
    made = [f"{one}{other}hafen" for one in words for other in words]
    wholes = hybrid([" ".join([*words, *made]), made[-1]]).compounds.wholes("haf", "de")
    assert len(wholes) <= MOST < len(made)
    assert made[-1].removesuffix("en") in wholes


def test_other_languages_have_none() -> None:
    texts = ["The boathouse is red.", "A boat is blue.", "The house is old."]
    english, norse = hybrid(texts, "en"), hybrid(["Båthuset er rødt.", "En båt.", "Et hus."], "no")
    assert english.compounds.scores(english.sparse.asked(Query("the boat house"))) is None
    assert english.compounds.also_said(["hous"], "en", lambda _: False) == []
    assert norse.compounds.scores(norse.sparse.asked(Query("hus"))) is None  # "båt" is too short


def test_a_passage_in_another_language_says_no_compound() -> None:
    made = [
        spoken("Der Garten und das Wasser.", "a.txt", "de"),
        spoken("Gartenwasser is a brand of Tarn.", "b.txt", "en"),
        spoken("Das Gartenwasser ist kalt.", "c.txt", "de"),
    ]
    encoder = FakeEncoder()
    retriever = encode_documents(made, encoder).retriever(encoder)
    more = retriever.compounds.scores(retriever.sparse.asked(Query("das Wasser")))
    assert more is not None
    scored = {retriever.passages[int(row)].document.source for row in more.nonzero()[0]}
    assert scored == {"c.txt"}
