"""What a format's module offers, and what it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol
from unicodedata import normalize

from index import limits
from index.boxes import NOWHERE, Boxes
from index.failures import Failure
from index.pieces import Piece
from index.types import Block, Page

if TYPE_CHECKING:
    from lxml.etree import XMLParser

_PART = 2**20  # characters that are written out at once
NOTHING: Mapping[str, str] = MappingProxyType({})


class Parsed(NamedTuple):
    """A text that was found in a file, and its structure.

    Every character of `text` that is not white space is in one of `blocks`, which are in order.
    `meta` is what the file says of itself (see `index.load.meta`): `title`, `author`, `publisher`,
    `date` (ISO 8601: a day, a month or a year), `language` (a tag or a name, as it stands there).
    `part` follows the file's name where a file holds several texts: "#3".
    `title` is what the text is called where the format is sure of it; where it is "" the title is
    found by its looks, and `meta` has it only where there is none. `pieces` are what the blocks
    are: a format leaves them to `parse_file`. `boxes` say where on its pages the text stands, for a
    format that places it there.
    """

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    meta: Mapping[str, str] = NOTHING
    part: str = ""
    title: str = ""
    pieces: Sequence[Piece] = ()
    boxes: Boxes = NOWHERE


class TooMuchText(Exception):
    """A file holds, or grows into, more than can be kept; the message says of what."""


def check_length(characters: int) -> None:
    """Raises TooMuchText when a file gives more characters than may be."""
    if characters > limits.MAX_CHARS:
        raise TooMuchText(f"over {limits.MAX_CHARS // 1_000_000} million characters of text")


def written_out(text: str) -> int:
    """How many characters a text has for who counts its words: some stand for up to eighteen."""
    if text.isascii():
        return len(text)
    parts = (text[at : at + _PART] for at in range(0, len(text), _PART))
    return sum(len(normalize("NFKC", part)) for part in parts)


class Format(Protocol):
    """A module that reads a format. Raise the version when the same bytes give other text.

    It imports what is heavy inside `read`: a question never loads it.
    """

    NAME: str
    VERSION: int

    def read(
        self, data: bytes, source: str, known: Mapping[str, str]
    ) -> Iterator[Parsed | Failure]:
        """The texts in the bytes of the file `source`; what of it is no text is a Failure.

        `known` is what the folder's owner says of the file. Raises UnreadableDocument, whose
        message begins with `source` and says what to do, when nothing can be read, and
        TooMuchText.
        """


# of lxml's parsers, which then resolve nothing, fetch nothing, and keep its limits
SAFE_XML: Final[Mapping[str, Any]] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def xml_parser() -> XMLParser:
    """A parser of whole trees, as `SAFE_XML` says."""
    from lxml import etree

    return etree.XMLParser(**SAFE_XML)
