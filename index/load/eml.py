"""E-mail: who wrote to whom and when, what they wrote, and the documents that they attached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import count
from pathlib import PurePosixPath

from index.errors import UnreadableDocument
from index.load.decode import decode
from index.load.eml_body import Line, from_html, from_plain, write_body
from index.load.formats import NOTHING, Failure, Parsed
from index.load.html import page_text
from index.load.meta import name_of
from index.load.writer import Writer
from index.types import BlockKind

NAME = "email"
VERSION = 1

_SPACE = re.compile(r"\s+")
_FOLD = re.compile(r"[\r\n]+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]+")
_FORWARDS = re.compile(r"(?i)\s*(?:fwd?|wg|tr|rv|enc|doorst)\s*:")
_LOCKED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_TEXTS = ("text/plain", "text/html")
_STUB = 300  # characters: a shorter plain text may only say that there is HTML
_DEEPEST = 5  # mails in one another
_LONGEST = 120  # characters of an attachment's name


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The mail, then each attached document of a format that is read, with part "/name".

    Attachments of other formats are passed over.
    """
    try:
        # the newer policies parse headers, and raise much on those that are damaged
        message = message_from_bytes(data, policy=policy.compat32)
        yield from _mail(message, source, "", 1)
    except RecursionError as exc:
        raise UnreadableDocument(f"{source}: its parts nest too deep; save it again") from exc


def _mail(message: Message, source: str, part: str, depth: int) -> Iterator[Parsed | Failure]:
    """A mail, and what is attached to it; `part` names it where another mail holds it."""
    leaves = list(_leaves(message))
    bodies = [leaf for leaf in leaves if _is_body(leaf)]
    attached = dict(_named(leaf for leaf in leaves if not _is_body(leaf)))
    subject = _header(message, "Subject")
    writer = Writer()
    writer.add(subject, BlockKind.HEADING, level=1)
    for name in ("From", "To", "Cc", "Date"):
        said = _date_line(message) if name == "Date" else _header(message, name)
        writer.add(f"{name}: {said}" if said else "", BlockKind.ROWS)
    for body in bodies:
        try:
            write_body(_lines(body, source + part), writer, bool(_FORWARDS.match(subject)))
        except UnreadableDocument as exc:
            yield Failure(source + part, str(exc))
    if not bodies and any(leaf.get_content_type() in _LOCKED for leaf in (message, *leaves)):
        yield Failure(source + part, f"{source}{part}: it is encrypted; save it decrypted")
    author, address = parseaddr(_raw(message, "From"))
    sent = _date(message)
    meta = {
        "title": name_of(subject),
        "author": name_of(_decoded(author)) or address,
        "date": sent.date().isoformat() if sent else "",
    }
    yield writer.parsed(meta, part)
    for name, leaf in attached.items():
        yield from _attached(leaf, source, f"{part}/{name}", depth)


def _attached(leaf: Message, source: str, part: str, depth: int) -> Iterator[Parsed | Failure]:
    """A document in a mail."""
    from index.load import LOADERS

    if leaf.get_content_type() == "message/rfc822":
        for message in _inner(leaf) if depth < _DEEPEST else ():
            yield from _mail(message, source, part, depth + 1)
        return
    form = LOADERS[PurePosixPath(part).suffix.lower()]
    data, charset = _bytes(leaf), leaf.get_content_charset()
    try:
        if charset and leaf.get_content_maintype() == "text":
            data = decode(data, source + part, charset).encode("utf-8", "surrogatepass")
        for found in form.read(data, source + part, NOTHING):
            if isinstance(found, Parsed):
                found = found._replace(part=part + found.part)
            yield found
    except UnreadableDocument as exc:
        yield Failure(source + part, str(exc))


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; of alternatives the one that is read."""
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    inner = [leaf for part in _inner(message) for leaf in _leaves(part)]
    if message.get_content_type() == "multipart/alternative":
        bodies = [leaf for leaf in inner if _is_body(leaf)]
        plain = [leaf for leaf in bodies if leaf.get_content_type() == "text/plain"]
        rich = [leaf for leaf in bodies if leaf not in plain]
        worse = plain if rich and _is_stub(plain, rich) else rich if plain else []
        inner = [leaf for leaf in inner if leaf not in worse]
    yield from inner


def _inner(message: Message) -> list[Message]:
    held = message.get_payload()
    return [part for part in held if isinstance(part, Message)] if isinstance(held, list) else []


def _is_stub(plain: list[Message], rich: list[Message]) -> bool:
    """Whether the plain text says little of what the HTML does."""
    length = sum(len(_bytes(leaf).strip()) for leaf in plain)
    if length > _STUB:
        return False
    try:
        return length * 2 < sum(len(line.words) for leaf in rich for line in _lines(leaf, ""))
    except UnreadableDocument:
        return False


def _is_body(leaf: Message) -> bool:
    return leaf.get_content_type() in _TEXTS and not _filename(leaf)


def _lines(leaf: Message, source: str) -> list[Line]:
    """A text of the mail; raises UnreadableDocument when it cannot be decoded."""
    data, charset = _bytes(leaf), leaf.get_content_charset() or ""
    if leaf.get_content_type() == "text/html":
        return from_html(page_text(data, source, charset))
    said = {str(key).lower(): str(value).lower() for key, value in leaf.get_params([])}
    return from_plain(
        decode(data, source, charset),
        flowed=said.get("format") == "flowed",
        tight=said.get("delsp") == "yes",
    )


def _bytes(leaf: Message) -> bytes:
    """What a part holds, as far as its encoding is whole."""
    held = leaf.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def _named(leaves: Iterable[Message]) -> Iterator[tuple[str, Message]]:
    """The attachments that can be read, each by a name of its own."""
    from index.load import LOADERS

    taken: set[str] = set()
    for leaf in leaves:
        mail = leaf.get_content_type() == "message/rfc822"
        path = PurePosixPath(_filename(leaf) or ("message.eml" if mail else ""))
        if not mail and path.suffix.lower() not in LOADERS:
            continue
        stem = path.stem[:_LONGEST]
        names = (f"{stem}{f' ({n})' if n > 1 else ''}{path.suffix}" for n in count(1))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        yield name, leaf


def _filename(leaf: Message) -> str:
    return _UNSAFE.sub("_", _decoded(leaf.get_filename() or "")).strip(". ")


def _header(message: Message, name: str) -> str:
    """A header in one line, decoded."""
    return _SPACE.sub(" ", _decoded(_raw(message, name))).strip()


def _raw(message: Message, name: str) -> str:
    found = (str(value) for key, value in message.raw_items() if key.lower() == name.lower())
    return _FOLD.sub("", next(found, ""))


def _decoded(raw: str) -> str:
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


def _date(message: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(_header(message, "Date"))
    except ValueError:
        return None


def _date_line(message: Message) -> str:
    """When it was sent, as people say and search it; else what the header says."""
    sent = _date(message)
    if sent is None:
        return _header(message, "Date")
    zone = f" ({sent:%Z})" if sent.tzinfo else ""
    return f"{sent:%A}, {sent.day} {sent:%B} {sent.year}, {sent:%H:%M}{zone}"
