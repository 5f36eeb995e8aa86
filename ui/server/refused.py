"""What the page says of an error: never where something lies on this machine."""

from __future__ import annotations

import re
import sys
import tempfile
import traceback
from collections.abc import Iterable
from functools import cache as remembering, lru_cache, partial
from pathlib import Path, PurePath

from index import Failure, IbidError, cache

UNFORESEEN = "this question failed; the terminal that runs Ibid says why"
_BEGINS = r"(?<![\w.<~/\\])"  # where a path can begin
# an address, which stays; what leads to the name of a collection; or what leads to the last part
# of a path, with or without a drive
_PATH = re.compile(
    rf"""(https?://\S*)|milvus:/+[^\s/]+/(?=\S)
        |{_BEGINS}(?:[A-Za-z]:)?[/\\]+(?:[^\s/\\:;,'"()<>]+[/\\]+)*(?=\S)""",
    re.VERBOSE,
)


def reason(error: Exception) -> str:
    """What to do, where that is known; else the terminal gets the traceback, the page a line."""
    if isinstance(error, IbidError):
        return without_paths(str(error))
    traceback.print_exception(error)
    return UNFORESEEN


def without_paths(text: str, known: Iterable[Path] = ()) -> str:
    """A message with each absolute path in it shortened to its last part.

    Folders that are `known`, and those of this program, are found whatever is in their names; of
    others one with a space in its name is cut there.
    """
    return _without(text, _folders(known))


def last_part(path: str) -> str:
    """The name at the end of an absolute path, with the "/" of a folder; another as it is."""
    if not path.startswith("/"):
        return path
    return f"{PurePath(path).name}{'/' if path.endswith('/') else ''}"


def unplaced(failures: Iterable[Failure], known: Iterable[Path] = ()) -> tuple[Failure, ...]:
    """The same, but where things lie: a relative name stays, and of a message `without_paths`.

    A message that names the file begins with the name as it is told. What a rule says names none
    but the file.
    """
    shortened = remembering(partial(_without, folders=_folders(known)))  # many say the same

    def told(failure: Failure) -> Failure:
        source, said = last_part(failure.source), failure.reason
        rest = said.removeprefix(f"{failure.source}: ")
        start = "" if rest == said else f"{source}: "
        rest = rest if failure.is_passed_over else shortened(rest)
        return failure._replace(source=source, reason=start + rest)

    return tuple(map(told, failures))


def _without(text: str, folders: Iterable[str]) -> str:
    for folder in folders:
        named = _BEGINS + re.escape(folder)
        text = re.sub(rf"{named}(?=/)", "", text)
        text = PurePath(folder).name.join(re.split(rf"{named}(?![\w-])", text))
    return _PATH.sub(lambda found: found[1] or "", text)


def _folders(known: Iterable[Path]) -> tuple[str, ...]:
    """What is known, the longest first."""
    ours = (cache.home(), Path.cwd(), Path.home(), Path(tempfile.gettempdir()), Path(sys.prefix))
    return _spellings((*known, *ours))


@lru_cache(maxsize=8)
def _spellings(known: tuple[Path, ...]) -> tuple[str, ...]:
    """Each with its links followed, too: asked for every line that is said of a file."""
    both = {str(folder) for one in known for folder in (one.absolute(), one.resolve())}
    return tuple(sorted((f for f in both if len(f) > 1), key=len, reverse=True))
