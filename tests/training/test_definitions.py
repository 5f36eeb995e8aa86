"""Questions about what a word means, made from sentences that say it."""

from __future__ import annotations

from random import Random
from typing import Any

from training.definitions import definitions, group_of

PASSAGES: list[dict[str, Any]] = [
    {
        "prefix": "Brell",
        "sentences": [
            "The eels were counted by the Brell Eel Count (BEC) in May.",
            "A weir is a low dam across a river.",
            "It is a fine place.",
            "Ada Norling was a singer from Brell, and kept the lamp.",
        ],
    },
    {"prefix": "", "sentences": ["Lighthouses are the towers that ships steer by."]},
    {"prefix": "", "sentences": ["BEC has no office.", "The colza — a yellow plant, is pressed."]},
]


def test_abbreviations_beings_and_persons_are_asked_for() -> None:
    seen = {
        term: d for s in range(30) for d in definitions(PASSAGES, Random(s)) for term in [d.term]
    }
    # "It" is nobody's name
    assert set(seen) == {"BEC", "weir", "Ada Norling", "Lighthouses", "lighthouses"}
    assert seen["BEC"].answer == "Brell Eel Count"
    assert seen["weir"].answer == "a low dam across a river"
    assert seen["Ada Norling"].question == "Who was Ada Norling?"
    assert (seen["weir"].passage, seen["weir"].sentence) == (0, 1)


def test_an_abbreviation_may_be_turned_round() -> None:
    texts = {d.text for s in range(40) for d in definitions(PASSAGES, Random(s)) if d.term == "BEC"}
    assert None in texts
    assert "The eels were counted by the BEC (Brell Eel Count) in May." in texts
    assert "The eels were counted by the BEC Act (Brell Eel Count) in May." in texts


def test_what_holds_the_word_and_does_not_say_what_it_means_is_a_negative() -> None:
    for seed in range(10):
        passages = [dict(p) for p in PASSAGES] + [{"prefix": "", "sentences": ["Rain."]}] * 5
        made = definitions(passages, Random(seed))
        definition = next(d for d in made if d.term == "BEC")
        texts = [" ".join(p["sentences"]) for p in passages]
        group = group_of(definition, passages, texts, Random(seed))
        ((at, sentence, answer),) = group["gold"]
        assert (sentence, answer) == (0, "Brell Eel Count")
        assert "BEC" in passages[at]["sentences"][0]
        assert 2 in group["negatives"]
        assert at not in group["negatives"]
        turned = definition.text is not None
        assert turned == (at == len(PASSAGES) + 5)
        assert not {0} & set(group["negatives"])
