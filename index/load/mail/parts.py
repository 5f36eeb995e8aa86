"""The parts of an e-mail: which are its text, and which are attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from index.errors import UnreadableDocument
from index.load.decode import decode
from index.load.html import page_text
from index.load.mail.body import MailLine
from index.load.mail.header import decoded
from index.load.mail.plain import from_plain
from index.load.unseen import Unseen

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]+")
_TEXTS = ("text/plain", "text/html")
_STUB = 300  # characters: a shorter plain text may only say that there is HTML


def leaves_of(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; of alternatives the one that is read."""
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    leaves = [leaf for part in inner(message) for leaf in leaves_of(part)]
    if message.get_content_type() == "multipart/alternative":
        bodies = [leaf for leaf in leaves if is_body(leaf)]
        plain = [leaf for leaf in bodies if leaf.get_content_type() == "text/plain"]
        rich = [leaf for leaf in bodies if leaf not in plain]
        worse = plain if rich and _is_stub(plain, rich) else rich if plain else []
        leaves = [leaf for leaf in leaves if leaf not in worse]
    yield from leaves


def inner(message: Message) -> list[Message]:
    """The parts of a part."""
    held = message.get_payload()
    return [part for part in held if isinstance(part, Message)] if isinstance(held, list) else []


def _is_stub(plain: list[Message], rich: list[Message]) -> bool:
    """Whether the plain text says little of what the HTML does."""
    length = sum(len(bytes_of(leaf).strip()) for leaf in plain)
    if length > _STUB:
        return False
    try:
        return length * 2 < sum(
            len(line.words) for leaf in rich for line in lines_of(leaf, "", Unseen())
        )
    except UnreadableDocument:
        return False


def is_body(leaf: Message) -> bool:
    """Whether a part is text of the mail itself."""
    return leaf.get_content_type() in _TEXTS and not filename(leaf)


def lines_of(leaf: Message, source: str, unseen: Unseen) -> list[MailLine]:
    """A text of the mail; what of it nobody sees is counted.

    Raises UnreadableDocument when it cannot be decoded.
    """
    data, charset = bytes_of(leaf), leaf.get_content_charset() or ""
    if leaf.get_content_type() == "text/html":
        from index.load.mail.rich import from_html

        return from_html(page_text(data, source, charset), unseen)
    said = {str(key).lower(): str(value).lower() for key, value in leaf.get_params([])}
    return from_plain(
        decode(data, source, charset),
        flowed=said.get("format") == "flowed",
        tight=said.get("delsp") == "yes",
    )


def bytes_of(leaf: Message) -> bytes:
    """What a part holds, as far as its encoding is whole."""
    held = leaf.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def filename(leaf: Message) -> str:
    """What an attachment is called, without folders; "" where it has no name."""
    return _UNSAFE.sub("_", decoded(leaf.get_filename() or "")).strip(". ")
