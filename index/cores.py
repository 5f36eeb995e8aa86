"""How many processors this process may use: affinity leaves it fewer than the machine has."""

from __future__ import annotations

import os


def cores() -> int:
    """Processors that this process may run on; where the system does not say, all there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
