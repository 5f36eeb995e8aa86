"""Calibration, stopped and gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from training.calibrate import resumed
from training.fit import Sample

SAMPLES = [
    Sample(f"Who is {n}?", [{"rank": n / 3}], [True], "answerable", "nq", True) for n in range(5)
]


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    kept, started = tmp_path / "samples.jsonl", []

    def read(done: int) -> Iterator[Sample]:
        started.append(done)
        yield from SAMPLES[done:]

    with pytest.raises(SystemExit, match="1 samples read"):
        resumed(read, kept, minutes=0)
    with kept.open("a") as half_written:
        half_written.write('{"question": "Who')
    assert resumed(read, kept, minutes=1) == SAMPLES
    assert resumed(read, kept, minutes=1) == SAMPLES
    assert started == [0, 1, 5]
