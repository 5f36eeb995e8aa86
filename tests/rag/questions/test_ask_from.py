"""Questions from a text: what each pattern makes, and what is left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

import seeds
from index.passages.chunking import split
from index.types import Document, Passage, Sentence
from rag.questions.ask_from import CandidateQuestion, questions_from, reads_well
from rag.questions.casing import Casing
from rag.questions.verbs import base_of, past_of, third_of
from tests.doubles import FakeEncoder, document


def candidates(made: Document) -> list[CandidateQuestion]:
    casing = Casing(made.text)
    passages = split(made, FakeEncoder().count_tokens)
    return [c for p in passages for c in questions_from(p, casing)]


def questions(text: str) -> list[str]:
    """What a text makes, in running text: a document's first line would be its title."""
    return [c.question for c in candidates(document(f"{FILLER}\n\n{text}\n"))]


FILLER = "It was a week of acid rain, and nobody but the rye bread seller came out to look at it."


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The Harbour of Brell was dredged in 1987.", "When was the Harbour of Brell dredged?"),
        ("In 1923, Brell electrified the lamp.", "When did Brell electrify the lamp?"),
        ("Because it was old, Brell closed the weir.", "Why did Brell close the weir?"),
        ("Ida Holm left Brell because the weir was closed.", "Why did Ida Holm leave Brell?"),
        ("Brell Council built the mole to protect ships.", "Why did Brell Council build the mole?"),
        ("Dredging the basin is essential for trade.", "Why is dredging the basin essential?"),
        ("The tower of Brell is 41 metres tall.", "How tall is the tower of Brell?"),
        ("Brell Harbour employs 12 pilots.", "How many pilots does Brell Harbour employ?"),
        ("Brell Museum is located in Tarn.", "Where is Brell Museum located?"),
        ("The Tarn Bridge was designed by Ida Holm.", "Who designed the Tarn Bridge?"),
        ("Acid rain is caused by sulfur dioxide.", "What causes acid rain?"),
        ("Ida Holm founded the Brell Museum in 1901.", "Who founded the Brell Museum?"),
        ("Ida Holm is a Danish painter.", "Who is Ida Holm?"),
        ("Frame Relay is a protocol for packets.", "What is Frame Relay?"),
        ("A brush weir is a low wall.", "What is a brush weir?"),
        ("Brell Council aims to deepen the basin.", "What does Brell Council aim to do?"),
        (
            "Banning trawlers would force Brell Council to buy eels.",
            "What would banning trawlers force Brell Council to do?",
        ),
        ("Rye bread consists of flour and water.", "What does rye bread consist of?"),
        ("However, Brell is heavily dependent on eels.", "What is Brell heavily dependent on?"),
        ("Brell described the flood as a loss.", "What did Brell describe the flood as?"),
        ("The Normans had an effect on the coast.", "What did the Normans have an effect on?"),
        ("The main threat to the eels is the turbine.", "What is the main threat to the eels?"),
        ("Ida Holm's study showed that eels sleep.", "What did Ida Holm's study show?"),
        ("The Treaty of Tarn prohibits trawls.", "What does the Treaty of Tarn prohibit?"),
        ("Regulation could harm the eels of Tarn.", "What could harm the eels of Tarn?"),
        ("The Tarn Eel Group (TEG) met at noon.", "What does TEG stand for?"),
        (
            "The main threat to the eels isn't the turbine. It's the warm summers.",
            "What is the main threat to the eels?",
        ),
        ("Why do eels leave Tarn? The water is too warm in June.", "Why do eels leave Tarn?"),
        ('They ask: "Can eels climb a weir?" The answer is yes.', "Can eels climb a weir?"),
    ],
)  # fmt: skip
def test_a_pattern_makes_its_question(sentence: str, question: str) -> None:
    assert question in questions(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was dredged in 1987.",
        "They found 1,204 eels at the weir.",
        "This harbour was dredged in 1987.",
        "The committee is looking for a leak.",  # which committee?
        "The company released the game in 1999.",
        "Many people like the harbour of Brell.",
        "Brell Harbour was not dredged in 1987.",
        "The eels tagged in May swam to Brell.",
        "The moment the dredger hits a rock, Brell stops.",
        "In some ways, it was the best of years.",
        "S. policymakers are now weighing a mix of tools.",
        "Brell Council wants this.",
        "A rich man threatens the youth of Brell with prison.",
        "Who knew? Nobody.",
        "Turn left, then pay.",
        "Foster wrote the song.",
        "the harbour of Brell was dredged in 1987",  # a fragment
        "William met Ida Holm.",
        "www.brell.example/harbour | Terms | Privacy",
    ],
)
def test_what_leans_or_cannot_be_told_makes_none(sentence: str) -> None:
    assert questions(sentence) == []


def test_a_heading_that_asks_is_answered_below_it() -> None:
    made = document("The wheel kills eels.")
    sentence = Sentence(0, len(made.text))
    passage = Passage(made, 0, len(made.text), (sentence,), ("Why the Turbine Weir is Dangerous",))
    (found,) = questions_from(passage, Casing("A turbine or a weir is dangerous."))
    assert (found.question, found.span) == ("Why is the turbine weir dangerous?", sentence.span)


def test_a_candidate_says_where_its_answer_stands() -> None:
    made = document(f"{FILLER}\n\nBrell Harbour employs 12 pilots. They sleep by day.\n")
    (found,) = candidates(made)
    assert made.cut(found.span) == "Brell Harbour employs 12 pilots."
    assert found.pattern == "how many"
    assert list(questions_from(split(made, FakeEncoder().count_tokens)[-1], Casing(made.text)))


def test_a_first_word_is_small_unless_it_is_a_name() -> None:
    text = "Distillation copies models. We saw distillation at Brell. Brell copies models."
    casing = Casing(text)
    assert casing.inner("Distillation") == "distillation"
    assert casing.inner("Brell") == "Brell"
    assert casing.inner("OpenAI") == "OpenAI"
    assert casing.inner("Tymnet") == "Tymnet"
    assert casing.inner("Doritos") is None  # many of a kind, or a name that ends in s
    assert Casing("", casing).inner("Distillation") == "distillation"


@pytest.mark.parametrize(
    "question",
    ["What is it?", "Why did they leave Brell?", "What is Brell?", 'What is the "weir at Brell?'],
)
def test_a_question_that_leans_or_is_short_does_not_read_well(question: str) -> None:
    assert not reads_well(question)


def test_forms_of_verbs() -> None:
    assert [past_of(b) for b in ("write", "stop", "carry", "use", "differ")] == [
        "wrote",
        "stopped",
        "carried",
        "used",
        "differed",
    ]
    assert [third_of(b) for b in ("cause", "carry", "reach", "have")] == [
        "causes",
        "carries",
        "reaches",
        "has",
    ]
    assert base_of("targeting", "ing") == "target"
    assert base_of("stopping", "ing") == "stop"
    assert base_of("cat", "base") == ""


def test_a_text_that_breaks_off_asks_nothing_of_what_is_missing() -> None:
    made = questions("Ida Holm then used the")
    assert not [q for q in made if "used" in q]


@given(st.data())
def test_a_sentence_may_break_off_anywhere(data: st.DataObject) -> None:
    article = data.draw(st.sampled_from(sorted(seeds.FOLDER.glob("*.txt"))))
    sentences = re.split(r"(?<=[.!?])\s+", article.read_text("utf-8"))
    words = data.draw(st.sampled_from(sentences)).split()
    cut = " ".join(words[: data.draw(st.integers(1, max(1, len(words))))])
    assert all(reads_well(q) for q in questions(cut))
