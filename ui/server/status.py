"""The state of an index for whoever can reach the page: nothing of where it lies is told."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from index import PASSED_OVER, Failure, index_at
from ui.server.refused import last_part, unplaced, without_paths
from ui.show import status_fields


def status_of(path: Path, refused: Sequence[Failure] = ()) -> dict[str, Any]:
    """What `ibid status --json` says of the index in `path`, with what was `refused` beside it.

    Of each absolute path only its last part; what a rule passes over is counted and not named.
    Raises what `Index.status` raises.
    """
    status = index_at(path).status()
    known = [root.path for root in status.catalog.roots]
    unread = unplaced((*refused, *status.unread), known)
    told = status_fields(replace(status, unread=unread))
    return told | {
        "path": last_part(os.path.abspath(path)),
        "roots": list(map(last_part, told["roots"])),
        "model": last_part(told["model"]),
        "unreachable": without_paths(told["unreachable"], known),
        "notice": without_paths(told["notice"], [Path(os.path.abspath(path))]),
        "failures": [one for one in told["failures"] if one["why"] not in PASSED_OVER],
    }
