"""What is said below a question of the text answers; the question does not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.passages.chunking import split
from index.types import Document, Evidence, Hit, Passage
from rag.compose.turns import LONGEST, take_turns
from rag.query import AskedQuestion
from rag.readings import Reading
from tests.doubles import FakeEncoder, document

TALK = """# Ein Gespräch mit Ida Holm

Frage: Wie kamen Sie zum Leuchtturm?

Ida Holm: Mein Onkel hat ihn vor mir geführt. Ich kam für einen Sommer.

Frage: Was stört Sie am Winter?

Die Feuchtigkeit.
"""
PANEL = """# Panel

Bo Lund: 00:01:10

How long have you kept bees?

Ida Holm: 00:01:14

A year and a half.

Bo Lund: 00:01:20

And you, Per, I know that you sell honey.
"""


def read(
    made: Document, words: str, *, near: float = 0.0, others: float = -1.0
) -> tuple[list[Reading], Passage]:
    """Readings, the sentence with `words` the best."""
    (passage,) = split(made, FakeEncoder().count_tokens)
    count = len(passage.sentences)
    empty = (0.0,) * count
    evidence = Evidence(0.0, (near,) * count, empty, (1.0,) * count, 0.0, empty, ((),) * count)
    hit = Hit(passage, 1.0, evidence=evidence)
    scored = [(2.0 if words in made.cut(s.span) else others, s) for s in passage.sentences]
    found = [Reading(hit, s.span, score, 0.3) for score, s in scored]
    return sorted(found, key=lambda r: -r.score), passage


def first(made: Document, words: str, question: str = "?x") -> tuple[str, str, Reading]:
    readings, passage = read(made, words)
    taken, turns = take_turns(AskedQuestion(question), readings, lambda _: [passage])
    whole = turns.get((made.id, taken[0].span))
    context = made.cut(whole.context) if whole and whole.context else ""
    quote = made.text[whole.parts[0].start : whole.parts[-1].end] if whole else ""
    return context, quote, taken[0]


def test_what_is_said_to_a_question_stands_for_it() -> None:
    made = document(TALK, "a.md")
    context, quote, reading = first(made, "kamen Sie")
    assert context == "Frage: Wie kamen Sie zum Leuchtturm?"
    assert quote == "Ida Holm: Mein Onkel hat ihn vor mir geführt. Ich kam für einen Sommer."
    assert (reading.score, reading.probability) == (2.0, 0.3)
    assert first(made, "Was stört")[:2] == ("Frage: Was stört Sie am Winter?", "Die Feuchtigkeit.")


def test_a_line_that_says_who_speaks_is_no_answer_either() -> None:
    made = document(PANEL, "a.md")
    context, quote, _ = first(made, "Ida Holm: 00")
    assert quote == "A year and a half."
    assert "How long have you kept bees?" in context


def test_a_sentence_of_that_paragraph_which_scores_as_high_speaks_for_itself() -> None:
    made = document(TALK, "a.md")
    readings, passage = read(made, "kamen Sie", others=2.0)
    taken, turns = take_turns(AskedQuestion("x"), readings, lambda _: [passage])
    assert not turns
    assert all("?" not in made.cut(r.span) for r in taken)


def test_who_asks_for_questions_gets_them() -> None:
    made = document(TALK, "a.md")
    for question in ("Which questions were asked?", "Welche Fragen wurden gestellt?"):
        assert "Wie kamen" in made.cut(first(made, "kamen Sie", question)[2].span)


def test_the_same_question_in_the_text_makes_its_answer_sure() -> None:
    made = document(TALK, "a.md")
    readings, passage = read(made, "Mein Onkel", near=0.9)
    taken, _ = take_turns(AskedQuestion("x"), readings, lambda _: [passage])
    assert "Mein Onkel" in made.cut(taken[0].span)  # of two that are the same, the better one
    assert max(r.probability for r in taken) >= 0.9


@pytest.mark.parametrize(
    "text",
    ["What is a quay?\n", "Why? Who? When?\n", "What do you need?\n\n- ropes\n- bread\n"],
)
def test_a_question_that_nothing_answers_stays(text: str) -> None:
    made = document(text, "a.md")
    readings, passage = read(made, "?")
    taken, turns = take_turns(AskedQuestion("x"), readings, lambda _: [passage])
    assert not turns
    assert {r.span for r in taken} == {r.span for r in readings}


def test_a_turn_is_quoted_as_far_as_it_is_short() -> None:
    made = document("Why is it so? " + " ".join(f"It was so in {n}." for n in range(9)), "a.md")
    readings, passage = read(made, "Why")
    _, turns = take_turns(AskedQuestion("x"), readings, lambda _: [passage])
    assert {len(whole.parts) for whole in turns.values()} == {LONGEST}


def test_the_answer_may_stand_in_the_next_passage() -> None:
    made = document("Why is it so?\n\nThe tide is low.\n", "a.md")
    (both,) = split(made, FakeEncoder().count_tokens)
    parts: Sequence[Passage] = [both.cut(slice(0, 1)), both.cut(slice(1, 2))]
    reading = Reading(Hit(parts[0], 1.0), both.sentences[0].span, 1.0, 0.5)
    taken, _ = take_turns(AskedQuestion("x"), [reading], lambda _: parts)
    assert [made.cut(r.span) for r in taken] == ["The tide is low."]
    assert taken[0].hit.passage == parts[1]


def test_below_a_list_of_questions_stands_no_answer_to_one_of_them() -> None:
    asked = [f"What does keeper {name} do?" for name in ("Ada", "Bo", "Ida", "Per", "Tor", "Ole")]
    made = document(" ".join(asked) + "\n", "a.md")
    context, quote, reading = first(made, "keeper Ada")
    assert (context, quote) == ("", "")
    assert reading.probability == 0.3
