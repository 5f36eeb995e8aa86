"""Questions made of passages that may train, and of dialogues: each has its sentence."""

from __future__ import annotations

from benchmarks.kit.canard import FollowUp
from benchmarks.kit.sets import paragraph
from rag.converse import Turn
from rag.questions.ask_from import reads_well
from training.made import OF_A_PASSAGE, made
from training.questions import dialogues

BRELL = (
    "The Brell Lighthouse is a tower on the eastern mole of Brell. The Brell Lighthouse was built "
    "in 1901. Ida Holm founded the Brell Harbour Company in 1899. It grew."
)


def test_a_made_question_is_answered_by_the_sentence_it_was_made_from() -> None:
    document = paragraph(BRELL, "brell")
    asked = list(made([document]))
    assert 0 < len(asked) <= OF_A_PASSAGE
    for question in asked:
        assert reads_well(question.text)
        ((of, span),) = question.gold
        assert of == document.id
        assert document.cut(span) in BRELL.replace(". ", ".\n").splitlines()


def test_the_same_documents_give_the_same_questions_and_none_give_none() -> None:
    documents = [paragraph(BRELL, "brell"), paragraph("It rains. They left.", "rain")]
    assert list(made(documents)) == list(made(documents))
    assert list(made([documents[1]])) == []


ANSWER = "Ida Holm founded the company in 1899. She sold it to the city in 1907."
LATER = "The city closed the harbour in 1950."
TURNS = (Turn("Who founded it?", ANSWER),)


def test_every_sentence_of_an_answer_is_gold_and_what_nothing_answers_has_none() -> None:
    part = dialogues(
        [
            FollowUp("And who founded it?", TURNS, "Who founded the harbour company?", "d", ANSWER),
            FollowUp("Why?", TURNS, "Why did Ida Holm sell it?", "d", ""),
            FollowUp("When was it closed?", TURNS, "When was the harbour closed?", "d", LATER),
            FollowUp("And then?", TURNS, "What happened then?", "d", None),
        ]
    )
    (document,) = part.documents
    found = {q.text: [document.cut(span) for _, span in q.gold] for q in part.questions}
    assert found == {
        "Who founded the harbour company?": [
            "Ida Holm founded the company in 1899.",
            "She sold it to the city in 1907.",
        ],
        "Why did Ida Holm sell it?": [],
        "When was the harbour closed?": [LATER],
    }
    assert all(q.about == document.id for q in part.questions)
