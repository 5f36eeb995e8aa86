"""BM25's numbers against bm25s's own, and the best of them against sorting them all."""

from __future__ import annotations

import bm25s
import numpy as np
from hypothesis import given, strategies as st

from index.language import Query
from index.language.analysis import stems
from index.search.postings import K1, B, postings_of
from index.search.sparse import Sparse
from index.search.terms import Terms

WORDS = st.sampled_from(["eel", "harbour", "mud", "weir", "bread", "dough", "1987", "Tarn"])
TEXTS = st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=15)
QUESTIONS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def terms_of(texts: list[list[str]]) -> Terms:
    return Terms.of([stems(" ".join(text)) for text in texts])


@given(TEXTS.filter(any))
def test_scores_are_bit_for_bit_those_of_bm25s(texts: list[list[str]]) -> None:
    terms = terms_of(texts)
    oracle = bm25s.BM25(k1=K1, b=B, method="lucene")
    numbers = [own.tolist() for own in np.split(terms.passages.ids, terms.passages.starts[1:-1])]
    vocabulary = {stem: i for i, stem in enumerate(terms.vocabulary)}
    oracle.index((numbers, vocabulary), create_empty_token=False, show_progress=False)
    for name, array in postings_of(terms)._asdict().items():
        assert array.dtype == oracle.scores[name].dtype
        np.testing.assert_array_equal(array, oracle.scores[name])


def plain(
    sparse: Sparse, question: str, k: int, among: np.ndarray | None
) -> list[tuple[int, float]]:
    """All scores rounded and sorted."""
    scores = sparse.scores(Query(question)).astype(np.float64).round(6)
    ranked = sorted(enumerate(scores.tolist()), key=lambda pair: (-pair[1], pair[0]))
    return [(r, s) for r, s in ranked if s and (among is None or among[r])][:k]


@given(TEXTS, st.integers(1, 40), QUESTIONS, st.integers(0, 50), st.data())
def test_the_best_are_those_of_sorting_all(
    texts: list[list[str]], times: int, question: str, k: int, data: st.DataObject
) -> None:
    sparse = Sparse.build(terms_of(texts * times))  # the same texts again: ties
    assert sparse.search(Query(question), k) == plain(sparse, question, k, None)
    n = len(texts) * times
    among = np.random.default_rng(data.draw(st.integers(0, 99))).random(n) < 0.5
    assert sparse.search(Query(question), k, among) == plain(sparse, question, k, among)


@given(st.lists(st.floats(0, 60, width=32), min_size=1, max_size=60), st.integers(1, 60))
def test_scores_that_rounding_makes_equal_are_ranked_by_number(made: list[float], k: int) -> None:
    scores = np.array(made, np.float32)
    scores = np.concatenate([scores, np.nextafter(scores, np.float32(99)), scores])
    sparse = Sparse.build(terms_of([["eel"]] * len(scores)))
    sparse.scores = lambda query: scores.copy()  # type: ignore[method-assign]  # a double
    assert sparse.search(Query("eel"), k) == plain(sparse, "eel", k, None)
