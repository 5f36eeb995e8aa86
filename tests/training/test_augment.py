"""Questions as people type them, and questions that a passage no longer answers."""

from __future__ import annotations

from random import Random

from hypothesis import given, strategies as st

from training.augment import altered, as_typed, echo

QUESTION = "When did Nikola Tesla move to Prague in 1880?"
PASSAGE = (
    "In 1880, two of Nikola Tesla's uncles paid for him to leave Gospic for Prague, "
    "where he was to study at Charles University."
)


@given(st.text(max_size=80), st.integers())
def test_a_typed_question_is_never_empty_when_the_question_was_not(text: str, seed: int) -> None:
    typed = as_typed(text, Random(seed))
    assert typed.strip() or not text.strip("?. \t\n\r") or not text.lower().strip("?. ")


def test_typing_takes_every_shape_and_is_seeded() -> None:
    shapes = [as_typed(QUESTION, Random(seed)) for seed in range(200)]
    assert shapes == [as_typed(QUESTION, Random(seed)) for seed in range(200)]
    assert QUESTION in shapes
    assert QUESTION.lower().rstrip("?") in shapes
    assert any(len(s.split()) < 7 for s in shapes)  # keywords
    assert len({s for s in shapes if s.lower().rstrip("?") != QUESTION.lower().rstrip("?")}) > 5


def test_one_word_of_the_passage_gives_way() -> None:
    others = ["How many wars did Warsaw fight against Sweden?"]
    seen = set()
    for seed in range(60):
        question = altered(QUESTION, PASSAGE, "January", others, Random(seed))
        if question is None:
            continue
        old, new = QUESTION.rstrip("?").split(), question.rstrip("?").split()
        changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
        assert len(changed) == 1
        ((gone, come),) = changed
        assert gone in PASSAGE
        assert come not in QUESTION
        seen.add(gone)
    assert {"Nikola", "Tesla", "Prague", "1880"} <= seen


def test_nothing_shared_nothing_altered() -> None:
    assert altered("Who sings?", PASSAGE, "", ["Where is Rome?"], Random(0)) is None


def test_an_echo_says_no_more_than_the_question() -> None:
    told = {echo(QUESTION, Random(seed)) for seed in range(60)}
    assert len(told) > 5
    assert all("Tesla move to Prague in 1880" in t for t in told)
