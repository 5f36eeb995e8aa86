"""What a process and its parsers say to one another: JSON, and bytes as they are.

A frame is two lengths, an object in JSON (whose escapes carry lone surrogates, which names of
files may hold) and a body. Nothing is unpickled at either end.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple, Protocol

from index.errors import UnreadableDocument
from index.load.formats import Failure, Parsed, why_of
from index.types import Block, BlockKind, Page

LENGTHS = struct.Struct("<II")  # bytes of the JSON and of the body
MAX_HEAD = 8 * 2**20  # bytes: JSON grows when it is read

_KINDS = tuple(BlockKind)
_NUMBER = {kind: number for number, kind in enumerate(_KINDS)}


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
    """A text that was found in a file; `parsed` makes it again."""
    numbers = array("I")
    for kind, start, end, body, level in text.blocks:
        numbers.extend((_NUMBER[kind], start, end, body, level))
    for page in text.pages:
        numbers.extend((page.start, len(page.name)))
    head = {
        "part": text.part, "title": text.title, "meta": dict(text.meta),
        "blocks": len(text.blocks), "pages": len(text.pages), "characters": len(text.text),
    }  # fmt: skip
    said = "".join([text.text, *(page.name for page in text.pages)])
    return Frame(head, numbers.tobytes() + said.encode("utf-8", "surrogatepass"))


def parsed(frame: Frame) -> Parsed:
    """The text in a frame of which nothing is believed; raises BadFrame."""
    try:
        head = frame.head
        blocks, pages, length = (_count(head[k]) for k in ("blocks", "pages", "characters"))
        size = 4 * (5 * blocks + 2 * pages)
        numbers = array("I", frame.body[:size])
        said = frame.body[size:].decode("utf-8", "surrogatepass")
        meta = {_string(key): _string(value) for key, value in head["meta"].items()}
        text = said[:length]
        found = Parsed(
            text,
            _blocks(numbers[: 5 * blocks], len(text)),
            _pages(numbers[5 * blocks :], said[length:], len(text)),
            meta, _string(head["part"]), _string(head["title"]),
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as exc:
        raise BadFrame("not a text") from exc
    if len(text) != length or len(found.blocks) != blocks or len(found.pages) != pages:
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


def _blocks(numbers: array[int], length: int) -> tuple[Block, ...]:
    each = iter(numbers)
    made = tuple(
        Block(_KINDS[kind], start, end, body, level)
        for kind, start, end, body, level in zip(each, each, each, each, each, strict=True)
    )
    edges = chain([0], chain.from_iterable((b.start, b.body, b.end) for b in made), [length])
    if not _is_sorted(edges) or any(block.level > 6 for block in made):
        raise BadFrame("blocks that lie outside the text or over one another")
    return made


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
