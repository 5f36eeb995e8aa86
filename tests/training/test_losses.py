"""Losses: least where the model says what the labels, or the teacher, say."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import torch

from rag.reader.cross_encoder import (
    END,
    EVIDENCE,
    RANK,
    START,
)
from rag.reader.pairs import EncodedPair
from training.groups import Labelled
from training.losses import WEIGHTS, against_labels, against_teacher

# [CLS] asked [SEP] | one one one | two two | [SEP]
ROW = EncodedPair([101, 7, 102, 11, 12, 13, 21, 22, 102], 3, [(3, 6), (6, 8)], 0)
GROUP = [Labelled(ROW, (1,), (6, 7)), Labelled(ROW)]


def _output(sentence: int | None, answer: tuple[int, int], sure: float) -> torch.Tensor:
    """What a model says that is so sure of a sentence and of an answer; None for no sentence."""
    output = torch.zeros(len(ROW.ids), 4)
    output[:, EVIDENCE] = -sure
    if sentence is not None:
        start, end = ROW.bounds[sentence]
        output[start:end, EVIDENCE] = sure
        output[0, EVIDENCE] = sure
        output[0, RANK] = sure
    output[answer[0], START] = sure
    output[answer[1], END] = sure
    return output


RIGHT = [_output(1, (6, 7), 20.0), _output(None, (0, 0), 20.0)]
WRONG = [_output(0, (3, 4), 20.0), _output(1, (6, 7), 20.0)]
UNSURE = [_output(1, (6, 7), 1.0), _output(None, (0, 0), 1.0)]


def _sum(losses: Mapping[str, torch.Tensor]) -> float:
    return float(sum(losses.values()))


def test_what_the_labels_say_costs_nothing_and_the_opposite_much() -> None:
    losses = against_labels(RIGHT, [GROUP])
    assert set(losses) == set(WEIGHTS)
    assert all(float(v) == pytest.approx(0.0, abs=1e-5) for v in losses.values())
    wrong = against_labels(WRONG, [GROUP])
    assert all(float(wrong[name]) > 1.0 for name in ("span", "relevance", "listed", "single"))
    assert _sum(losses) < _sum(against_labels(UNSURE, [GROUP])) < _sum(wrong)


def test_a_group_without_an_answer_is_not_ranked() -> None:
    losses = against_labels([RIGHT[1], RIGHT[1]], [[Labelled(ROW), Labelled(ROW)]])
    assert set(losses) == {"span", "relevance", "single"}


def test_groups_are_scored_apart_from_each_other() -> None:
    both = against_labels([*RIGHT, *WRONG], [GROUP, GROUP])
    alone = against_labels(RIGHT, [GROUP]), against_labels(WRONG, [GROUP])
    for name in WEIGHTS:
        assert float(both[name]) == pytest.approx(
            (float(alone[0][name]) + float(alone[1][name])) / 2, rel=1e-5, abs=1e-6
        )


@pytest.mark.parametrize("taught", [RIGHT, UNSURE, WRONG], ids=["right", "unsure", "wrong"])
def test_nothing_is_nearer_to_a_teacher_than_the_teacher(taught: list[torch.Tensor]) -> None:
    own = _sum(against_teacher(taught, taught, [GROUP]))
    for other in (RIGHT, UNSURE, WRONG):
        assert own <= _sum(against_teacher(other, taught, [GROUP])) + 1e-6
    pupil = [t.clone().requires_grad_() for t in taught]
    torch.autograd.backward(list(against_teacher(pupil, taught, [GROUP]).values()))
    assert all(float(p.grad.abs().max()) < 1e-5 for p in pupil if p.grad is not None)


def test_a_sure_teacher_is_as_good_as_the_labels() -> None:
    for said in (RIGHT, UNSURE):
        labels, teacher = against_labels(said, [GROUP]), against_teacher(said, RIGHT, [GROUP])
        for name in ("span", "relevance", "listed", "single", "rank"):
            assert float(teacher[name]) == pytest.approx(float(labels[name]), abs=1e-4)


def test_what_the_question_holds_is_no_answer() -> None:
    looked_at = [o.clone() for o in UNSURE]
    for output in looked_at:
        output[1 : ROW.second, (START, END)] = 50.0  # within the question and its [SEP]
    for name, value in against_labels(looked_at, [GROUP]).items():
        assert float(value) == pytest.approx(float(against_labels(UNSURE, [GROUP])[name]))


BLOCKS = [Labelled(ROW, (0, 1), likely=(1.0, 1.0)), Labelled(ROW)]


def test_of_a_block_one_sentence_that_answers_is_enough_and_any() -> None:
    for said in (_output(0, (3, 5), 20.0), _output(1, (6, 7), 20.0)):
        losses = against_labels([said, _output(None, (0, 0), 20.0)], [BLOCKS])
        assert set(losses) == set(WEIGHTS)
        assert all(float(v) == pytest.approx(0.0, abs=1e-4) for v in losses.values())
    nothing = against_labels([_output(None, (0, 0), 20.0)] * 2, [BLOCKS])
    assert all(float(nothing[n]) > 1.0 for n in ("span", "relevance", "single"))
    beside = against_labels([_output(None, (0, 0), 20.0), _output(0, (3, 5), 20.0)], [BLOCKS])
    assert all(float(beside[n]) > 1.0 for n in ("relevance", "single", "listed", "rank"))


def test_where_in_a_block_the_words_stand_is_not_taught() -> None:
    spans = [(3, 3), (3, 7), (7, 7)]
    told = [against_labels([_output(0, s, 2.0)], [BLOCKS[:1]])["span"].item() for s in spans]
    assert told == [pytest.approx(told[0])] * 3
    assert told[0] < against_labels([_output(0, (0, 0), 2.0)], [BLOCKS[:1]])["span"].item()


def test_the_sentence_of_a_block_that_is_likely_pulls_harder() -> None:
    output = _output(None, (0, 0), 1.0).requires_grad_()
    block = [Labelled(ROW, (0, 1), likely=(0.9, 0.1))]
    against_labels([output], [block])["listed"].backward()  # type: ignore[no-untyped-call]
    assert output.grad is not None
    first, second = (float(output.grad[s:e, EVIDENCE].sum()) for s, e in ROW.bounds)
    assert first < 0 < second


def test_a_block_of_one_sentence_costs_what_a_marked_sentence_does() -> None:
    one = [Labelled(ROW, (1,), (6, 7)), Labelled(ROW)]
    block = [Labelled(ROW, (1,), (6, 7), likely=(1.0,)), Labelled(ROW)]
    for name in ("relevance", "single", "listed", "rank"):
        marked, counted = (float(against_labels(UNSURE, [g])[name]) for g in (one, block))
        assert counted == pytest.approx(marked, rel=1e-4)


def test_what_a_block_costs_moves_a_model_and_is_never_infinite() -> None:
    for sure in (0.0, 30.0, 200.0):
        output = _output(None, (0, 0), sure).requires_grad_()
        losses = against_labels([output, output], [BLOCKS])
        torch.autograd.backward(list(losses.values()))
        assert all(torch.isfinite(value) for value in losses.values())
        assert output.grad is not None
        assert torch.isfinite(output.grad).all()
        assert output.grad.abs().sum() > 0


def test_of_a_block_relevance_counts_by_the_row_as_of_labels() -> None:
    wide = [Labelled(ROW, (1,), (6, 7)), *[Labelled(ROW)] * 5]
    block = [Labelled(ROW, (1,), (6, 7), likely=(1.0,)), *[Labelled(ROW)] * 5]
    said = [UNSURE[0], *[UNSURE[1]] * 5]
    marked, counted = (
        float(against_labels([*said, *WRONG], [g, GROUP])["relevance"]) for g in (wide, block)
    )
    assert counted == pytest.approx(marked, rel=1e-4)


def test_a_marked_sentence_without_a_token_costs_no_infinite_amount() -> None:
    empty = ROW._replace(bounds=[(3, 3), (3, 8)])
    group = [Labelled(empty, (0,), likely=(1.0,)), Labelled(ROW)]
    assert all(torch.isfinite(v) for v in against_labels(UNSURE, [group]).values())
