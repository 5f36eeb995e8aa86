"""What a process and its parsers say to one another: JSON, and bytes as they are.

A frame is two lengths, an object in JSON (whose escapes carry lone surrogates, which names of
files may hold) and a body. Nothing is unpickled at either end.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, BinaryIO, NamedTuple, Protocol

from index.boxes import Boxes
from index.errors import UnreadableDocument
from index.failures import Failure, why_of
from index.language import ENGLISH
from index.limits import MAX_CHARS, MAX_PIECES
from index.load import Parsed
from index.pieces import Pieces
from index.types import Page

LENGTHS = struct.Struct("<II")  # bytes of the JSON and of the body
MAX_HEAD = 8 * 2**20  # bytes: JSON grows when it is read
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class BadFrame(Exception):
    """Bytes that are no frame, or a frame that says what cannot be."""


class Frame(NamedTuple):
    """`head` is what JSON gave, of any type where the other end is not to be trusted."""

    head: Any
    body: bytes


def packed(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    """A frame but for its body, which is not copied: write it after this."""
    written = json.dumps(head).encode()
    return LENGTHS.pack(len(written), len(body)) + written


def received(read: Callable[[int], bytes], most: int) -> Frame:
    """The next frame of at most `most` bytes; `read` gives as many bytes as it is asked for."""
    head, body = LENGTHS.unpack(read(LENGTHS.size))
    if head > MAX_HEAD or head + body > most:
        raise BadFrame("too long")
    try:
        return Frame(json.loads(read(head)), read(body))
    except (ValueError, RecursionError) as exc:
        raise BadFrame("no JSON") from exc


def helpers(requests: BinaryIO, answers: BinaryIO) -> int:
    """How many processes may help to read a file, as the one says that asked for it."""
    answers.write(packed({"helpers": True}))
    answers.flush()
    return int(received(requests.read, sys.maxsize).head["helpers"])


class Parser(Protocol):
    """What reads a file: `index.load.parse_file`."""

    def __call__(
        self, data: bytes, source: str, known: Mapping[str, str]
    ) -> Sequence[Parsed | Failure]:
        """The texts in a file, and what in it cannot be read; raises UnreadableDocument."""


def answer(parse: Parser, request: Frame) -> Iterator[bytes]:
    """What is said of a file: a frame for each text, and one that tells how it ended."""
    asked, data = request
    try:
        found = parse(data, asked["source"], asked["known"])
        for one in found:
            if isinstance(one, Parsed):
                frame = frame_of(one)
                yield packed(*frame)
                yield frame.body
        yield packed({"failures": [list(one) for one in found if isinstance(one, Failure)]})
    except UnreadableDocument as exc:
        yield packed({"refused": str(exc), "why": why_of(exc)})
    except MemoryError:
        raise
    except Exception as exc:  # a mistake in a parser, over a file that nobody thought of
        yield packed({"broken": type(exc).__name__})


def frame_of(text: Parsed) -> Frame:
    """A text that was found in a file; `parsed` makes it again, but for its blocks."""
    numbers = array("I")
    for page in text.pages:
        numbers.extend((page.start, len(page.name)))
    boxes = text.boxes.to_bytes()
    head = {
        "part": text.part, "title": text.title, "meta": dict(text.meta),
        "pieces": len(text.pieces), "pages": len(text.pages), "characters": len(text.text),
        "boxes": len(boxes),
    }  # fmt: skip
    said = "".join([text.text, *(page.name for page in text.pages)])
    pieces = Pieces.of(text.pieces).to_bytes()
    names = said.encode("utf-8", "surrogatepass")
    return Frame(head, b"".join([pieces, boxes, numbers.tobytes(), names]))


def parsed(frame: Frame) -> Parsed:
    """The text in a frame of which nothing is believed; raises BadFrame."""
    try:
        head = frame.head
        pieces, boxes, pages, length = (
            _count(head[key]) for key in ("pieces", "boxes", "pages", "characters")
        )
        if length > MAX_CHARS or pieces > MAX_PIECES:
            raise BadFrame("more than was to be sent")
        laid = pieces * Pieces.SIZE  # where the pieces end, and
        at = laid + boxes  # the boxes
        numbers = array("I", frame.body[at : at + 8 * pages])
        said = frame.body[at + 8 * pages :].decode("utf-8", "surrogatepass")
        meta = {_string(key): _string(value) for key, value in head["meta"].items()}
        if not _LANGUAGE.fullmatch(meta.get("language", ENGLISH)):
            raise BadFrame("no language")
        text = said[:length]
        found = Parsed(
            text,
            (),
            _pages(numbers, said[length:], len(text)),
            meta,
            _string(head["part"]),
            _string(head["title"]),
            Pieces.from_bytes(frame.body[:laid], len(text)),
            Boxes.from_bytes(frame.body[laid:at], len(text)),
        )
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as exc:
        raise BadFrame("not a text") from exc
    if len(text) != length or len(found.pieces) != pieces or len(found.pages) != pages:
        raise BadFrame("cut short")
    return found


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**32:
        raise BadFrame("no number")
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise BadFrame("no string")
    return value


def _pages(numbers: array[int], names: str, length: int) -> tuple[Page, ...]:
    made: list[Page] = []
    at = 0
    each = iter(numbers)
    for start, size in zip(each, each, strict=True):
        made.append(Page(start, names[at : at + size]))
        at += size
    if at != len(names) or not _is_sorted([0, *(page.start for page in made), length]):
        raise BadFrame("pages that lie outside the text")
    return tuple(made)


def _is_sorted(numbers: Iterable[int]) -> bool:
    return all(a <= b for a, b in pairwise(numbers))
