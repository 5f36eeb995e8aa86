"""Quotations of several documents stand under what these speak of."""

from __future__ import annotations

from index import Encoder
from rag.brief import subjects
from rag.brief.grouping import Subject
from tests.rag.brief.test_strength import pool_of_texts

HUT = (
    "The hut needs a new roof before the winter storms come.",
    "Fenwick offered to cover the hut with tin for a thousand crowns.",
    "The roof of the hut was torn off by the storm of last winter.",
)
WATER = (
    "The price of water rose again, and every plot pays for it.",
    "Nobody may water plots at noon while the water is scarce.",
)
BEES = "One hive stands behind the compost bays since June, and nobody was stung there."


def shown(pool_texts: tuple[str, ...], encoder: Encoder) -> dict[str, list[str]]:
    pool = pool_of_texts(*pool_texts, encoder=encoder)
    found = subjects(pool, range(len(pool)))
    assert sorted(n for one in found for n in one.numbers) == list(range(len(pool)))
    return {one.words: [pool.told[n].text for n in one.numbers] for one in found if one.words}


def test_what_several_documents_speak_of_is_a_subject(default_encoder: Encoder) -> None:
    texts = (f"{HUT[0]} {WATER[0]}", f"{HUT[1]} {BEES}", f"{HUT[2]} {WATER[1]}")
    found = shown(texts, default_encoder)
    assert any(len(own) > 1 and {*own} <= {*HUT} for own in found.values())
    for words, own in found.items():
        assert words in " ".join(own)


def test_what_one_document_says_is_no_subject(default_encoder: Encoder) -> None:
    assert not shown((" ".join(HUT),), default_encoder)


def test_nor_is_what_most_of_the_quotations_name(default_encoder: Encoder) -> None:
    texts = tuple(
        f"The society {said}."
        for said in (
            "mends its wooden hut in the spring",
            "buys a heavy mower next year",
            "sells many ripe pears",
        )
    )
    assert "society" not in shown(texts, default_encoder)


def test_the_places_are_those_of_the_words(default_encoder: Encoder) -> None:
    pool = pool_of_texts(f"{HUT[0]} {WATER[0]}", *HUT[1:], encoder=default_encoder)
    for subject in subjects(pool, range(len(pool))):
        if not subject.words:
            assert subject == Subject(subject.numbers)
            continue
        for number, place in zip(subject.numbers, subject.places, strict=True):
            assert place is not None
            words = pool.told[number].passage.document.cut(place)
            assert words.casefold() == subject.words.casefold()


def test_each_is_of_one_subject_and_the_strongest_comes_first(default_encoder: Encoder) -> None:
    pool = pool_of_texts(f"{HUT[0]} {WATER[0]}", *HUT[1:], WATER[1], encoder=default_encoder)
    picked = list(range(len(pool)))[::-1]
    found = subjects(pool, picked)
    assert sorted(n for one in found for n in one.numbers) == sorted(picked)
    assert found[0].numbers[0] == picked[0]
    assert all(len(one.numbers) == len(one.places) for one in found)
