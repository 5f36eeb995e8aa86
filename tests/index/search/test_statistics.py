"""Some passages, with the statistics of all, score as they do among all."""

from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from index.language import Query
from index.search.sparse import Sparse
from index.search.statistics import Statistics
from index.search.terms import Terms, mean_length

WORDS = st.lists(st.sampled_from(["eel", "harbour", "rye", "bread", "tarn"]), min_size=1)


@given(st.lists(WORDS, min_size=2, max_size=12), st.data())
def test_they_score_as_among_all(passages: list[list[str]], data: st.DataObject) -> None:
    terms = Terms.of(passages)
    whole = Sparse.build(terms)
    chosen = np.array(
        sorted(data.draw(st.sets(st.integers(0, len(passages) - 1), min_size=1))), np.int64
    )
    among = Statistics(
        len(passages), float(terms.passages.lengths.mean()), mean_length(terms.sentences),
        whole.languages, whole,
    )  # fmt: skip
    some = Sparse.some_of(terms.take(chosen, np.zeros(0, np.int64)), among)
    query = Query("eel bread of the tarn")
    assert some.scores(query).tolist() == whole.scores(query)[chosen].tolist()
    assert [some.idf(stem) for stem in ("eel", "zebra")] == [
        whole.idf(stem) for stem in ("eel", "zebra")
    ]
    assert sorted(some.stems) == sorted(whole.stems)
    assert some.often("rye") == whole.often("rye")
