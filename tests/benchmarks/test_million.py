"""The benchmark of a million passages, at a few dozen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.kit.apart import apart, asked
from benchmarks.kit.grown import grown
from benchmarks.kit.nearest import compared, exact, recall
from benchmarks.million import BUILT, build, table
from index.encoder.encode import OnnxEncoder
from index.generation.build import encode_documents
from index.search import nearest
from tests.doubles import WORLD, document

QUESTIONS = ["When was the harbour of Brell dredged?", "What do eels eat?"]


@pytest.fixture(scope="module")
def folders(
    tiny_encoder: OnnxEncoder, tiny_compiled: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[int, Path]:
    """Indexes of two sizes; the larger one has cells."""
    contents = encode_documents([document(t, n) for n, t in WORLD.items()], tiny_encoder)
    folders = {size: tmp_path_factory.mktemp("index") for size in (20, 60)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "FLAT", 30)
        for size, folder in folders.items():
            build(grown(contents, size), folder, (tiny_encoder, tiny_compiled))
    return folders


def test_what_was_built_is_told(folders: dict[int, Path]) -> None:
    for size, folder in folders.items():
        built = json.loads((folder / BUILT).read_text("utf-8"))
        assert size <= built["passages"] <= size + 5
        assert built["sentences"] >= built["passages"] >= built["documents"]
        seconds = {name for name in built if name.endswith("(s)")}
        assert seconds == {"BM25 (s)", "near-copies (s)", "cells (s)", "writing and checking (s)"}
        assert bool(list(folder.glob("gen-*/cells"))) == (size > 30)


def test_an_index_is_asked_and_a_table_printed(folders: dict[int, Path]) -> None:
    figures = {size: asked(folder, QUESTIONS) for size, folder in folders.items()}
    for own in figures.values():
        assert own["recall@10"] == 1
        assert 0 < own["warm p50 (ms)"] <= own["warm p95 (ms)"]
        assert 0 < own["opened: resident (MB)"] <= own["asked: peak (MB)"]
        assert 0 < own["answer p50 (ms)"] <= own["slowest answer (ms)"]
    lines = list(table(figures))
    assert lines[0] == "| | 20 | 60 |"
    assert len(lines) == len(figures[20]) + 3
    ratio = figures[60]["warm p50 (ms)"] / figures[20]["warm p50 (ms)"]
    assert lines[-1].endswith(f": {ratio:.2f}")


@pytest.mark.slow
def test_it_is_asked_in_a_process_of_its_own(folders: dict[int, Path]) -> None:
    assert apart(folders[20], QUESTIONS).keys() == asked(folders[20], QUESTIONS).keys()


def test_exact_search_is_exact() -> None:
    random = np.random.default_rng(0)
    vectors = random.integers(-2, 3, (50, 4)).astype(np.float16)  # with ties
    questions = random.integers(-2, 3, (6, 4)).astype(np.float32)
    for question, found in zip(questions, exact(vectors, questions, 9, block=7), strict=True):
        scores = {row: float(v.astype(np.float64) @ question) for row, v in enumerate(vectors)}
        assert found.tolist() == sorted(scores, key=lambda row: (-scores[row], row))[:9]
    assert recall([[1, 2], [5, 7]], np.array([[2, 3], [7, 5]])) == 0.75


def test_both_ways_of_searching_are_compared() -> None:
    random = np.random.default_rng(0)
    vectors = random.standard_normal((900, 8))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    lines = list(compared(vectors.astype(np.float16), vectors[:5].astype(np.float32), [500, 900]))
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| 500", "| 900"]
    assert all(float(line.split(" | ")[4]) > 0.9 for line in lines[2:])
