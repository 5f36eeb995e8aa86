"""Nothing that a text causes grows faster than it does, from its bytes to its passages."""

from __future__ import annotations

import gc
import time

import pytest

from index.copies import edits
from index.copies.copies import Copies
from index.load.loading import load_file, load_text, ready
from index.passages.chunking import split
from index.passages.table import PassageTable
from tests.doubles import FakeEncoder
from tests.index.growing import HOSTILE, INNOCENT

_LEAST = 0.03  # seconds of processor time: what takes less is noise
_TRIES = 3
EACH = {**HOSTILE, **INNOCENT}


def cost(name: str, characters: int) -> float:
    """Seconds of processor time from the bytes of a text to its passages."""
    data = EACH[name](characters).encode()
    gc.collect()
    gc.disable()  # what it takes depends on what else is in memory
    try:
        start = time.process_time()
        passages = [split(d, FakeEncoder().count_tokens) for d in load_file(data, name).documents]
        taken = time.process_time() - start
    finally:
        gc.enable()
    assert all(passages)
    return taken


def test_there_are_enough_of_them() -> None:
    ready()
    assert len(HOSTILE) >= 20
    assert len(INNOCENT) >= 20


def compared(sentences: int) -> float:
    """Seconds to look for near-copies in two texts that share each third sentence alone."""
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
    table = PassageTable.from_passages(documents, passages)
    start = time.process_time()
    Copies.of(table)
    return time.process_time() - start


def test_near_copies_are_found_in_time_that_grows_as_the_texts_do() -> None:
    """What only one of two texts says is not held against all that only the other says."""
    small, large = (min(compared(n) for _ in range(2)) for n in (250, 1_000))
    assert large <= 6 * max(small, _LEAST)


def test_where_too_many_sentences_may_be_alike_the_texts_are_no_copies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = [frozenset((f"a{n}", "pier", "weir", "tide", "mole")) for n in range(9)]
    other = [frozenset((f"b{n}", "pier")) for n in range(9)]
    assert not edits._any_alike(one, other)
    monkeypatch.setattr(edits, "_COMPARED", 5)
    assert edits._any_alike(one, other)


@pytest.mark.slow
@pytest.mark.parametrize("name", EACH)
def test_four_times_the_text_takes_at_most_six_times_the_time(name: str) -> None:
    """As little as was measured of each: a busy machine only ever adds."""
    cost(name, 500)  # what is loaded once
    characters = 16_000  # of fewer a square is not seen beside what each character takes
    while cost(name, characters) < _LEAST:
        characters *= 2
    small, large = [], []
    for _ in range(_TRIES):
        small.append(cost(name, characters))
        large.append(cost(name, 4 * characters))
        if min(large) <= 6 * min(small):
            return
    pytest.fail(f"{min(small):.2f} s for {characters} characters, {min(large):.2f} s for 4 times")
