"""How hard the store is tried: a little each time, for hours by hand.

IBID_TORTURE multiplies what is counted ("100"), or says how much of each ("kills:10000,every:1");
`make torture` sets it.
"""

from __future__ import annotations

import os

# what each run of the suite does
COUNTS = {
    "kills": 40,  # writers and readers killed
    "ingests": 4,  # workers and writers of a collection killed
    "harms": 500,  # files damaged at random
    "orders": 30,  # power cuts of each kind
    "examples": 100,  # of Hypothesis
    "seconds": 1,  # of fuzzing, each loader: whole ones that libFuzzer lets pass, so nearly two
    "every": 0,  # 1: each byte of a small index is flipped, one after another
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
