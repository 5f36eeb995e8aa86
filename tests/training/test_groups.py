"""What one training step is made of: the right sentence and the right tokens are marked."""

from __future__ import annotations

from random import Random

from tokenizers import Tokenizer

from rag.reader.pairs import Pairs
from tests.training.conftest import GROUPS, PASSAGES
from training.groups import NEGATIVES, Groups, Labelled, Mined


def _made(groups: Groups, number: int, seed: int) -> list[list[Labelled]]:
    return list(groups.make("made", GROUPS[number], Random(seed)))


def test_the_gold_passage_comes_first_with_its_sentence_and_answer(
    groups: Groups, tokenizer: Tokenizer
) -> None:
    for seed in range(60):
        gold, *others = _made(groups, 0, seed)[0]
        (at,) = gold.gold
        first, last = gold.answer
        assert tokenizer.decode(gold.row.ids[first : last + 1]) == "1987"
        start, end = gold.row.bounds[at]
        sentence = tokenizer.decode(gold.row.ids[start:end])
        assert sentence == "the harbour was dredged in 1987."
        assert start <= first <= last < end
        assert NEGATIVES <= len(others) <= NEGATIVES + 1
        assert all(o.gold == () and o.answer == (0, 0) for o in others)


def test_an_altered_question_is_answered_by_nothing(groups: Groups) -> None:
    altered = [made[1] for seed in range(60) if len(made := _made(groups, 0, seed)) > 1]
    assert altered
    assert all(one.gold == () and one.answer == (0, 0) for group in altered for one in group)


def test_half_the_gold_passages_are_also_read_without_what_answers(
    groups: Groups, tokenizer: Tokenizer
) -> None:
    read = []
    for seed in range(60):
        _, *others = _made(groups, 0, seed)[0]
        read += [tokenizer.decode(o.row.ids[o.row.second :]) for o in others[NEGATIVES:]]
    assert 15 < len(read) < 45
    assert {text.replace("[SEP]", "").strip() for text in read} == {"brell. it rains often."}


def test_a_passage_that_holds_the_answer_twice_is_not_read_without_it(groups: Groups) -> None:
    mined, random = groups.sets["made"], Random(0)
    question = mined.pairs.tokens(["When does it rain?"])[0]
    assert mined.gutted(question, [(0, 0, "often")], random) is not None
    assert mined.gutted(question, [(0, 0, "1987")], random) is None
    assert mined.gutted(question, [(1, 0, "41 metres")], random) is None  # nothing is left


def test_some_rows_hold_a_sentence_that_repeats_the_question_and_is_not_gold(
    groups: Groups,
) -> None:
    places = set()
    for seed in range(200):
        gold = _made(groups, 0, seed)[0][0]
        if len(gold.row.bounds) > len(PASSAGES[0]["sentences"]):
            places.add(gold.gold)
    assert places == {(1,), (2,)}  # behind the gold sentence, and before it


def test_a_question_without_an_answer_is_asked_of_the_passage_it_is_about(groups: Groups) -> None:
    plain = groups.sets["made"].row([], 1).ids[2:]
    rows = [_made(groups, 1, seed)[0] for seed in range(20)]
    assert all((about.gold, other.gold) == ((), ()) for about, other in rows)
    told = [about.row.ids[about.row.second :] for about, _ in rows]
    assert sum(ids == plain for ids in told) > len(told) / 2  # no echo in it


def test_epochs_leave_the_development_questions_out_and_are_seeded(groups: Groups) -> None:
    assert sorted(groups.epoch(0)) == [("made", 0), ("made", 1)]
    assert groups.epoch(3) == groups.epoch(3)
    assert [g["question"] for g in groups.development("made")] == [GROUPS[2]["question"]]


def test_what_is_answered_in_other_words_is_asked_more_often(groups: Groups) -> None:
    mined = groups.sets["made"]
    told = {"gold": [[0, 1, "1987"]], "development": False}
    questions = ("When was the harbour dredged?", "Was the harbour cleaned?", "Who cleaned it up?")
    asked = [{**GROUPS[0], **told, "question": q} for q in questions]
    assert [mined.shared_words(group) for group in asked] == [1.0, 0.5, 0.0]
    assert mined.shared_words({**asked[0], "gold": []}) == 0.5
    mined.groups[:] = asked
    times = [number for epoch in range(400) for _, number in groups.epoch(epoch)]
    assert times.count(2) == 2 * times.count(1) == 800
    assert 150 < times.count(0) < 250


def test_of_a_block_the_first_sentence_is_likeliest_and_no_lead_in(tokenizer: Tokenizer) -> None:
    sentences = ["It has three parts:", "the hull.", "the mast."]
    pairs = Pairs(tokenizer)
    tokens = pairs.tokens(sentences)
    for name, first, second in (("faq", 0.7, 0.15), ("feedbackqa", 1.0, 1.0)):
        mined = Mined(name, pairs, [0], [sentences], [[]], [tokens], [])
        likely = mined.likely([(0, at, text) for at, text in enumerate(sentences)])
        assert likely == {(0, 0): 0.05, (0, 1): first, (0, 2): second}


def test_a_block_is_also_read_without_its_sentences(groups: Groups) -> None:
    group = {**GROUPS[0], "blocks": True, "gold": [[0, 0, "It rains"], [0, 1, "1987"]]}
    for seed in range(20):
        first, *others = next(groups.make("made", group, Random(seed)))
        assert (first.gold, first.likely) == ((0, 1), (1.0, 1.0))
        assert all(not o.gold for o in others)
