"""Which sentences are quoted: none said twice, neighbours joined, in the order of the sources."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from index.passages.chunking import split
from index.types import Document, Hit, Page, Passage, Span
from rag.citations import Citation
from rag.compose.lists import WholeList, whole_list
from rag.compose.summary import (
    NEXT,
    choose,
    closest,
    summarize as citations_of,
)
from rag.logistic import log_odds
from rag.query import AskedQuestion
from rag.readings import Reading, Reason
from tests.doubles import EELS, HARBOUR, FakeEncoder, document
from tests.strategies import documents

FACTS = document(
    "The harbour was dredged in 1987. Mud filled the basin. Ships waited at sea.\n\n"
    "The pilots were paid by the hour. A crane fell over.\n",
    "facts.txt",
)
TALES = document("The lighthouse has a ghost. Nobody has seen the keeper.\n", "tales.txt")


def readings_of(made: Document, scores: Sequence[float]) -> list[Reading]:
    """A reading of each sentence, in document order, with the scores given."""
    found: list[Reading] = []
    for passage in split(made, FakeEncoder().count_tokens):
        for sentence in passage.sentences:
            score = scores[len(found) % len(scores)]
            found.append(Reading(Hit(passage, 1.0), sentence.span, score, 0.5))
    return found


def best_first(*parts: list[Reading]) -> list[Reading]:
    return sorted((r for part in parts for r in part), key=lambda r: -r.score)


def summarize(
    question: str, readings: Sequence[Reading], *, max_sentences: int, keep: float
) -> tuple[Citation, ...]:
    """What is quoted of the readings."""
    return citations_of(choose(AskedQuestion(question), readings, max_sentences, keep))


def quotes(citations: Sequence[Citation]) -> list[str]:
    return [c.quote for c in citations]


def test_the_best_sentences_are_quoted_and_numbered_from_the_best_on() -> None:
    readings = best_first(readings_of(FACTS, [4, 0, 3, 0, 5]))
    cited = summarize("", readings, max_sentences=3, keep=10)
    assert quotes(cited) == [
        "A crane fell over.",
        "The harbour was dredged in 1987.",
        "Ships waited at sea.",
    ]
    assert [c.number for c in cited] == [1, 2, 3]
    assert [c.score for c in cited] == [5, 4, 3]


def test_neighbours_are_one_quotation_with_the_better_score() -> None:
    readings = best_first(readings_of(FACTS, [3, 5, 0, 0, 0]))
    (cited,) = summarize("", readings, max_sentences=2, keep=10)
    assert cited.quote == "The harbour was dredged in 1987. Mud filled the basin."
    assert cited.score == 5
    assert [FACTS.cut(s) for s in cited.sentences] == [
        "The harbour was dredged in 1987.",
        "Mud filled the basin.",
    ]
    assert FACTS.cut(cited.top) == "Mud filled the basin."


def test_paragraphs_are_not_joined() -> None:
    readings = best_first(readings_of(FACTS, [0, 0, 5, 5, 0]))
    cited = summarize("", readings, max_sentences=2, keep=1)
    assert quotes(cited) == ["Ships waited at sea.", "The pilots were paid by the hour."]


def test_what_begins_on_another_page_is_quoted_for_itself() -> None:
    paged = replace(FACTS, pages=(Page(0, "p. 1"), Page(FACTS.text.index("Mud"), "p. 2")))
    cited = summarize("", best_first(readings_of(paged, [3, 5, 0, 0, 0])), max_sentences=2, keep=10)
    assert [(c.quote, c.page) for c in cited] == [
        ("Mud filled the basin.", "p. 2"),
        ("The harbour was dredged in 1987.", "p. 1"),
    ]


def test_sources_take_turns_as_they_score() -> None:
    facts, tales = readings_of(FACTS, [4, 0, 0, 0, 3]), readings_of(TALES, [2, 5])
    cited = summarize("", best_first(facts, tales), max_sentences=4, keep=10)
    assert quotes(cited) == [
        "The lighthouse has a ghost. Nobody has seen the keeper.",
        "The harbour was dredged in 1987.",
        "A crane fell over.",
    ]


@pytest.mark.parametrize("keep", [0.0, 0.5, 2.0, 5.0])
def test_what_scores_too_far_below_the_best_is_left_out(keep: float) -> None:
    readings = best_first(readings_of(FACTS, [5, 4.5, 3, 1, -4]))
    cited = summarize("", readings, max_sentences=9, keep=keep)
    told = {FACTS.cut(s) for c in cited for s in c.sentences}
    assert told == {FACTS.cut(r.span) for r in readings if r.score >= 5 - keep}


def limits(question: str, first: float, others: Sequence[float]) -> list[float]:
    """How far below the best sentence each may score, which is likely by `first` and `others`."""
    found = best_first(readings_of(FACTS, [5.0, 3.5, 3.4, -9.0, -9.0]))
    likely = [first, *others, 0.5, 0.5]
    readings = [replace(r, probability=p) for r, p in zip(found, likely, strict=True)]
    choices = choose(AskedQuestion(question), readings, 9, 1.0, sure=1.0, doubt=0.5, account=2.0)
    by_score = {c.reading.score: c.limit for c in choices}
    return [round(by_score[score], 6) for score in (3.5, 3.4)]


def test_what_would_answer_by_itself_may_score_lower() -> None:
    assert limits("", 0.5, (0.3, 0.8)) == [round(1 + log_odds(p), 6) for p in (0.3, 0.8)]


def test_and_where_the_best_one_may_be_wrong_and_an_account_is_asked_for() -> None:
    doubt = round(1 - 0.5 * log_odds(0.2), 6)
    assert limits("", 0.2, (0.5, 0.5)) == [doubt, doubt]
    assert limits("Why was it dredged?", 0.5, (0.5, 0.5)) == [3.0, 3.0]
    assert limits("When was it dredged?", 0.5, (0.5, 0.5)) == [1.0, 1.0]


def test_negative_scores_are_kept_by_the_same_distance() -> None:
    readings = best_first(readings_of(FACTS, [-3, -3.5, -9, -9, -9]))
    (cited,) = summarize("", readings, max_sentences=9, keep=1.0)
    assert len(cited.sentences) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The harbour was dredged in 1987.", "The harbour was dredged in 1987."),
        ("The harbour of Brell was dredged in 1987.", "In 1987 the Brell harbour was dredged."),
        ("“The dredger removed the old mud.”", "the dredger removed the old mud"),
    ],
)
def test_nothing_is_said_twice(one: str, other: str) -> None:
    first = readings_of(document(f"it was so. {one}", "one.txt"), [0, 5])
    second = readings_of(document(f"so it was. {other}", "two.txt"), [0, 4])
    cited = summarize("", best_first(first, second), max_sentences=2, keep=2)
    assert quotes(cited) == [one]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The harbour was dredged in 1987.", "The harbour was dredged in 1988."),
        ("The count of 2019 found 1,204 eels.", "The count of 2019 found 1,304 eels."),
        ("Eels migrate.", "Eels migrate from the river Tarn to the sea in each autumn."),
        ("The crane fell over.", "The lighthouse has a ghost."),
        ("“The dredger removed the old mud,” he said.", "the dredger removed the old mud"),
        ("The harbour of Brell was dredged.", "The harbour of Brell was never dredged."),
    ],
)
def test_what_says_something_else_is_kept(one: str, other: str) -> None:
    first = readings_of(document(f"it was so. {one}", "one.txt"), [0, 5])
    second = readings_of(document(f"so it was. {other}", "two.txt"), [0, 4])
    assert quotes(summarize("", best_first(first, second), max_sentences=2, keep=2)) == [one, other]


def test_the_words_that_answer_are_emphasised_in_a_quotation_and_nowhere_else() -> None:
    readings = best_first(readings_of(FACTS, [5, 4, 0, 0, 0]))
    words = [Span(27, 31), Span(33, 36)]  # 1987, Mud
    readings[:2] = [replace(r, words=w) for r, w in zip(readings[:2], words, strict=True)]
    (cited,) = summarize("", readings, max_sentences=2, keep=10)
    assert [FACTS.cut(s) for s in cited.emphasis] == ["1987", "Mud"]
    assert [c.emphasis for c in closest(readings)] == [()]


@pytest.mark.parametrize("most", [1, 2, 3, 4, 9])
def test_no_more_sentences_than_asked_for(most: int) -> None:
    cited = summarize("", best_first(readings_of(FACTS, [5])), max_sentences=most, keep=10)
    assert sum(len(c.sentences) for c in cited) == min(most, 5)


def one_of(made: Document, words: str) -> Citation:
    readings = readings_of(made, [0])
    chosen = next(r for r in readings if words in made.cut(r.span))
    (cited,) = summarize("", [chosen], max_sentences=1, keep=0)
    return cited


def test_a_leaning_sentence_shows_the_one_before_it() -> None:
    cited = one_of(document(HARBOUR), "eleven months")
    assert cited.context is not None
    assert cited.document.cut(cited.context) == "The harbour of Brell was dredged in 1987."
    assert cited.quote == "It took eleven months."


def test_a_list_item_shows_what_introduces_its_list() -> None:
    cited = one_of(document(EELS, "eels.md"), "Warm summers")
    assert cited.context is not None
    assert cited.document.cut(cited.context) == "Three things threaten the eels:"


def test_a_sentence_that_stands_alone_needs_no_context() -> None:
    assert one_of(document(HARBOUR), "41 metres").context is None


def test_the_closest_are_one_a_passage() -> None:
    facts, tales = readings_of(FACTS, [5, 4, 3]), readings_of(TALES, [4.5, 1])
    near = closest(best_first(facts, tales), 3)
    assert [(c.document.source, c.number) for c in near] == [("facts.txt", 1), ("tales.txt", 2)]
    assert closest([]) == ()
    assert summarize("", [], max_sentences=4, keep=1) == ()


def fates(question: str, readings: Sequence[Reading], most: int) -> dict[str, tuple[str, float]]:
    """Of each sentence, by its first words, why it is quoted or not and the limit that held."""
    found = choose(AskedQuestion(question), readings, most, 2.0)
    words = [c.reading.hit.passage.document.cut(c.reading.span) for c in found]
    return {w[:9]: (c.reason.value, c.limit) for w, c in zip(words, found, strict=True)}


def test_each_sentence_has_a_reason() -> None:
    again = document("In 1987 the harbour was dredged.\n", "again.txt")
    readings = best_first(readings_of(FACTS, [5, 2.5, 4, 3.5, 0]), readings_of(again, [4.5]))
    assert fates("", readings, 3) == {
        "The harbo": ("chosen", 2),
        "In 1987 t": ("repeats", 2),
        "Ships wai": ("chosen", 2),
        "The pilot": ("chosen", 2),
        "Mud fille": ("far below", 2),
        "A crane f": ("far below", 2),
    }
    assert fates("", readings, 2)["The pilot"] == ("enough", 2)
    assert fates("", readings, 2)["Mud fille"] == ("far below", 2)


def test_what_was_repeated_is_known() -> None:
    again = document("In 1987 the harbour was dredged.\n", "again.txt")
    readings = best_first(readings_of(FACTS, [5, 0, 0, 0, 0]), readings_of(again, [4.5]))
    (repeat,) = [
        c for c in choose(AskedQuestion(""), readings, 4, 2.0) if c.reason is Reason.REPEATS
    ]
    assert repeat.repeats is readings[0]


@given(documents(), st.integers(0, 2**32), st.integers(1, 6), st.sampled_from([0.0, 1.0, 100.0]))
def test_every_reading_has_one_reason_and_it_is_true(
    made: Document, seed: int, most: int, keep: float
) -> None:
    rng = random.Random(seed)
    readings = best_first(readings_of(made, [round(rng.uniform(-5, 5), 1) for _ in range(40)]))
    choices = choose(AskedQuestion("the harbour of eels"), readings, most, keep)
    assert sorted(id(c.reading) for c in choices) == sorted(map(id, readings))
    chosen = [c for c in choices if c.reason is Reason.CHOSEN]
    assert choices[: len(chosen)] == chosen
    for choice in choices:
        gap = readings[0].score - choice.reading.score
        assert (
            (gap > choice.limit - 1e-9)
            if choice.reason is Reason.FAR_BELOW
            else (gap < choice.limit + 1e-9)
        )
        assert choice.reason is not Reason.ENOUGH or len(chosen) == most
        repeated = [c for c in chosen if c.reading is choice.repeats]
        assert len(repeated) == (choice.reason is Reason.REPEATS)


@given(documents(), st.integers(0, 2**32), st.integers(1, 6), st.sampled_from([0.0, 1.0, 100.0]))
def test_any_summary_is_made_of_whole_sentences(
    made: Document, seed: int, most: int, keep: float
) -> None:
    rng = random.Random(seed)
    readings = best_first(readings_of(made, [round(rng.uniform(-5, 5), 1) for _ in range(40)]))
    cited = summarize("", readings, max_sentences=most, keep=keep)
    check_summary(cited, readings, most)


def check_summary(cited: Sequence[Citation], readings: list[Reading], most: int) -> None:
    known = {r.span: r for r in readings}
    assert bool(cited) == bool(readings)
    assert [c.number for c in cited] == list(range(1, len(cited) + 1))
    told = [s for c in cited for s in c.sentences]
    assert len(told) == len(set(told)) <= most
    for c in cited:
        assert list(c.sentences) == sorted(c.sentences)
        assert (c.start, c.end) == (c.sentences[0].start, c.sentences[-1].end)
        assert c.score == max(known[s].score for s in c.sentences)
        assert c.context is None or c.context.end <= c.start
    if readings:
        assert cited[0].score == readings[0].score


@given(documents())
def test_what_is_shown_before_a_leaning_sentence_is_near_it(made: Document) -> None:
    passages: list[Passage] = split(made, FakeEncoder().count_tokens)
    for passage in passages:
        for sentence in passage.sentences:
            reading = Reading(Hit(passage, 1.0), sentence.span, 1.0, 1.0)
            (cited,) = summarize("", [reading], max_sentences=1, keep=0)
            spans = [s.span for s in passage.sentences]
            assert cited.context in (None, sentence.lead, *spans)


COUNTER = document("When the pump starts, a counter rises. It is read every 15 minutes.\n", "p.txt")


def test_the_number_asked_for_beside_the_best_sentence_may_score_lower() -> None:
    readings = readings_of(COUNTER, [3.0, 3.0 - NEXT])

    def chosen(question: str) -> int:
        choices = choose(AskedQuestion(question), readings, 4, 0.0, sure=0.0, doubt=0.0)
        return sum(c.reason is Reason.CHOSEN for c in choices)

    assert chosen("How often is it read?") == 2
    assert chosen("Who reads it?") == 1
    other_way = readings_of(document("It takes 15 minutes. A counter rises.\n", "p.txt"), [3, 2])
    choices = choose(AskedQuestion("How often?"), other_way, 4, 0.0, sure=0.0, doubt=0.0)
    assert [c.reason for c in choices] == [Reason.CHOSEN, Reason.FAR_BELOW]


def test_the_members_of_one_list_count_once() -> None:
    made = document("Bring:\n\n- ropes\n- bread\n- salt\n\nThe pier is old.\n", "a.md")
    readings = best_first(readings_of(made, [0, 5, 4, 3, 2]))
    section = readings[0].hit.passage.sentences

    def whole(reading: Reading) -> WholeList | None:
        return whole_list(made, reading.span, section)

    choices = choose(AskedQuestion("x"), readings, 2, 10.0, sure=0.0, doubt=0.0, whole=whole)
    cited = citations_of(choices, whole)
    assert [len(c.members) for c in cited] == [3, 0]
    assert cited[1].quote == "The pier is old."


def test_a_sentence_below_a_question_has_it_as_context() -> None:
    made = document("Is the pier old? No. The pier is new.\n", "a.txt")
    no, new = (r for r in readings_of(made, [1.0]) if "?" not in made.cut(r.span))
    assert [c.context and made.cut(c.context) for c in closest([no])] == ["Is the pier old?"]
    assert [c.context for c in closest([new])] == [None]


def test_the_context_is_what_is_given_as_the_sentence_before() -> None:
    made = document("A berth is let by the year. It costs 90 crowns.\n", "a.txt")
    (both,) = split(made, FakeEncoder().count_tokens)
    alone = Reading(Hit(both.cut(slice(1, 2)), 1.0), both.sentences[1].span, 1.0, 0.5)
    (cited,) = closest([alone], before=lambda _: both.sentences[0])
    assert cited.context == both.sentences[0].span
    assert [c.context for c in closest([alone])] == [None]


def test_rows_are_never_one_quotation() -> None:
    page = "<table><tr><th>Berth<th>Fee<tr><td>47<td>1960<tr><td>48<td>1970</table><p>As agreed."
    made = document(f"<h1>Berths</h1>{page}", "berths.html")
    cited = summarize("", readings_of(made, [3, 3, 3]), max_sentences=4, keep=9)
    assert sorted(c.quote for c in cited) == [
        "As agreed.",
        "Berth: 47; Fee: 1960",
        "Berth: 48; Fee: 1970",
    ]
