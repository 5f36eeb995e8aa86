"""What a worker made of a file survives the way through a store, or counts as nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index.failures import Failure, Why
from index.load import Parsed, parse_file
from index.pieces import Pieces
from index.workers.results import FileResult, result_name
from tests.doubles import EELS, HARBOUR


def result() -> FileResult:
    found = [*parse_file(HARBOUR.encode(), "a.txt", {}), *parse_file(EELS.encode(), "b.md", {})]
    failure = Failure("a.txt#2", "a.txt#2: there is no text in it; fill it", why=Why.EMPTY)
    vectors = np.arange(6, dtype=np.float16).reshape(2, 3)
    return FileResult((*found, failure), (b"k" * 16, b"l" * 16), vectors, 1.5)


def test_a_result_is_what_it_was() -> None:
    made = result()
    again = FileResult.from_bytes(made.to_bytes())
    assert again is not None
    assert (again.keys, again.seconds) == (made.keys, made.seconds)
    assert again.vectors.tobytes() == made.vectors.tobytes()
    texts = [one for one in made.found if isinstance(one, Parsed)]
    for one, other in zip(texts, again.found, strict=False):
        assert isinstance(other, Parsed)
        assert (one.text, one.title, one.meta) == (other.text, other.title, other.meta)
        assert Pieces.of(one.pieces).to_bytes() == Pieces.of(other.pieces).to_bytes()
    assert again.found[-1] == made.found[-1]


def test_a_file_of_which_nothing_can_be_read_has_a_result_too() -> None:
    failure = Failure("a.pdf", "a.pdf: it needs a password; remove it", why=Why.PROTECTED)
    made = FileResult((failure,), (), np.zeros((0, 3), np.float16), 0.0)
    again = FileResult.from_bytes(made.to_bytes())
    assert again is not None
    assert again.found == (failure,)
    assert again.vectors.shape == (0, 3)


@given(st.data())
def test_what_was_cut_short_or_changed_is_none(data: st.DataObject) -> None:
    whole = result().to_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    assert FileResult.from_bytes(whole[:at]) is None
    changed = bytearray(whole)
    changed[at] ^= data.draw(st.integers(1, 255))
    assert FileResult.from_bytes(bytes(changed)) is None


@pytest.mark.parametrize(
    "other",
    [
        ("e", "a.txt", {}, ("x", "1")),
        ("d", "b.txt", {}, ("x", "1")),
        ("d", "a.txt", {"title": "A"}, ("x", "1")),
        ("d", "a.txt", {}, ("y", "1")),
        ("d", "a.txt", {}, ("x", "2")),
    ],
)
def test_what_makes_another_result_makes_another_name(
    other: tuple[str, str, dict[str, str], tuple[str, ...]],
) -> None:
    assert result_name("d", "a.txt", {}, ("x", "1")) != result_name(*other)
