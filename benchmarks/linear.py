"""How the time to read a text grows with it: python -m benchmarks.linear

Seconds of processor time from the bytes of a text to its passages, for four times the text over
those for the text, the least of a few tries of each: 4 where it grows as the text does, 16 as its
square. That no more calls are made is a test (tests/index/test_growth.py); what a single call does,
a regular expression above all, only time tells. Ends with 1 where a kind is over 6.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence

from benchmarks.kit.growing import TEXTS
from index.load import load_file, ready
from index.passages import split

LEAST = 0.03  # seconds: what takes less is noise
TRIES = 3
MOST = 6.0


def main() -> None:
    """Read each kind of text, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", help=f"some of {', '.join(TEXTS)}; all, if none")
    kinds = parser.parse_args().kinds or TEXTS
    ready()
    grown = {name: growth(name) for name in kinds}
    for name, ratio in grown.items():
        print(f"{name:20} {ratio:5.2f}{'  over' if ratio > MOST else ''}")
    sys.exit(any(ratio > MOST for ratio in grown.values()))


def growth(name: str) -> float:
    """Processor time for four times the text over that for the text."""
    seconds(name, 500)  # what is loaded once
    characters = 16_000  # of fewer a square is not seen beside what each character takes
    while seconds(name, characters) < LEAST:
        characters *= 2
    small, large = [], []
    for _ in range(TRIES):
        small.append(seconds(name, characters))
        large.append(seconds(name, 4 * characters))
    return min(large) / min(small)


def seconds(name: str, characters: int) -> float:
    """Seconds of processor time from the bytes of a text to its passages."""
    data = TEXTS[name](characters).encode()
    gc.collect()
    gc.disable()  # what it takes depends on what else is in memory
    try:
        start = time.process_time()
        for document in load_file(data, name).documents:
            split(document, _words)
        return time.process_time() - start
    finally:
        gc.enable()


def _words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


if __name__ == "__main__":
    main()
