"""The header of an e-mail: its lines decoded, whatever was done to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from index.errors import UnreadableDocument
from index.load.decode import decode
from index.load.meta import day_of, name_of, title_of
from index.types import BlockKind

_SPACE = re.compile(r"\s+")
_FOLD = re.compile(r"[\r\n]+")


def meta_of(message: Message) -> dict[str, str]:
    """The subject, the sender and the day; "" where the header does not say."""
    author, address = parseaddr(_raw(message, "From"))
    return {
        "title": title_of(header(message, "Subject")),
        "author": name_of(decoded(author)) or address,
        "date": day_of(header(message, "Date")),
    }


_LINES = {
    "From": BlockKind.BYLINE, "To": BlockKind.RECIPIENTS, "Cc": BlockKind.RECIPIENTS,
    "Date": BlockKind.DATELINE,
}  # fmt: skip


def header_lines(message: Message) -> Iterator[tuple[BlockKind, str]]:
    """Who wrote to whom and when, a line each, as people say and search it."""
    for name, kind in _LINES.items():
        said = _date_line(message) if name == "Date" else header(message, name)
        if said:
            yield kind, f"{name}: {said}"


def header(message: Message, name: str) -> str:
    """A header in one line, decoded; "" where there is none."""
    return _SPACE.sub(" ", decoded(_raw(message, name))).strip()


def _raw(message: Message, name: str) -> str:
    found = (str(value) for key, value in message.raw_items() if key.lower() == name.lower())
    return _FOLD.sub("", next(found, ""))


def decoded(raw: str) -> str:
    """The text of encoded words; of raw bytes, which headers must not hold, what they tell."""
    if not raw.isascii():
        return _text(raw.encode("utf-8", "surrogateescape"), "")
    try:
        parts = decode_header(raw)
    except HeaderParseError:
        return raw
    return "".join(
        part if isinstance(part, str) else _text(part, charset or "") for part, charset in parts
    )


def _text(data: bytes, charset: str) -> str:
    try:
        return decode(data, "", charset)
    except UnreadableDocument:
        return data.decode("ascii", "replace")


def sent(message: Message) -> float | None:
    """When it was sent, in seconds since 1970; None where it does not say."""
    try:
        told = _sent(message)
        return told.timestamp() if told else None
    except (OverflowError, OSError, ValueError):
        return None


def _sent(message: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):  # it raises them all
        return None


def _date_line(message: Message) -> str:
    sent = _sent(message)
    if sent is None:
        return header(message, "Date")
    zone = f" ({sent:%Z})" if sent.tzinfo else ""
    return f"{sent:%A}, {sent.day} {sent:%B} {sent.year}, {sent:%H:%M}{zone}"
