"""Question and passage as rows of tokens: nothing lost, nothing moved, nothing too long."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from tokenizers import Tokenizer

from index.encoder.models import find_model
from rag.reader.pairs import (
    PREFIX_TOKENS,
    QUESTION_TOKENS,
    ROW_TOKENS,
    Pairs,
)

PAIRS = Pairs(Tokenizer.from_file(str(Path(find_model(None)) / "tokenizer.json")))
TOKENS = st.lists(st.integers(1000, 30_000), min_size=1, max_size=90)
CLS, SEP = 101, 102


@given(
    st.lists(st.integers(1000, 30_000), max_size=150),
    st.lists(st.integers(1000, 30_000), max_size=150),
    st.lists(TOKENS, min_size=1, max_size=30),
)
def test_every_sentence_is_read_whole_in_some_window(
    question: list[int], prefix: list[int], sentences: list[list[int]]
) -> None:
    rows = list(PAIRS.rows(question, prefix, sentences))
    read = set()
    for row in rows:
        assert len(row.ids) <= ROW_TOKENS
        assert row.ids[0] == CLS
        assert row.ids[-1] == SEP
        assert row.ids[1 : row.second] == [*question[:QUESTION_TOKENS], SEP]
        start = row.bounds[0][0]
        assert row.ids[row.second : start] == prefix[-PREFIX_TOKENS:]
        for i, (first, end) in enumerate(row.bounds, row.first):
            assert row.ids[first:end] == sentences[i]
            read.add(i)
    assert read == set(range(len(sentences)))


def test_a_passage_that_fits_is_one_row_and_windows_share_a_sentence() -> None:
    (row,) = PAIRS.rows([7], [8], [[1] * 100, [2] * 100])
    assert row.bounds == [(4, 104), (104, 204)]
    rows = list(PAIRS.rows([7], [], [[1] * 200, [2] * 150, [3] * 200]))
    assert [(r.first, len(r.bounds)) for r in rows] == [(0, 2), (1, 2)]


def test_a_sentence_too_long_for_any_window_loses_its_end_alone() -> None:
    rows = list(PAIRS.rows([7], [], [[1] * 50, [2] * 900, [3] * 50]))
    long = next(r for r in rows if r.first == 1)
    assert len(long.ids) == ROW_TOKENS
    assert {i for r in rows for i in range(r.first, r.first + len(r.bounds))} == {0, 1, 2}


@pytest.mark.parametrize("text", ["", "\x00", "ёж", "a" * 5000, "[SEP] [CLS]"])
def test_any_text_has_tokens_and_special_ones_are_only_ours(text: str) -> None:
    (tokens,) = PAIRS.tokens([text])
    assert CLS not in tokens
    assert SEP not in tokens
