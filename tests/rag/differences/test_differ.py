"""Where sources may differ: told by numbers, dates, negation and opposites, and else silent."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from benchmarks.differing import labelled
from index.types import Document, Span
from rag.answers import Answer
from rag.citations import Citation
from rag.differences.differ import DifferenceKind, compare, differing
from tests.doubles import document
from tests.judged import judged
from tests.strategies import SENTENCES

FACTS = (
    "The tower of Brell is 40 metres tall.", "The tower of Brell is 55 m tall.",
    "The tower of Brell was built in 1987.", "The tower of Brell was never built.",
    "Prices in Brell rise in winter.", "Prices in Brell do not fall in winter.",
    "Pupils may not use phones.", "Pupils are allowed to use phones.",
)  # fmt: skip
PROSE = st.one_of(SENTENCES, st.sampled_from(FACTS))


@pytest.mark.parametrize(
    ("question", "a", "b", "kind"),
    [
        ("How tall is the tower?", FACTS[0], FACTS[1], DifferenceKind.NUMBER),
        ("What does it cost?", "The tunnel costs €14m.", "The tunnel costs 17 million euros.",
         DifferenceKind.NUMBER),
        ("Who came?", "Three hundred and five people came to the fair.",
         "120 people came to the fair.", DifferenceKind.NUMBER),
        ("How long?", "The battery lasts 10-15 hours.",
         "The battery lasts 20 hours.", DifferenceKind.NUMBER),
        ("When was it dredged?", "The harbour of Brell was dredged in 1987.",
         "The harbour of Brell was dredged in 1988.", DifferenceKind.DATE),
        ("When does the shop open?", "The shop opens on May 3, 2025.",
         "The shop opens on the fourth of May.", DifferenceKind.DATE),
        ("Was the law passed?", "The law wasn’t passed by parliament.",
         "The law was passed by parliament.", DifferenceKind.NEGATION),
        ("Is it so?", "Prices do not rise in winter.",
         "Prices rise in winter.", DifferenceKind.NEGATION),
        ("Is it so?", "Prices rise in winter.", "Prices fall in winter.", DifferenceKind.OPPOSED),
        ("When was the council asked?", "The council was asked before the vote.",
         "The council was asked after the vote.", DifferenceKind.OPPOSED),
        ("Are phones allowed?", "Phones are banned at school.", "Phones are allowed at school.",
         DifferenceKind.OPPOSED),
    ],
)  # fmt: skip
def test_sentences_that_differ(question: str, a: str, b: str, kind: DifferenceKind) -> None:
    assert compare(question, a, b) is kind


@pytest.mark.parametrize(
    ("question", "a", "b"),
    [
        # the same number, as far as it is told
        ("What does it cost?", "The tunnel costs 14 million euros.",
         "The tunnel will cost 14.2 million euros."),
        ("How tall?", "The tower is about 40 metres tall.", "The tower is 41 m tall."),
        ("How tall?", "The tower is over 40 metres tall.", "The tower is 55 m tall."),
        ("Who came?", "Three hundred and five people came to the fair.",
         "At the fair there were 305 people."),
        ("What share?", "Forty per cent of voters chose Ada.", "40% of voters chose Ada."),
        ("What pay?", "The nurses are paid between two and three euros an hour.",
         "The nurses are paid 2.5 euros an hour."),
        # numbers of other things
        ("Who pays?", "The city pays 5,000 euros a month for the hall.",
         "The city pays 60,000 euros a year for the hall."),
        ("What do bridges cost?", "The bridge at Velm costs 3 million euros.",
         "The bridge at Orrin costs 5 million euros."),
        ("How many eels?", "In 2021 the club counted 300 eels.",
         "In 2022 the club counted 340 eels."),
        # other days, where no day is asked for
        ("Who met?", "The club met at Velm in 2021.", "The club met at Velm in 2022."),
        ("When does the shop open?", "The shop opens on 3 May 2025.", "The shop opens in May."),
        # negations and opposites that agree
        ("Is it so?", "Prices do not rise in winter.", "Prices fall in winter."),
        ("Is it so?", "Prices do not rise in winter.", "Prices do not fall in winter."),
        ("May they?", "Nobody may fish for eels.", "Fishing for eels is forbidden."),
        ("Is it open?", "The ward never closes at night.", "The ward is open at night."),
        ("Is it good?", "The boat is not only cheap but safe.", "The boat is cheap and safe."),
        # other subjects, other times, conditions, questions, and what points back
        ("May pupils?", "Pupils may not use phones.", "Teachers may use phones."),
        ("Is it so?", "Prices rise in winter.", "Prices fall in summer."),
        ("Does it open?", "If the bridge does not open, the ferry stays.", "The bridge opens."),
        ("Was it sold?", "Was the boat never sold?", "The boat was sold."),
        ("How tall?", "It is 40 metres tall in Brell.", "It is 55 metres tall in Brell."),
    ],
)  # fmt: skip
def test_sentences_that_do_not_differ(question: str, a: str, b: str) -> None:
    assert compare(question, a, b) is None


@given(SENTENCES, PROSE, PROSE)
def test_the_order_of_two_sentences_does_not_matter(question: str, a: str, b: str) -> None:
    assert compare(question, a, b) is compare(question, b, a)


@given(SENTENCES, PROSE)
def test_a_sentence_does_not_differ_from_itself(question: str, sentence: str) -> None:
    assert compare(question, sentence, sentence) is None


def cited(made: Document, number: int) -> Citation:
    """All of a document of two sentences, quoted."""
    end = made.text.index(". ") + 1
    spans = (Span(0, end), Span(end + 1, len(made.text.rstrip())))
    return Citation(made, 0, spans[1].end, None, 1.0, number, sentences=spans)


def answer(*citations: Citation) -> Answer:
    return Answer("How tall is the tower?", citations, (), 0.9)


def test_the_sentences_that_differ_are_named_in_shown_order() -> None:
    one = document("The tower of Brell is 40 metres tall. Cats sleep.", "one.txt")
    other = document("Dogs run far. The tower of Brell is 55 metres tall.", "other.txt")
    (found,) = differing(answer(cited(one, 1), cited(other, 2)))
    assert (found.a.number, found.b.number, found.kind) == (1, 2, DifferenceKind.NUMBER)
    assert found.a.document.cut(found.in_a) == "The tower of Brell is 40 metres tall."
    assert found.b.document.cut(found.in_b) == "The tower of Brell is 55 metres tall."


def test_a_document_is_not_compared_with_itself() -> None:
    made = document("The tower of Brell is 40 metres tall. The tower of Brell is 55 metres tall.")
    assert differing(answer(cited(made, 1), cited(made, 2))) == ()
    assert differing(answer()) == ()


def test_a_quotation_whose_sentences_are_unknown_is_compared_whole() -> None:
    texts = (FACTS[0], FACTS[1])
    quotations = [
        Citation(document(text), 0, len(text), None, 1.0, n) for n, text in enumerate(texts, 1)
    ]
    (found,) = differing(answer(*quotations))
    assert found.in_a == (0, len(FACTS[0]))


def test_what_is_said_to_differ_mostly_does() -> None:
    """Precision over the hand labels, of both halves."""
    said = [pair.differ for pair in labelled() if pair.found]
    assert len(said) >= 8
    assert sum(said) >= 0.8 * len(said)


@pytest.mark.parametrize("pair", judged("two_things"), ids=lambda pair: pair["id"])
def test_two_things_of_a_kind_do_not_differ(pair: dict[str, Any]) -> None:
    assert compare(pair["question"], pair["one"], pair["other"]) is None


@pytest.mark.parametrize("pair", judged("paraphrases"), ids=lambda pair: pair["id"])
def test_what_states_the_same_in_other_words_does_not_differ(pair: dict[str, Any]) -> None:
    assert compare(pair["question"], pair["one"], pair["other"]) is None


def test_what_differs_in_a_word_is_mostly_seen() -> None:
    """As many as docs/page.md says; more is better, and then that changes."""
    found = [compare(p["question"], p["one"], p["other"]) for p in judged("differing")]
    assert sum(why is not None for why in found) >= 36
