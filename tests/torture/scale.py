"""How hard the store is tried: a little each time, for hours by hand.

IBID_TORTURE multiplies what is counted ("100"), or says how much of each ("kills:10000,every:1");
`make torture` sets it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from tests.torture.disk import Call

# what each run of the suite does
COUNTS = {
    "kills": 24,  # writers and readers killed
    "ingests": 4,  # workers and writers of a collection killed
    "harms": 500,  # files damaged at random
    "orders": 30,  # power cuts of each kind
    "examples": 100,  # of Hypothesis
    "seconds": 1,  # of fuzzing, each loader: whole ones that libFuzzer lets pass, so nearly two
    "every": 0,  # 1: no call is left out, and each byte of a small index is flipped
}


def amount(what: str) -> int:
    """How many of these to do."""
    given = os.environ.get("IBID_TORTURE", "")
    if given.isdecimal():
        return COUNTS[what] * int(given)
    asked = dict(part.split(":") for part in given.split(",") if part)
    if unknown := asked.keys() - COUNTS.keys():
        raise ValueError(f"IBID_TORTURE knows {', '.join(COUNTS)}, not {', '.join(unknown)}")
    return int(asked.get(what, COUNTS[what]))


def sample(calls: Sequence[Call], step: int) -> list[int]:
    """The numbers of the calls to try: every `step`-th, and the first of each kind."""
    first = {call.kind: number for number, call in reversed(list(enumerate(calls)))}
    return sorted({*range(0, len(calls), 1 if amount("every") else step), *first.values()})
