"""What a question is told from: passages of the same document first, never what answers."""

from __future__ import annotations

from hypothesis import given, strategies as st

from benchmarks.kit.sets import Question, paragraph
from index.encoder import open_encoder
from index.types import Span
from training.mine import DEPTH, ByWords, _groups, _nearest
from training.questions import TrainingSet


def test_a_public_set_is_asked_by_words_alone() -> None:
    texts = [f"The {w} stands in the harbour. It is {n} metres tall." for n, w in enumerate("abc")]
    long = " ".join(f"Rope number {n} of the ferry is kept in a dry shed." for n in range(60))
    documents = [paragraph(text, str(n)) for n, text in enumerate([*texts, long])]
    start = long.index("Rope number 40")
    asked = Question("Where is rope 40 kept?", ((documents[3].id, Span(start, start + 30)),))
    part = TrainingSet("made", documents, [asked], by_group=True)
    ranked = ByWords(part, open_encoder(None)[0])
    (group,) = _groups(part, ranked)
    assert [answer for *_, answer in group["gold"]] == ["Rope number 40 of the ferry is"]
    golden = {row for row, *_ in group["gold"]}
    assert group["negatives"]
    first = ranked.passages[group["negatives"][0]]
    assert first.document.id == documents[3].id
    assert golden.isdisjoint(group["negatives"])


@given(st.sets(st.integers(0, 30)), st.lists(st.integers(0, 30), unique=True))
def test_the_nearest_of_a_document_are_those_that_rank_foremost(
    own: set[int], ranked: list[int]
) -> None:
    kept = _nearest(own, ranked)
    assert len(kept) == len(set(kept)) == min(len(own), DEPTH // 2)
    assert set(kept) <= own
    best = [row for row in ranked if row in own][: DEPTH // 2]
    assert kept[: len(best)] == best
