"""A parser that does what the file says: what no parser should, in a process of its own."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from array import array
from collections.abc import Callable, Mapping

import numpy as np

from index.boxes import Boxes
from index.errors import UnreadableDocument
from index.failures import Failure
from index.forks import shared
from index.isolation import frames
from index.isolation.frames import helpers, packed
from index.load.formats import Parsed
from index.pieces import ROLES, Kind, Piece
from index.types import Block, BlockKind, Page

TEXT = "The pier was closed."


def ready() -> None:
    """Nothing is needed."""


def parse_file(data: bytes, source: str, known: Mapping[str, str]) -> list[Parsed | Failure]:
    """Called in the child with what the test wrote into the file."""
    what, _, rest = data.decode().partition(" ")
    return _DOES[what](source, rest)


def _good(source: str, rest: str) -> list[Parsed | Failure]:
    block = Block(BlockKind.PARAGRAPH, 0, len(TEXT), 0)
    return [
        Parsed(TEXT, (block,), (Page(0, "p. \ud800"),), {"author": rest}, "#1", "Title \udc80"),
        Failure(f"{source}#2", f"{source}#2: no text in it"),
    ]


def _loops(source: str, rest: str) -> list[Parsed | Failure]:
    while True:
        pass


def _sleeps(source: str, rest: str) -> list[Parsed | Failure]:
    time.sleep(600)
    return []


def _eats(source: str, rest: str) -> list[Parsed | Failure]:
    held = []
    while True:
        held.append(bytes([1]) * 2**20)


def _crashes(source: str, rest: str) -> list[Parsed | Failure]:
    ctypes.string_at(0)
    return []


def _exits(source: str, rest: str) -> list[Parsed | Failure]:
    os._exit(int(rest))


def _fails(source: str, rest: str) -> list[Parsed | Failure]:
    raise KeyError(rest)


def _recurses(source: str, rest: str) -> list[Parsed | Failure]:
    return _recurses(source, rest)


def _refuses(source: str, rest: str) -> list[Parsed | Failure]:
    raise UnreadableDocument(rest.replace("SOURCE", source))


def _prints(source: str, rest: str) -> list[Parsed | Failure]:
    print("a library that says much" * 10_000)
    os.write(sys.stdout.fileno(), b"\xff" * 10_000)
    return _good(source, rest)


def _writes(source: str, rest: str) -> list[Parsed | Failure]:
    with open(rest, "w") as file:
        file.write("text")
    return _good(source, rest)


def _says(source: str, rest: str) -> list[Parsed | Failure]:
    """Write raw bytes where the answer should come."""
    os.write(_answers(), bytes.fromhex(rest))
    return _good(source, "")


def _floods(source: str, rest: str) -> list[Parsed | Failure]:
    frame = frames.frame_of(Parsed(TEXT, ()))
    while True:
        os.write(_answers(), packed(*frame) + frame.body)


def _lies(source: str, rest: str) -> list[Parsed | Failure]:
    """A text whose frame was changed: "head key value", in JSON, or a wrong block or page."""
    lie = {**LIES, **ENDINGS}[rest]
    os.write(_answers(), packed(*lie) + lie.body)
    return []


def _knows(source: str, rest: str) -> list[Parsed | Failure]:
    """What the process can see of the one that started it."""
    said = repr(sorted(os.environ)) + repr(signal.getsignal(signal.SIGINT))
    return [Parsed(said, (Block(BlockKind.ROWS, 0, len(said), 0),), title="Said")]


def _stops(source: str, rest: str) -> list[Parsed | Failure]:
    os.kill(os.getpid(), signal.SIGSTOP)
    return []


def _closes(source: str, rest: str) -> list[Parsed | Failure]:
    os.close(_answers())
    time.sleep(600)
    return []


def _grows(source: str, rest: str) -> list[Parsed | Failure]:
    _KEPT.append(bytes([1]) * int(rest))
    return _good(source, str(os.getpid()))


def _shares(source: str, rest: str) -> list[Parsed | Failure]:
    """Says how many processes may help, as often as is asked."""
    with os.fdopen(_answers(), "wb", closefd=False) as answers:
        said = " ".join(str(helpers(sys.stdin.buffer, answers)) for _ in range(int(rest)))
    return [Parsed(said, (Block(BlockKind.ROWS, 0, len(said), 0),), title="Said")]


def _forks(source: str, rest: str) -> list[Parsed | Failure]:
    """Does in a fork what the file says; gives a text where none comes to it."""
    own = os.getpid()

    def work(part: int) -> int:
        if os.getpid() != own:
            _DOES[rest](source, "")
        time.sleep(0.01)
        return part

    shared(work, range(200))
    return _good(source, rest)


_KEPT: list[bytes] = []


def _answers() -> int:
    """The pipe that the answers go into: the one that is open beside the three usual ones."""
    pipes = (int(fd) for fd in os.listdir("/proc/self/fd") if int(fd) > 2)
    return next(
        fd
        for fd in pipes
        if os.path.islink(f"/proc/self/fd/{fd}")
        and os.readlink(f"/proc/self/fd/{fd}").startswith("pipe:")
    )


def _frame(change: Mapping[str, object], text: Parsed) -> frames.Frame:
    head, body = frames.frame_of(text)
    return frames.Frame({**head, **change}, body)


def _text(*pieces: Piece, pages: tuple[Page, ...] = ()) -> Parsed:
    return Parsed(TEXT, (), pages, pieces=pieces)


def _numbers(*row: int) -> frames.Frame:
    """A text with a piece of these numbers: kind, start, end, level, role."""
    head, body = _frame({"pieces": 1}, _text())
    return frames.Frame(head, array("I", row).tobytes() + body)


def _box(end: int, page: int) -> Boxes:
    """A box of the first `end` characters on that page of a file that has one."""
    edges, sizes = np.array([(0.1, 0.1, 0.5, 0.2)]), np.array([(400, 400)], np.float32)
    return Boxes.of(np.array([(0, end)]), np.array([page]), np.array([0]), edges, sizes)


_SAID = Kind.SENTENCE
_WHOLE = Piece(_SAID, 0, len(TEXT))
LIES = {
    "pieces over the end": _frame({}, _text(Piece(_SAID, 0, len(TEXT) + 1))),
    "pieces over one another": _frame({}, _text(_WHOLE, _WHOLE)),
    "pieces in disorder": _frame({}, _text(Piece(_SAID, 5, 9), Piece(_SAID, 0, 4))),
    "a sentence that ends before it starts": _frame({}, _text(Piece(_SAID, 5, 3))),
    "a sentence without a character": _frame({}, _text(Piece(_SAID, 5, 5))),
    "a vast sentence": _frame(
        {"characters": 9_999}, Parsed(" " * 9_999, (), pieces=[Piece(_SAID, 0, 9_999)])
    ),
    "a level of 7": _frame({}, _text(_WHOLE._replace(level=7))),
    "a kind that is none": _numbers(5, 0, 1, 0, 0),
    "a role that is none": _numbers(4, 0, 1, 0, len(ROLES)),
    "half a piece": frames.Frame(_frame({"pieces": 1}, _text()).head, b"ab"),
    "a language that is none": _frame({"meta": {"language": "../en"}}, _text(_WHOLE)),
    "pages in disorder": _frame({}, _text(pages=(Page(5, "b"), Page(2, "a")))),
    "a page over the end": _frame({}, _text(pages=(Page(len(TEXT) + 1, "a"),))),
    "half a box": _frame({"boxes": 4}, _text()),
    "more boxes than there are": _frame({"boxes": 10**8}, _text()),
    "boxes over the end": _frame({}, _text()._replace(boxes=_box(len(TEXT) + 1, 0))),
    "a box on no page": _frame({}, _text()._replace(boxes=_box(len(TEXT), 1))),
    "fewer characters than said": _frame({"characters": 10**6}, _text(_WHOLE)),
    "characters that are pages' names": _frame({"characters": 3}, _text()),
    "more characters than may be": _frame({"characters": 10**8}, _text(_WHOLE)),
    "more pieces than may be": _frame({"pieces": 10**8}, _text(_WHOLE)),
    "more pieces than there are": _frame({"pieces": 1000}, _text(_WHOLE)),
    "pieces without number": _frame({"pieces": -1}, _text(_WHOLE)),
    "a number that is true": _frame({"pieces": True}, _text(_WHOLE)),
    "a number in words": _frame({"pages": "1"}, _text(_WHOLE)),
    "a title that is a list": _frame({"title": ["a"]}, _text(_WHOLE)),
    "a part that is a number": _frame({"part": 1}, _text(_WHOLE)),
    "no part": frames.Frame({"characters": 1}, b"a"),
    "a list for what is said of it": _frame({"meta": ["a"]}, _text(_WHOLE)),
    "an author who is no text": _frame({"meta": {"author": {}}}, _text(_WHOLE)),
    "no UTF-8": frames.Frame(frames.frame_of(_text()).head, b"\xff" * len(TEXT)),
}
ENDINGS = {
    "failures without reasons": frames.Frame({"failures": [["a.txt"]]}, b""),
    "failures of another file": frames.Frame(
        {"failures": [["/etc/x", "/etc/x: no", False, "empty"]]}, b""
    ),
    "failures of no kind": frames.Frame({"failures": [["a.txt", "a.txt: no", False, 7]]}, b""),
    "failures that are a number": frames.Frame({"failures": 7}, b""),
    "a refusal of another file": frames.Frame({"refused": "/etc/x: no"}, b""),
    "a refusal that is a number": frames.Frame({"refused": 7}, b""),
    "nothing": frames.Frame({}, b""),
}
_DOES: Mapping[str, Callable[[str, str], list[Parsed | Failure]]] = {
    "good": _good, "loops": _loops, "sleeps": _sleeps, "eats": _eats, "crashes": _crashes,
    "exits": _exits, "fails": _fails, "recurses": _recurses, "refuses": _refuses,
    "prints": _prints, "writes": _writes, "says": _says, "floods": _floods, "lies": _lies,
    "knows": _knows, "stops": _stops, "closes": _closes, "grows": _grows,
    "shares": _shares, "forks": _forks,
}  # fmt: skip
