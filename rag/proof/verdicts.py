"""What became of a quotation."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from rag.citations import Citation
from rag.proof.changes import Change


class Status(Enum):
    """The outcome for one quotation.

    It holds where the same characters stand in the same place of the same file, and has moved where
    it stands word for word elsewhere: further down, under another file name, or set otherwise. It
    has changed where what stands there now is alike, or is said under another heading or of
    something else. It is gone where nothing alike is left; where its file is, the document is
    missing.
    """

    HOLDS = "holds"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"
    MISSING = "document missing"

    @property
    def stands(self) -> bool:
        """Whether it can still be read in the documents, word for word."""
        return self in (Status.HOLDS, Status.MOVED)


class Verdict(NamedTuple):
    """One quotation's outcome; `detail` says what was found, for a person.

    `question` numbers the questions of a table, or of a conversation, from 1; 0 where it is one
    answer. `quote` is what was saved, which nothing proves unless it stands. `now` is where it
    stands, or what is most like it where it changed; None where there is nothing. `changes` say
    what is other words now. `row` numbers the rows of a table from 1.
    """

    number: int
    source: str
    status: Status
    detail: str
    question: int = 0
    quote: str = ""
    now: Citation | None = None
    changes: tuple[Change, ...] = ()
    row: int = 0

    @property
    def name(self) -> str:
        """What it is called among the others: "2", of a table or a conversation "3.2"."""
        return f"{self.question}.{self.number}" if self.question else str(self.number)
