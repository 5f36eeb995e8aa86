"""E-mail: who wrote to whom and when, what they wrote, and the documents that they attached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.failures import Failure
from index.load.formats import Parsed

NAME = "email"
VERSION = 6


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The mail, then each document that is attached, with part "/name"."""
    from index.load.mail.mail import texts

    yield from texts(data, source)
