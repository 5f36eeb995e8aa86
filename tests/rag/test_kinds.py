"""Kinds of question, and what is said of an answer of a kind."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.load import load_text
from rag import (
    Answer,
    Citation,
    CitationError,
    CitationGroup,
    CitationPair,
    Counted,
    PairKind,
    QuestionKind,
    Tally,
    kind_of,
)
from rag.composers import COMPOSERS, UNREAD
from rag.query import AskedQuestion

DOCUMENT = load_text(b"The pier is old. The pier is long.", "pier.txt")
FIRST = Citation(DOCUMENT, 0, 16, None, 1.0, 1)
SECOND = Citation(DOCUMENT, 17, 34, None, 0.5, 2)
FACT, OVERVIEW, COMPARISON, VIEWPOINTS, LIST, COUNT, TIMELINE, *_ = QuestionKind


def test_each_quotation_stands_under_one_label() -> None:
    groups = (CitationGroup("pier.txt", (1, 2)),)
    answer = Answer("What is it?", (FIRST, SECOND), (), 0.9, kind=QuestionKind.OVERVIEW)
    assert answer.groups == ()
    with pytest.raises(CitationError, match="one label"):
        Answer("What is it?", (FIRST,), (), 0.9, groups=groups)
    with pytest.raises(CitationError, match="one label"):
        Answer("What is it?", (FIRST, SECOND), (), 0.9, groups=(*groups, *groups))


def test_json_keeps_kind_and_labels() -> None:
    groups = (CitationGroup("says yes", (2,)), CitationGroup("says no", (1,)))
    kind = QuestionKind.VIEWPOINTS
    answer = Answer("Is it?", (FIRST, SECOND), (), 0.9, kind=kind, groups=groups, complete=True)
    assert Answer.from_dict(answer.to_dict(), [DOCUMENT]) == answer
    older = {k: v for k, v in answer.to_dict().items() if k not in ("kind", "groups", "complete")}
    assert Answer.from_dict(older, [DOCUMENT]).kind is QuestionKind.FACT
    with pytest.raises(CitationError):
        Answer.from_dict({**answer.to_dict(), "kind": "riddle"}, [DOCUMENT])


def test_json_keeps_what_agrees_and_differs() -> None:
    pairs = (CitationPair(PairKind.DIFFER, 1, 2),)
    kind = QuestionKind.COMPARISON
    groups = (CitationGroup("pier", (1,)), CitationGroup("mole", (2,)), CitationGroup("quay", ()))
    answer = Answer("Which?", (FIRST, SECOND), (), 0.9, kind=kind, groups=groups, pairs=pairs)
    data = answer.to_dict()
    assert data["pairs"] == [{"kind": "differ", "numbers": [1, 2]}]
    assert data["groups"][2] == {"label": "quay", "numbers": []}
    assert Answer.from_dict(data, [DOCUMENT]) == answer
    with pytest.raises(CitationError, match="is quoted"):
        Answer("Which?", (FIRST,), (), 0.9, pairs=pairs)
    with pytest.raises(CitationError):
        Answer.from_dict({**data, "pairs": [{"kind": "quarrel", "numbers": [1, 2]}]}, [DOCUMENT])


def test_json_keeps_how_many_were_found() -> None:
    words = (("old",), ("Tarn", "Brell"))
    tally = Tally(4, Counted.ROWS, "piers.csv", words, "", (("built", "before 1900"),))
    answer = Answer("Which?", (FIRST,), (), 0.9, kind=COUNT, tally=tally)
    data = answer.to_dict()
    assert data["tally"] == {
        "number": 4,
        "of": "rows",
        "source": "piers.csv",
        "words": [["old"], ["Tarn", "Brell"]],
        "label": "",
        "conditions": [["built", "before 1900"]],
    }
    assert Answer.from_dict(data, [DOCUMENT]) == answer
    with pytest.raises(CitationError):
        Answer.from_dict({**data, "tally": {**data["tally"], "of": "riddles"}}, [DOCUMENT])


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How tall is the pier?", FACT),
        ("what is the summary fine for a late boat", FACT),
        ("who made the list of piers", FACT),
        ("how many metres long is the pier", FACT),
        ("What does Article 7 say?", FACT),
        ("what happens to the pier in winter", FACT),
        ("Hi, could you please summarise the harbour act?", OVERVIEW),
        ("What are these documents about?", OVERVIEW),
        ("In harbour.txt, what are the main points?", OVERVIEW),
        ("Worum geht es im Bericht?", OVERVIEW),
        ("compare the two piers", COMPARISON),
        ("What is the difference between a quay and a mole?", COMPARISON),
        ("which is longer, the pier or the mole", COMPARISON),
        ("Was ist der Unterschied zwischen Pier und Mole?", COMPARISON),
        ("How do the mayor and the captain see the pier?", COMPARISON),
        ("what do the mayor and the captain disagree about", COMPARISON),
        ("where do the articles agree", COMPARISON),
        ("What is the mayor's argument for selling the pier?", FACT),
        ("arguments for and against a new pier", VIEWPOINTS),
        ("What do the captains think about the lamp?", VIEWPOINTS),
        ("Was spricht gegen den Bau?", VIEWPOINTS),
        ("list all piers", LIST),
        ("Which piers belong to Tarn?", LIST),
        ("Nenne alle Piers", LIST),
        ("How many invoices are open?", COUNT),
        ("how often is the mole mentioned", COUNT),
        ("Wie viele Rechnungen sind offen?", COUNT),
    ],
)
def test_the_words_of_a_question_say_its_kind(question: str, kind: QuestionKind) -> None:
    assert kind_of(AskedQuestion(question)) is kind


def test_what_is_pasted_before_a_question_does_not_say_it() -> None:
    pasted = "The pier was built in 1901 and is open. " * 10
    assert kind_of(AskedQuestion(f"{pasted} list all piers")) is FACT


@given(st.text(max_size=400))
def test_any_text_is_of_a_kind(text: str) -> None:
    assert kind_of(AskedQuestion(text)) in QuestionKind


def test_what_can_be_asked_for_has_a_composer_or_is_a_fact() -> None:
    assert {kind for kind in QuestionKind if kind.is_asked} == {
        QuestionKind.FACT,
        *UNREAD,
        *COMPOSERS,
    }
