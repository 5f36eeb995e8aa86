"""Passages without vectors: what is found of them, against the same with all vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index.generation import Contents, count_documents, encode_documents, encode_rest
from index.language import Query
from index.search import Hybrid, Unencoded, hybrid, unencoded
from index.types import Hit, Vectors
from tests.doubles import BREAD, EELS, HARBOUR, WORLD, FakeEncoder, document

TEXTS = [HARBOUR, EELS, BREAD, "Herons wait at the weir for eels.\n", "The mole is long.\n"]
WHOLE = encode_documents([document(t, f"{i}.txt") for i, t in enumerate(TEXTS)], FakeEncoder())
QUESTIONS = ("How tall is the lighthouse?", "eels at the weir", "Who bakes rye bread?")


def partial(contents: Contents, encoded: Sequence[int]) -> Contents:
    """The same without the vectors of other passages than these."""
    mask = np.zeros(len(contents.passages), bool)
    mask[list(encoded)] = True
    sentences = np.repeat(mask, contents.passages.rows[:, 2])
    return replace(
        contents,
        vectors=contents.vectors[mask],
        sentence_vectors=contents.sentence_vectors[sentences],
        encoded=None if mask.all() else mask,
    )


def parts(contents: Contents) -> st.SearchStrategy[Contents]:
    numbers = st.sets(st.integers(0, len(contents.passages) - 1))
    return numbers.map(lambda own: partial(contents, sorted(own)))


def check_vectors(found: Contents, whole: Contents) -> None:
    """What there is of vectors is what `whole` has there."""
    rows = np.setdiff1d(np.arange(len(found.passages)), found.unencoded)
    expected = partial(whole, rows.tolist())
    np.testing.assert_array_equal(found.vectors, expected.vectors)
    np.testing.assert_array_equal(found.sentence_vectors, expected.sentence_vectors)
    assert (found.encoded is None) == (len(rows) == len(found.passages))


class Counting(FakeEncoder):
    """An encoder that remembers what it encoded."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """As the double's."""
        self.texts += texts
        return super().encode_passages(texts, progress)


@given(parts(WHOLE), st.permutations(range(len(TEXTS))), st.integers(1, len(TEXTS)))
def test_documents_take_their_vectors_along(some: Contents, order: list[int], cut: int) -> None:
    chosen = [order[:cut], order[cut:]] if order[cut:] else [order]
    whole = Contents.join([WHOLE.take(own) for own in chosen])
    check_vectors(Contents.join([some.take(own) for own in chosen]), whole)


@given(parts(WHOLE))
def test_what_is_encoded_later_is_what_is_encoded_at_once(some: Contents) -> None:
    found = encode_rest(some, FakeEncoder())
    check_vectors(found, WHOLE)
    assert found.encoded is None
    assert encode_rest(found, FakeEncoder()) is found


def test_nothing_at_all_is_encoded() -> None:
    empty = count_documents([document("Loading comments...\n")], FakeEncoder())
    assert (len(empty.passages), empty.encoded) == (0, None)
    assert encode_rest(empty, FakeEncoder()) is empty


def by_place(hits: Sequence[Hit]) -> dict[tuple[str, int, int], Hit]:
    return {(h.passage.document.id, h.passage.start, h.passage.end): h for h in hits}


@given(parts(WHOLE), st.sampled_from(QUESTIONS), st.sets(st.integers(0, 4), min_size=1))
def test_what_shares_words_is_found_and_scored_as_with_vectors(
    some: Contents, question: str, chosen: set[int]
) -> None:
    whole, part = (contents.retriever(FakeEncoder()) for contents in (WHOLE, some))
    ids = {WHOLE.documents[i].id for i in chosen}
    for one, other in ((whole, part), (whole.within(ids), part.within(ids))):
        expected, found = (by_place(r.search(Query(question), 99)) for r in (one, other))
        assert {at: h.evidence for at, h in found.items()} == {
            at: h.evidence for at, h in expected.items() if at in found
        }
        lexical = {at for at, hit in expected.items() if "bm25" in hit.ranks}
        assert {at for at, hit in found.items() if "bm25" in hit.ranks} == lexical
        assert all("dense" in hit.ranks for hit in found.values())


def test_words_alone_find_what_shares_words_and_nothing_else() -> None:
    found = partial(WHOLE, []).retriever(FakeEncoder()).search(Query("eels at the weir"), 99)
    assert found
    assert all("bm25" in hit.ranks for hit in found)


def test_a_question_encodes_few_passages_and_those_it_saw_not_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hybrid, "AT_ONCE", 2)
    encoder = Counting()
    retriever = partial(WHOLE, []).retriever(encoder)
    assert len(retriever.search(Query("eels of the weir of Tarn"), 99)) == 2
    asked = len(encoder.texts)
    retriever.search(Query("eels of the weir of Tarn"), 99)
    assert len(encoder.texts) == asked + 1  # the question


def unencoded_of(encoder: FakeEncoder, encoded: Sequence[int] = ()) -> Unencoded:
    return Unencoded(encoder, WHOLE.passages, np.array(encoded, np.int64))


def test_the_vectors_are_those_that_are_stored() -> None:
    rows = list(range(len(WHOLE.passages)))
    found, starts = unencoded_of(FakeEncoder()).vectors_of(rows), WHOLE.passages.starts
    for row in rows:
        np.testing.assert_array_equal(found[row][0], WHOLE.vectors[row])
        stored = WHOLE.sentence_vectors[starts[row] : starts[row + 1]]
        np.testing.assert_array_equal(found[row][1:], stored)


def test_the_last_ones_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unencoded, "KEPT", 2)
    encoder = Counting()
    own = unencoded_of(encoder)
    for rows, is_new in (([0, 1], True), ([0], False), ([2], True), ([0], False), ([1], True)):
        before = len(encoder.texts)
        own.vectors_of(rows)
        assert (len(encoder.texts) > before) == is_new
    assert set(own.vectors_of([0, 1, 2])) == {0, 1, 2}  # more than are kept


@pytest.mark.slow
def test_threads_get_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unencoded, "KEPT", 3)
    own, rows = unencoded_of(FakeEncoder()), list(range(len(WHOLE.passages)))
    expected = unencoded_of(FakeEncoder()).vectors_of(rows)
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(own.vectors_of, [rows[i % 3 :] for i in range(64)]):
            for row, vectors in found.items():
                np.testing.assert_array_equal(vectors, expected[row])


@pytest.mark.parametrize("encoded", [[-1], [0, 0], [1, 0], [0, 999]])
def test_vectors_of_other_passages_are_refused(encoded: list[int]) -> None:
    with pytest.raises(ValueError, match="the vectors are of other passages"):
        unencoded_of(FakeEncoder(), encoded)


def test_a_retriever_with_all_vectors_encodes_the_question_alone() -> None:
    encoder = Counting()
    retriever: Hybrid = WHOLE.retriever(encoder)
    assert retriever.search(Query(QUESTIONS[0]), 5)
    assert encoder.texts == [QUESTIONS[0]]
    assert len(WORLD) < len(WHOLE.documents)
