"""The methods: each orders all sentences, the same each time, and knows what it is said to know."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index import Passage
from rag.overview import (
    Method,
    SentencePool,
    Told,
    centroid,
    lead,
    lexrank,
    relevant,
    submodular,
    textrank,
)
from tests.doubles import FakeEncoder, document

METHODS = (centroid, lead, lexrank, relevant, submodular, textrank)
WORDS = ["ferry", "harbour", "lamp", "eel", "weir", "mud", "gate", "bell", "salt", "reed"]


def pool(sentences: list[list[str]], relevance: list[float] | None = None) -> SentencePool:
    """Sentences of these words, one passage each."""
    text = "".join(f"{' '.join(words)}.\n\n" for words in sentences) or "none"
    own = document(text)
    told, at = [], 0
    for row, words in enumerate(sentences):
        end = at + len(" ".join(words)) + 1
        told.append(Told(row, _passage(own, at, end), 0, tuple(words)))
        at = end + 2
    vectors = FakeEncoder().encode_passages([" ".join(words) for words in sentences])
    return SentencePool(told, lambda: vectors, None if relevance is None else np.array(relevance))


def _passage(own: object, start: int, end: int) -> Passage:
    from index import Sentence

    return Passage(own, start, end, (Sentence(start, end),))  # type: ignore[arg-type]


sentences = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), max_size=12)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
@given(sentences)
def test_every_sentence_once_and_the_same_each_time(method: Method, words: list[list[str]]) -> None:
    found = list(method(pool(words)))
    assert sorted(found) == list(range(len(words)))
    assert found == list(method(pool(words)))


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
@given(sentences)
def test_so_it_is_where_something_is_asked_for(method: Method, words: list[list[str]]) -> None:
    relevance = [(i + 1) / (len(words) + 1) for i in range(len(words))]
    found = list(method(pool(words, relevance)))
    assert sorted(found) == list(range(len(words)))


@pytest.mark.parametrize("method", [m for m in METHODS if m is not lead])
def test_what_is_asked_for_comes_first(method: Method) -> None:
    words = [["ferry", "lamp"], ["eel", "weir"], ["ferry", "bell"], ["eel", "mud"]]
    assert next(method(pool(words, [0.01, 0.9, 0.01, 0.01]))) == 1


def test_lead_is_the_order_of_the_text() -> None:
    words = [["eel"], ["lamp"], ["mud"]]
    assert list(lead(pool(words))) == list(lead(pool(words, [0.1, 0.2, 0.9]))) == [0, 1, 2]
    assert list(relevant(pool(words))) == [0, 1, 2]


def test_centroid_counts_words_that_others_hold_and_the_place() -> None:
    words = [["salt", "reed"], ["ferry", "lamp"], ["ferry", "lamp", "eel"], ["eel", "mud"]]
    assert next(centroid(pool(words))) == 2
    assert list(centroid(pool([["ferry", "lamp"], ["ferry", "lamp"]]))) == [0, 1]


@pytest.mark.parametrize("method", [lexrank, textrank])
def test_what_others_say_too_is_central(method: Method) -> None:
    words = [["salt", "reed"], ["ferry", "lamp"], ["ferry", "lamp", "eel", "weir"], ["eel", "weir"]]
    found = list(method(pool(words)))
    assert found[0] == 2
    assert found[-1] == 0


def test_coverage_takes_both_subjects_before_one_of_them_twice() -> None:
    ferry, eel = ["ferry", "lamp", "bell"], ["eel", "weir", "mud"]
    words = [ferry, [*ferry, "gate"], [*ferry, "salt"], eel, [*eel, "reed"]]
    first = list(submodular(pool(words)))[:2]
    assert {one < 3 for one in first} == {True, False}


def test_lexrank_is_the_stationary_distribution() -> None:
    """Against the left eigenvector of the walk, as numpy finds it."""
    from rag.overview.methods import DAMPING, _walk

    words = [["ferry", "lamp"], ["lamp", "eel"], ["eel", "ferry", "mud"], ["bell", "lamp"]]
    own = pool(words).similarity.astype(np.float64)
    np.fill_diagonal(own, 0)
    walk = DAMPING * own / own.sum(axis=1, keepdims=True) + (1 - DAMPING) / len(own)
    values, vectors = np.linalg.eig(walk.T)
    expected = np.real(vectors[:, np.argmax(np.real(values))])
    found = _walk(own.astype(np.float32), None)
    np.testing.assert_allclose(found, expected / expected.sum(), atol=1e-5)
