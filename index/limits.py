"""How much a file may take to read, and how much text it may hold: all of it in one place."""

from __future__ import annotations

from typing import NamedTuple

MAX_BYTES = 64 * 2**20  # of a file
MAX_CHARS = 20_000_000  # of all the texts in a file: a small one may grow into a vast one
MAX_PIECES = 1_500_000  # of all the texts in a file: sentences, headings, list marks, furniture
MAX_PAGES = 2_000  # of a PDF

MAX_ENTRIES = 2_000  # of a zip archive, and of the archives in it
MAX_INFLATED = 100 * 2**20  # bytes that all its members are
MAX_RATIO = 100  # of a member's bytes to what they are packed in …
FREE_OF_RATIO = 2**20  # … where it has more bytes than this


class Limits(NamedTuple):
    """What the process that reads a file may take for it, from its bytes to its pieces.

    A file that is dropped on the page is read twice, in sixty seconds of processor time at most;
    anew, alone, where others helped and their shares were too little.
    The time on the clock is for one that hangs: a busy machine may need it for the work itself.
    """

    memory: int = 2**30  # bytes that are resident
    cpu: int = 30  # seconds
    wall: float = 180.0  # seconds
