"""What rules pass over in the roots of an index, as of the last look at them.

It is told and never relied on, and a file of its own: a picture that came into a folder is no
reason for another generation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from index.failures import Failure, failures_from
from index.storage import disk, seal, unseal

UNREAD = "UNREAD"
WITHIN = ""  # in the place of a root: what is passed over in files that are read
Passed = Mapping[str, tuple[Failure, ...]]  # by the path of the root


def passed_over(path: Path) -> Passed:
    """What was noted in the index in `path`; nothing where that cannot be read."""
    file = path / UNREAD
    try:
        state = file.stat()
        return _read(file, state.st_mtime_ns, state.st_ino)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


@lru_cache(maxsize=4)
def _read(file: Path, *_state: int) -> Passed:
    noted = json.loads(unseal(file.read_bytes()))
    return {str(root): failures_from(given) for root, given in noted.items()}


def note_passed_over(path: Path, passed: Passed) -> None:
    """Note what is passed over, where that is other than before; raises OSError."""
    some = {root: given for root, given in passed.items() if given}
    if some != passed_over(path):
        disk.replace(path / UNREAD, seal(json.dumps(some)))
