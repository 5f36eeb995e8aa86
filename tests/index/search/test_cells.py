"""The search in cells against numpy's comparison of all passages, in memory and on the disk."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from index.encoder.encode import OnnxEncoder
from index.errors import DamagedIndex
from index.generation import store
from index.generation.build import encode_documents
from index.generation.catalog import Catalog
from index.generation.contents import Contents
from index.generation.publishing import publish
from index.language import Query
from index.search import cells as in_cells, nearest as neighbours
from index.search.cells import Cells, make_cells
from index.search.dense import Dense
from index.search.nearest import Flat, cells_of, nearest
from index.storage.checked import Rows
from index.storage.manifest import Settings
from index.types import Stored, Vectors
from tests.doubles import WORLD, document

SEEDS = st.integers(0, 2**32 - 1)
DIM = 16


def unit(seed: int, rows: int, centres: int = 40) -> Stored:
    """Vectors in clusters, as those of passages are."""
    random = np.random.default_rng(seed)
    made = random.standard_normal((centres, DIM))[random.integers(0, centres, rows)]
    made += 0.4 * random.standard_normal(made.shape)
    scaled: Stored = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float16)
    return scaled


def ask(seed: int) -> Vectors:
    row: Vectors = unit(seed, 1)[0].astype(np.float32)
    return row


def brute(vectors: Stored, question: Vectors, rows: np.ndarray) -> list[tuple[int, float]]:
    """All of `rows`, best first, ties by number, in float64."""
    scores = vectors[rows].astype(np.float64) @ question.astype(np.float64)
    return sorted(
        ((int(row), score) for row, score in zip(rows, scores, strict=True)),
        key=lambda pair: (-pair[1], pair[0]),
    )


def dense_of(vectors: Stored) -> Dense:
    return Dense(vectors, vectors, np.arange(len(vectors) + 1), make_cells(vectors))


def share(found: list[tuple[int, float]], wanted: list[tuple[int, float]]) -> float:
    return len({row for row, _ in found} & {row for row, _ in wanted}) / max(1, len(wanted))


@pytest.fixture(scope="module")
def vectors() -> Stored:
    """Enough of them that there are cells to pass over."""
    return unit(1, 6_000, 300)


@pytest.fixture(scope="module")
def dense(vectors: Stored) -> Dense:
    """The same, in cells."""
    return dense_of(vectors)


@pytest.mark.slow
def test_nearly_all_that_is_nearest_is_found(vectors: Stored, dense: Dense) -> None:
    shares = []
    for seed in range(50):
        wanted = brute(vectors, ask(seed), np.arange(len(vectors)))[:10]
        found = dense.search(ask(seed), 10)
        assert len(found) == 10
        shares.append(share(found, wanted))
    assert np.mean(shares) >= 0.98


def test_scores_are_those_of_the_stored_vectors(vectors: Stored, dense: Dense) -> None:
    for seed in range(10):
        scores = dict(brute(vectors, ask(seed), np.arange(len(vectors))))
        found = dense.search(ask(seed), 400)
        assert len(found) == len(dict(found)) == 400
        assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))
        for row, score in found:
            assert score == pytest.approx(scores[row], abs=2e-6)
            assert score == round(score, 6)


@settings(max_examples=20)
@given(SEEDS, st.integers(1, 60), st.integers(1, 70))
def test_where_little_was_chosen_all_of_it_is_compared(seed: int, n: int, k: int) -> None:
    own = unit(seed, 200)
    among = np.zeros(len(own), bool)
    among[np.random.default_rng(seed).choice(len(own), n, replace=False)] = True
    wanted = brute(own, ask(seed), np.flatnonzero(among))
    found = dense_of(own).search(ask(seed), k, among)
    assert len(found) == min(n, k)
    assert [score for _, score in found] == pytest.approx([s for _, s in wanted[:k]], abs=2e-6)
    assert all(among[row] for row, _ in found)


def test_where_much_was_chosen_the_likely_cells_are_looked_at(
    vectors: Stored, dense: Dense, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_cells, "FEW", 100)
    shares = []
    for seed in range(30):
        among = np.random.default_rng(seed).random(len(vectors)) < (0.02, 0.3, 0.9)[seed % 3]
        found = dense.search(ask(seed), 10, among)
        assert len(found) == 10
        assert all(among[row] for row, _ in found)
        shares.append(share(found, brute(vectors, ask(seed), np.flatnonzero(among))[:10]))
    assert np.mean(shares) >= 0.98


@settings(max_examples=30)
@given(SEEDS, st.integers(1, 80), st.integers(0, 100))
def test_as_many_are_found_as_there_are(seed: int, n: int, k: int) -> None:
    found = dense_of(unit(seed, n)).search(ask(seed), k)
    assert len(found) == len(dict(found)) == min(n, k)


def test_equal_passages_are_ranked_by_number() -> None:
    same = np.tile(unit(3, 1), (50, 1))
    assert [row for row, _ in dense_of(same).search(ask(3), 50)] == list(range(50))
    mixed = np.concatenate([same, unit(4, 200), same])
    found = dense_of(mixed).search(mixed[0].astype(np.float32), 100)
    assert [row for row, _ in found] == [*range(50), *range(250, 300)]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_same_vectors_give_the_same_bytes(vectors: Stored, threads: int) -> None:
    before = faiss.omp_get_max_threads()
    expected = make_cells(vectors)
    try:
        faiss.omp_set_num_threads(threads)
        assert make_cells(vectors.copy()) == expected
    finally:
        faiss.omp_set_num_threads(before)


def test_cells_are_made_above_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    own = unit(5, 30)
    assert cells_of(own) is None
    assert isinstance(nearest(own, None), Flat)
    monkeypatch.setattr(neighbours, "FLAT", 29)
    assert isinstance(nearest(own, cells_of(own)), Cells)
    monkeypatch.setattr(neighbours, "FLAT", 30)
    assert cells_of(own) is None


def test_what_is_not_the_cells_of_these_vectors_is_refused() -> None:
    own = unit(6, 30)
    flat = faiss.serialize_index(faiss.IndexFlatIP(DIM)).tobytes()
    for data, why in (
        (make_cells(unit(6, 31)), "of other vectors"),
        (make_cells(own)[:-1], "not in FAISS's format"),
        (b"", "not in FAISS's format"),
        (flat, "another kind of index"),
    ):
        with pytest.raises(ValueError, match=why):
            nearest(own, data)


@pytest.fixture
def contents(tiny_encoder: OnnxEncoder, monkeypatch: pytest.MonkeyPatch) -> Contents:
    """A small world that is large enough for cells."""
    monkeypatch.setattr(neighbours, "FLAT", 3)
    return encode_documents([document(t, n) for n, t in WORLD.items()], tiny_encoder)


def published(path: Path, contents: Contents, encoder: tuple[OnnxEncoder, Path]) -> bytes:
    """What the cells are on the disk."""
    with store.writer_lock(path):
        name = publish(path, contents, None, Catalog(), encoder, Settings())
    return (path / name / "cells").read_bytes()


def test_an_index_with_cells_is_the_same_from_the_disk(
    contents: Contents, tiny_encoder: OnnxEncoder, tiny_compiled: Path, tmp_path: Path
) -> None:
    encoder = tiny_encoder, tiny_compiled
    first, again = (published(tmp_path / n, contents, encoder) for n in ("first", "again"))
    assert first == again == make_cells(contents.vectors)
    opened = store.open_index(tmp_path / "first").retriever
    direct = contents.retriever(tiny_encoder)
    chosen = {contents.documents[0].id}
    for question in ("When was the harbour dredged?", "eels", "zzz"):
        assert opened.search(Query(question), 9) == direct.search(Query(question), 9)
        narrow = opened.within(chosen).search(Query(question), 9)
        assert narrow
        assert {hit.passage.document.id for hit in narrow} == chosen
        wanted = brute(
            contents.vectors, tiny_encoder.encode_query(question), np.arange(len(direct.passages))
        )
        found = opened.dense.search(tiny_encoder.encode_query(question), 3)
        assert [s for _, s in found] == pytest.approx([s for _, s in wanted[:3]], abs=2e-6)


@pytest.mark.parametrize("at", [0, 40, -1])
def test_damaged_cells_are_found_before_they_are_parsed(
    contents: Contents,
    tiny_encoder: OnnxEncoder,
    tiny_compiled: Path,
    tmp_path: Path,
    at: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = bytearray(published(tmp_path, contents, (tiny_encoder, tiny_compiled)))
    (file,) = tmp_path.glob("gen-*/cells")
    data[at] ^= 1
    file.write_bytes(data)
    parsed: list[int] = []
    monkeypatch.setattr(in_cells._faiss, "deserialize_index", parsed.append)
    with pytest.raises(DamagedIndex, match="cells is cut short or changed"):
        store.open_index(tmp_path)
    assert not parsed


def test_the_blocks_of_the_rows_asked_for_are_checked_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.storage import checked, manifest

    for module in (checked, manifest):
        monkeypatch.setattr(module, "BLOCK", 64)
    monkeypatch.setattr(manifest, "LARGE", 64)
    draft = checked.Draft(tmp_path)
    array = np.arange(300, dtype=np.int16).reshape(-1, 20)  # a row is 40 bytes
    draft.save("array", array)
    for rows in ([3], [0, 14], [7, 2, 7], [-1]):
        own = Rows(tmp_path / "array", draft.entries["array"])
        np.testing.assert_array_equal(own[np.array(rows)], array[rows])
        ends = [(r % 15 * 40 // 64, (r % 15 * 40 + 39) // 64) for r in rows]
        expected = sorted({b for first, last in ends for b in range(first, last + 1)})
        assert np.flatnonzero(own._good).tolist() == expected
