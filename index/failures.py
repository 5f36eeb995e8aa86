"""What is not read, and why: a file, a folder, or a part of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import PurePath
from typing import Any, NamedTuple

from index.errors import EmptyDocument, OutOfReach, ProtectedDocument, UnreadableDocument

_JOINERS = "\u200c\u200d"  # Persian, Hindi and emoji are written with them


class Why(StrEnum):
    """Why a file, a folder or a part of one is not read."""

    BROKEN = "unreadable"  # as its reason says
    EMPTY = "empty"
    PROTECTED = "protected"  # by a password
    REACH = "out of reach"  # it cannot be opened now …
    KEPT = "kept as it was"  # … and could be before: the index holds what it was then
    LINK = "linked"
    SPECIAL = "no regular file"
    FORMAT = "format"
    IGNORED = "ignored"
    EXCLUDED = "excluded"
    REMOVED = "taken out"
    HIDDEN = "hidden"
    LOCK = "lock file"  # of Office: "~$report.docx"
    INDEX = "index folder"


# passed over by a rule: told by their number, the others each by its reason
PASSED_OVER = frozenset({
    Why.FORMAT, Why.IGNORED, Why.EXCLUDED, Why.REMOVED, Why.HIDDEN, Why.LOCK, Why.INDEX,
})  # fmt: skip


# what nobody takes for a document
NO_DOCUMENT = frozenset({Why.HIDDEN, Why.LOCK, Why.INDEX})


class Failure(NamedTuple):
    """A file, a folder ("name/") or a part of a file that is not read, and the reason.

    `partly`: what `source` names is read, but for what `reason` names of it.
    """

    source: str
    reason: str
    partly: bool = False
    why: Why = Why.BROKEN

    @property
    def is_passed_over(self) -> bool:
        """Whether a rule leaves it out: nothing is wrong with it."""
        return self.why in PASSED_OVER

    @property
    def is_kept(self) -> bool:
        """Whether the index holds what it was, since it cannot be opened now."""
        return self.why is Why.KEPT

    @property
    def kind(self) -> str:
        """What it is counted under: ".png", "empty", "ignored folder"."""
        if self.why is Why.FORMAT:
            return suffix_of(self.source)
        return f"{self.why} folder" if self.source.endswith("/") else str(self.why)


def suffix_of(source: str) -> str:
    """What files of a format are counted under."""
    return PurePath(source).suffix.lower() or "without a suffix"


def counted(failures: Iterable[Failure]) -> dict[str, int]:
    """How many of each kind are not read, most first; what is read in part or kept is none."""
    kinds = Counter(f.kind for f in failures if not (f.partly or f.is_kept))
    return dict(sorted(kinds.items(), key=lambda one: (-one[1], one[0])))


_ERRORS: Mapping[Why, type[UnreadableDocument]] = {
    Why.EMPTY: EmptyDocument,
    Why.PROTECTED: ProtectedDocument,
    Why.REACH: OutOfReach,
}


def why_of(exc: BaseException) -> Why:
    """The kind of an error over a file."""
    return next((why for why, kind in _ERRORS.items() if isinstance(exc, kind)), Why.BROKEN)


def error_of(failure: Failure) -> UnreadableDocument:
    """What to raise where nothing else is known of a file."""
    return _ERRORS.get(failure.why, UnreadableDocument)(failure.reason)


def failure_of(source: str, why: object) -> Failure:
    """A file of which nothing could be read; `why` is an error, or a line that names it."""
    kind = why_of(why) if isinstance(why, Exception) else Why.BROKEN
    return Failure(printable(source), printable(str(why)), why=kind)


def failures_from(given: Iterable[Sequence[Any]]) -> tuple[Failure, ...]:
    """Failures as JSON gave them, those of before they had kinds too; raises ValueError."""
    return tuple(_failure(*one) for one in given)


def _failure(
    source: Any = None, reason: Any = None, partly: Any = False, why: Any = Why.BROKEN, *_: Any
) -> Failure:
    if not (isinstance(source, str) and isinstance(reason, str)):
        raise ValueError("no failure")
    return Failure(source, reason, partly is True, Why(why))


def printable(text: str) -> str:
    """A name or a message in one line; what a terminal would obey or cannot show is a "\ufffd"."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _JOINERS else "\ufffd" for c in text)
