"""Nothing that a text causes grows faster than it does, from its bytes to its passages."""

from __future__ import annotations

import gc
import time

import pytest

from index.load import load_file, ready
from index.split import split
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
    start = time.process_time()
    passages = [split(d, FakeEncoder().count_tokens) for d in load_file(data, name).documents]
    taken = time.process_time() - start
    gc.enable()
    assert all(passages)
    return taken


def test_there_are_enough_of_them() -> None:
    ready()
    assert len(HOSTILE) >= 20
    assert len(INNOCENT) >= 20


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
