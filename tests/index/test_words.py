"""Which words count, and which of a question's words say what is asked."""

from __future__ import annotations

import pytest

from index.words import question_words, stems


def test_stop_words_go_and_the_rest_is_stemmed() -> None:
    assert stems("The ships were carrying coal.") == ["ship", "carri", "coal"]


def test_an_acronym_is_one_word_with_or_without_its_points() -> None:
    assert stems("U.S. policy") == stems("US policy")
    assert stems("They told us") == stems("They told")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What do these texts say about the harbour?", ["harbour"]),
        ("What does the article say about the harbour?", ["harbour"]),
        ("Do any of the documents mention coal?", ["coal"]),
        ("What is the toll according to the report?", ["toll"]),
        ("What does FDPR stand for?", ["fdpr"]),
        ("What does colza mean?", ["colza"]),
        ("What is the mean depth?", ["mean", "depth"]),
        ("Which document was signed in the harbour?", ["document", "sign", "harbour"]),
        ("What do the documents say?", ["document", "say"]),
    ],
)
def test_the_frame_of_a_question_is_left_out_unless_it_is_all_there_is(
    question: str, asked: list[str]
) -> None:
    assert [stem for _, stem in question_words(question)] == asked
