"""A sentence is dropped only where another states the same: by hand, and by judged pairs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from index.language import Query
from index.passages.chunking import split
from index.types import Document, Hit, Passage, Sentence, Span
from rag.answers import Answer
from rag.compose.summary import choose
from rag.engine import Engine
from rag.query import AskedQuestion
from rag.readings import Reading, Reason
from rag.statements.sameness import differing_parts, states_the_same
from rag.statements.synonyms import are_synonyms, base
from rag.statements.values import LISTS
from tests.doubles import FakeEncoder, document
from tests.judged import judged

PAIRS = Path(__file__).with_name("pairs")


class _Whole:
    """A retriever and reader of documents that are one sentence each, read with these scores."""

    abstain, sure, keep = 0.5, 0.5, 100.0

    def __init__(self, *texts: str) -> None:
        self.documents = [document(text, f"{n}.txt") for n, text in enumerate(texts)]

    def search(self, query: Query, k: int) -> list[Hit]:
        return [Hit(_passage(d), 1.0) for d in self.documents]

    def read(self, question: AskedQuestion, hits: Sequence[Hit]) -> list[Reading]:
        return [
            Reading(hit, hit.passage.sentences[0].span, 5.0 - n, 0.9) for n, hit in enumerate(hits)
        ]


def _passage(made: Document) -> Passage:
    whole = Span(0, len(made.text))
    return Passage(made, *whole, sentences=(Sentence(*whole),))


def answer(*texts: str, question: str = "What is said?") -> Answer:
    """The answer over documents of one sentence each, the first being the best."""
    whole = _Whole(*texts)
    return Engine(whole, whole, whole.documents).ask(question)


def is_merged(pair: dict[str, Any]) -> bool:
    """Whether one of two sentences is dropped as a repetition; the other one is quoted, or both."""
    found = answer(pair["one"], pair["other"], question=pair.get("question", "What is said?"))
    quoted = [c.quote for c in found.citations]
    repeats = [c for c in found.choices if c.reason is Reason.REPEATS]
    assert quoted == [pair["one"], pair["other"]][: 2 - len(repeats)]
    return bool(repeats)


@pytest.mark.slow
@pytest.mark.parametrize("pair", judged("differing"), ids=lambda pair: pair["id"])
def test_of_two_that_differ_both_are_quoted(pair: dict[str, Any]) -> None:
    assert not is_merged(pair)
    assert not is_merged({**pair, "one": pair["other"], "other": pair["one"]})


@pytest.mark.slow
@pytest.mark.parametrize(
    "pair",
    [*judged("differing", PAIRS), *judged("reworded", PAIRS)],
    ids=lambda pair: pair["one"],
)
def test_of_two_of_our_own_that_differ_both_are_quoted(pair: dict[str, Any]) -> None:
    assert not is_merged(pair)
    assert not is_merged({**pair, "one": pair["other"], "other": pair["one"]})


def test_what_states_the_same_in_other_words_is_quoted_once() -> None:
    assert sum(map(is_merged, judged("paraphrases", PAIRS))) >= 24
    assert sum(map(is_merged, judged("paraphrases"))) >= 10


def test_two_things_of_a_kind_are_both_quoted() -> None:
    assert not any(map(is_merged, judged("two_things")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The oven must be at -5 degrees.", "The oven must be at 5 degrees."),
        ("A p < 0.05 was found.", "A p > 0.05 was found."),
        ("It is written in C++ today.", "It is written in C today."),
        ("The ticket costs $5 today.", "The ticket costs £5 today."),
        ("Is the pool open?", "The pool is open."),
        ("Mr Adams sold the mill.", "Mr Adam sold the mill."),
        ("The pool was open on Sundays.", "The pool is open on Sundays."),
        ("He lived in Rome.", "She lived in Rome."),
        ("Rates rose from 2 to 3 in May.", "Rates rose from 3 to 2 in May."),
        ("In May the dog was bitten by the man.", "The dog bit the man in May."),
        ("The dog bit the man.", "The man bit the dog."),
        ("It runs from the school to the church.", "It runs from the church to the school."),
        ("The baker sold it to a butcher.", "The butcher sold it to the baker."),
        ("It was sold by a baker to the butcher.", "It was sold by the butcher to the baker."),
        ("He said that she did not leave.", "He did not say that she left."),
        ("Seven ewes and nine rams died.", "Seven rams and nine ewes died."),
        ("The ☀ stands for rain.", "The ☂ stands for rain."),
    ],
)
def test_what_a_sign_a_name_or_an_order_decides(one: str, other: str) -> None:
    assert not states_the_same(one, other)
    assert not states_the_same(other, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Der Hund biss den Mann.", "Den Mann biss der Hund.", False),
        ("Im Mai öffnet das Bad.", "Das Bad öffnet im Mai.", False),
        ("Das Bad ist offen.", "Das Bad ist nicht offen.", False),
        ("Das Bad ist am Montag offen.", "Am Montag ist das Bad offen.", False),
        ("Das Bad ist offen.", "das Bad ist offen", True),
        ("„Das Bad“ ist **offen**.", "Das Bad ist offen.", True),
        ("水池在五月开放。", "水池在六月开放。", False),
        ("水池在五月开放。", "水池在五月开放", True),
    ],
)
def test_in_another_language_it_must_be_the_same_words(one: str, other: str, same: bool) -> None:
    assert states_the_same(one, other, "de") is same


def test_what_leans_on_another_sentence_states_something_else() -> None:
    """The same "It took eleven months." of a harbour and of a bridge."""
    texts = ["The harbour was dredged.", "The bridge was painted.", "The harbour was dredged."]
    made = [document(f"{t} It took eleven months.", f"{n}.txt") for n, t in enumerate(texts)]
    hits = [Hit(p, 1.0) for d in made for p in split(d, FakeEncoder().count_tokens)]
    readings = [Reading(h, h.passage.sentences[1].span, 5.0, 0.9) for h in hits]
    reasons = [
        (c.reason, c.reading.hit.passage.document.source)
        for c in choose(AskedQuestion(""), readings, 4, 9)
    ]
    assert reasons == [
        (Reason.CHOSEN, "0.txt"),
        (Reason.CHOSEN, "1.txt"),
        (Reason.REPEATS, "2.txt"),
    ]


def test_two_that_nearly_say_the_same_stand_side_by_side() -> None:
    found = answer(
        "Parking in the yard is free of charge on Sundays.",
        "The yard has room for forty cars.",
        "The yard is swept by the caretaker.",
        "Parking in the yard is not free of charge on Sundays.",
    )
    assert [c.document.source for c in found.citations] == ["0.txt", "3.txt", "1.txt", "2.txt"]
    assert [c.number for c in found.citations] == [1, 2, 3, 4]


@pytest.mark.parametrize("pair", [*LISTS["opposed"], *LISTS["beside"]], ids=lambda p: p["one"][:9])
def test_no_opposites_are_synonyms(pair: dict[str, str]) -> None:
    for one in map(base, pair["one"].split()):
        for other in map(base, pair["other"].split()):
            assert one != other
            assert not are_synonyms(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mole is 41 m long.", "The mole is 41 metres long."),
        ("It cost the town €14m.", "It cost the town 14 million euros."),
        ("They'll meet in Rome on 2027-03-31.", "They will meet in Rome on March 31, 2027."),
        ("It didn't reach the coast.", "It failed to reach the coast."),
        ("The wheels broke in Nov. 1999.", "In November 1999 the wheels were broken."),
        ("The mole was built in the 1970s.", "In the 1970's the mole was built."),
    ],
)
def test_another_way_of_writing_states_the_same(one: str, other: str) -> None:
    assert states_the_same(one, other)


@pytest.mark.parametrize(
    ("one", "other", "parts"),
    [
        ("On Monday the mole was closed.", "The mole was shut on Tuesday.",
         [("monday", "tuesday")]),
        ("The old mole is 41 m long.", "The new mole is 50 metres long.",
         [("old", "new"), ("41", "50")]),
        ("Greta Holm built the mole.", "The mole was built by Adam Moor.",
         [("greta holm", "adam moor")]),
        ("The mole is shut.", "The mole is not shut.", [("", "not")]),
        # the same, other roles, other times, and less in common than not
        ("The mole was built in May.", "In May the mole was built.", []),
        ("The dog bit the man in May.", "The man bit the dog in June.", []),
        ("The mole was open in May.", "The mole is open in June.", []),
        ("The mole is old.", "The mole is grey.", []),
    ],
)  # fmt: skip
def test_the_parts_in_which_two_sentences_differ(
    one: str, other: str, parts: list[tuple[str, str]]
) -> None:
    found = [
        tuple(" ".join(i.written.removeprefix("date ").casefold() for i in p.items) for p in pair)
        for pair in differing_parts(one, other)
    ]
    assert found == parts


WORDS = st.sampled_from([
    "the", "dog", "bit", "by", "from", "to", "not", "1990", "7", "May", "Rome", "was", "is",
    "can't", "three", "half", "€5m", "%", "-5", "two weeks", ".", "?", "goes", "up", "Adams",
    "東京", "ﬁ",
])  # fmt: skip


@given(st.lists(WORDS, max_size=9), st.randoms(), st.sampled_from(["en", "de"]))
def test_it_is_the_same_both_ways_and_of_itself(
    words: list[str], rng: random.Random, language: str
) -> None:
    other = rng.sample(words, len(words))
    one, another = " ".join(words), " ".join(other)
    assert states_the_same(one, one, language)
    assert states_the_same(one, another, language) == states_the_same(another, one, language)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    assert states_the_same(one, one)
    assert states_the_same(one, other) == states_the_same(other, one)
