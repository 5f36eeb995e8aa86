"""E-mail: who wrote to whom and when, what they wrote, and the documents that they attached.

The standard library takes a mail apart. mail-parser does no more: the writer's words are not told
from those that are repeated, nor attachments read; 84% of the words are left
(`python -m benchmarks.libraries`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.failures import Failure
from index.load.formats import Parsed

NAME = "email"
VERSION = 7


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The mail, then each document that is attached, with part "/name"."""
    from index.load.mail.mail import texts

    yield from texts(data, source)
