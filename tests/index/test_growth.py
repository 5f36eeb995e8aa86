"""Nothing that a text causes grows faster than it does, from its bytes to its passages.

What is counted are calls, which are the same each time; how time grows, `benchmarks.linear` says.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from benchmarks.kit.growing import HOSTILE, INNOCENT, TEXTS
from index.copies import edits
from index.copies.copies import Copies
from index.load.loading import load_file, load_text, ready
from index.passages.chunking import split
from index.passages.table import PassageTable
from tests.doubles import FakeEncoder


def calls(work: Callable[[], object]) -> int:
    """How many functions are called and left, those of C among them, while `work` goes on."""
    number = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal number
        number += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 20
    assert len(INNOCENT) >= 20


def test_a_square_is_seen() -> None:
    def each_with_each(n: int) -> int:
        return calls(lambda: [min(a, b) for a in range(n) for b in range(n)])

    assert each_with_each(80) > 6 * each_with_each(20)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_four_times_the_text_makes_at_most_six_times_the_calls(name: str) -> None:
    ready()

    def read(characters: int) -> int:
        data = TEXTS[name](characters).encode()
        passages: list[object] = []

        def work() -> None:
            documents = load_file(data, name).documents
            passages.extend(split(d, FakeEncoder().count_tokens) for d in documents)

        made = calls(work)
        assert passages
        assert all(passages)
        return made

    read(500)  # what is loaded once
    assert read(24_000) <= 6 * read(6_000)


def two_texts(sentences: int) -> PassageTable:
    """Two texts that share each third sentence alone."""
    texts = (
        "\n\n".join(
            f"The pier of berth {n} was closed in May, said the council of Tarn and Ida Holm.\n\n"
            f"Brell {n}{sign}x.\n\nBrell {n}{sign}y."
            for n in range(10**6, 10**6 + sentences)
        )
        for sign in "ab"
    )
    documents = [load_text(text.encode(), "a.txt") for text in texts]
    passages = [p for d in documents for p in split(d, FakeEncoder().count_tokens)]
    return PassageTable.from_passages(documents, passages)


@pytest.mark.slow
def test_near_copies_are_found_by_as_many_calls_as_the_texts_are_long() -> None:
    """What only one of two texts says is not held against all that only the other says."""
    few, many = map(two_texts, (250, 1_000))
    small, large = calls(lambda: Copies.of(few)), calls(lambda: Copies.of(many))
    assert large <= 6 * small


def test_where_too_many_sentences_may_be_alike_the_texts_are_no_copies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = [frozenset((f"a{n}", "pier", "weir", "tide", "mole")) for n in range(9)]
    other = [frozenset((f"b{n}", "pier")) for n in range(9)]
    assert not edits._any_alike(one, other)
    monkeypatch.setattr(edits, "_COMPARED", 5)
    assert edits._any_alike(one, other)
