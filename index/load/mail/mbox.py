"""A mailbox in one file (mbox, RFC 4155): each mail of it, in the order they were sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from email.parser import BytesHeaderParser
from email.policy import compat32
from itertools import pairwise

from index.errors import EmptyDocument, UnreadableDocument
from index.failures import Failure
from index.load import mail
from index.load.formats import Parsed

NAME = "mbox"
VERSION = mail.VERSION  # it gives what that does of each

# "From ida@pier.example Mon May 13 18:40:00 2024" after an empty line
_BEGINS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]{0,200}\d:\d\d[^\n]{0,100}\r?\n")
_ESCAPED = re.compile(rb"(?m)^>(>*From )")


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """Each mail, with its number in the file as its part: "#3"; then what is attached to it."""
    from index.load.mail.mail import message_of, texts_of

    if not data.strip():
        raise EmptyDocument(f"{source}: there is nothing in it; remove it")
    begins = [*(found.span() for found in _BEGINS.finditer(data)), (len(data), len(data))]
    if begins[0][0] != 0 or len(begins) == 1:
        raise UnreadableDocument(f"{source}: not a mailbox, or damaged; export it again as mbox")
    mails = [_ESCAPED.sub(rb"\1", data[a[1] : b[0]]) for a, b in pairwise(begins)]
    for number in _in_order([_sent(one) for one in mails]):
        try:
            yield from texts_of(message_of(mails[number]), source, f"#{number + 1}")
        except RecursionError:
            part = f"{source}#{number + 1}"
            yield Failure(part, f"{part}: its parts nest too deep; save it again")


def _sent(data: bytes) -> float | None:
    from index.load.mail.header import sent

    return sent(BytesHeaderParser(policy=compat32).parsebytes(data))


def _in_order(times: Sequence[float | None]) -> list[int]:
    """The numbers of the mails by when they were sent; one that does not say it stays behind the
    one before it."""
    known: list[float] = []
    for time in times:
        known.append(time if time is not None else known[-1] if known else 0.0)
    return sorted(range(len(times)), key=known.__getitem__)
