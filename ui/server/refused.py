"""What the page says of an error: never where something lies on this machine."""

from __future__ import annotations

import re
import sys
import tempfile
import traceback
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from index import IbidError, cache

UNFORESEEN = "this question failed; the terminal that runs Ibid says why"
# an address, which stays; or what leads to the last part of a path, with or without a drive
_PATH = re.compile(
    r"""(https?://\S*)|(?<![\w.<~/\\])(?:[A-Za-z]:)?[/\\]+(?:[^\s/\\:;,'"()<>]+[/\\]+)*(?=\S)"""
)


def reason(error: Exception) -> str:
    """What to do, where that is known; else the terminal gets the traceback, the page a line."""
    if isinstance(error, IbidError):
        return without_paths(str(error))
    traceback.print_exception(error)
    return UNFORESEEN


def without_paths(text: str) -> str:
    """The same with each absolute path shortened to its last part.

    Folders that are known are found whatever is in their names; of others one with a space in its
    name is cut there.
    """
    for folder in _folders():
        text = text.replace(folder + "/", "/").replace(folder, Path(folder).name)
    return _PATH.sub(lambda found: found[1] or "", text)


def unplaced(data: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be said as JSON, with `without_paths` of each text in it."""
    return {name: _unplaced(value) for name, value in data.items()}


def _unplaced(value: Any) -> Any:
    if isinstance(value, str):
        return without_paths(value)
    if isinstance(value, Mapping):
        return unplaced(value)
    return list(map(_unplaced, value)) if isinstance(value, list) else value


def _folders() -> tuple[str, ...]:
    """What is known here, the longest first."""
    known = (cache.home(), Path.cwd(), Path.home(), Path(tempfile.gettempdir()), Path(sys.prefix))
    return _spellings(known)


@lru_cache(maxsize=8)
def _spellings(known: tuple[Path, ...]) -> tuple[str, ...]:
    """Each with its links followed, too: asked for every line that is said of a file."""
    both = {str(folder) for one in known for folder in (one.absolute(), one.resolve())}
    return tuple(sorted((f for f in both if len(f) > 1), key=len, reverse=True))
