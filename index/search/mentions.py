"""What is said of a question's words that no sentence of the documents holds."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Where(Enum):
    """Where a word stands that no quotation holds as a word."""

    TITLE = "title"
    HEADING = "heading"
    FURNITURE = "furniture"  # a menu, a footer and the like
    METADATA = "metadata"  # author, publisher, date
    LEFT_OUT = "left out"  # a page's frame, hidden text, another field of a record
    FILE_NAME = "file name"
    LONGER_WORD = "longer word"


class Mention(NamedTuple):
    """A word, where it stands in the document `source`, and in how many `more` documents it does.

    As a word it stands in no sentence; `where` is of `source` alone.
    """

    word: str
    source: str
    where: Where
    more: int = 0


class Missing(NamedTuple):
    """The words of a question that no sentence holds, as written, each once."""

    nowhere: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
