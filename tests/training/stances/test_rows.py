"""What a row is, what is held out, and what is left out."""

from __future__ import annotations

from benchmarks.manifest import normalised
from tests.judged import judged
from training.questions import Benchmarks
from training.stances import rows as stance_rows
from training.stances.rows import LABELS, RELATIONS, STANCES, KeptOut, StanceRow


def test_a_tenth_of_the_groups_is_held_out() -> None:
    made = [StanceRow("Is it?", "It is.", "yes", "faq", str(n)) for n in range(1000)]
    assert 60 < sum(row.is_development for row in made) < 140
    # both rows of a group are on one side
    assert made[0].is_development == StanceRow("a", "b", "no", "faq", "0").is_development


def test_labels_are_of_a_question_or_of_a_statement() -> None:
    assert LABELS == STANCES + RELATIONS
    assert StanceRow("a", "b", "neither", "x", "y").is_relation
    assert not StanceRow("a?", "b", "silent", "x", "y").is_relation


def test_what_is_judged_is_left_out() -> None:
    pair = max(judged("agreeing"), key=lambda pair: len(pair["one"]))
    sentences = frozenset({normalised(pair["one"])})
    left_out = KeptOut(Benchmarks(frozenset({"is it open"}), frozenset()), sentences)
    allowed = StanceRow("Is it shut?", "It is shut on Mondays.", "yes", "faq", "1")
    assert left_out.allows(allowed)
    assert not left_out.allows(StanceRow("Is it open?", "It is.", "yes", "faq", "1"))
    assert not left_out.allows(StanceRow("Is it shut?", pair["one"], "yes", "faq", "1"))
    assert normalised(pair["one"]) in set(stance_rows._judged_sentences())


def test_a_window_is_cut_around_what_shares_most_words() -> None:
    parts = ["It rains.", "The pool is outside.", "The pool opens at six.", "Bring a towel."]
    assert stance_rows.window("When does the pool open?", parts, 1) == "The pool opens at six."
    assert "Bring" in stance_rows.window("When does the pool open?", parts)
