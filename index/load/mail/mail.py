"""A mail as a text, and each document that is attached to it as another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.message import Message
from itertools import count
from pathlib import PurePosixPath

from index.errors import UnreadableDocument
from index.failures import Failure, Why, why_of
from index.load.aside import with_aside
from index.load.decode import decode
from index.load.formats import NOTHING, Parsed
from index.load.loaders import LOADERS, is_read, save_as
from index.load.mail.body import write_body
from index.load.mail.header import header, header_lines, meta_of
from index.load.mail.parts import bytes_of, filename, inner, is_body, leaves_of, lines_of
from index.load.unseen import Unseen
from index.load.writer import Writer
from index.types import BlockKind

_LOCKED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_DEEPEST = 5  # mails in one another
_LONGEST = 120  # characters of an attachment's name


def texts(data: bytes, source: str) -> Iterator[Parsed | Failure]:
    """The texts in the bytes of a mail."""
    try:
        yield from texts_of(message_of(data), source)
    except RecursionError as exc:
        raise UnreadableDocument(f"{source}: its parts nest too deep; save it again") from exc


def message_of(data: bytes) -> Message:
    """The parts of a mail."""
    # the newer policies parse headers, and raise much on those that are damaged
    return message_from_bytes(data, policy=policy.compat32)


def texts_of(
    message: Message, source: str, part: str = "", depth: int = 1
) -> Iterator[Parsed | Failure]:
    """A mail, and what is attached to it; `part` names it where another mail holds it."""
    leaves = list(leaves_of(message))
    bodies = [leaf for leaf in leaves if is_body(leaf)]
    subject = header(message, "Subject")
    meta, writer, unseen = meta_of(message), Writer(), Unseen()
    writer.add(subject, BlockKind.HEADING, level=1)
    for kind, line in header_lines(message):
        writer.add(line, kind)
    for body in bodies:
        try:
            lines = lines_of(body, source + part, unseen)
        except UnreadableDocument as exc:
            yield Failure(source + part, str(exc), partly=True)
            continue
        write_body(lines, writer, meta["author"])
    if not bodies and any(leaf.get_content_type() in _LOCKED for leaf in (message, *leaves)):
        why = f"{source}{part}: it is encrypted; save it decrypted"
        yield Failure(source + part, why, partly=True)
    yield with_aside(writer.parsed(meta, part), unseen.texts)
    yield from unseen.failures(source + part)
    for name, leaf in _named(leaf for leaf in leaves if not is_body(leaf)):
        yield from _attached(leaf, source, f"{part}/{name}", depth)


def _attached(leaf: Message, source: str, part: str, depth: int) -> Iterator[Parsed | Failure]:
    """A document in a mail."""
    if _is_mail(leaf):
        if depth == _DEEPEST:
            why = f"it lies in over {_DEEPEST - 1} other mails; save it as a file of its own"
            yield Failure(source + part, f"{source}{part}: {why}")
            return
        for message in inner(leaf):
            yield from texts_of(message, source, part, depth + 1)
        return
    if not is_read(part):
        yield Failure(source + part, f"{source}{part}: {save_as(part)}", why=Why.FORMAT)
        return
    form = LOADERS[PurePosixPath(part).suffix.lower()]
    data, charset = bytes_of(leaf), leaf.get_content_charset()
    try:
        if charset and leaf.get_content_maintype() == "text":
            data = decode(data, source + part, charset).encode("utf-8", "surrogatepass")
        for found in form.read(data, source + part, NOTHING):
            if isinstance(found, Parsed):
                found = found._replace(part=part + found.part)
            yield found
    except UnreadableDocument as exc:
        yield Failure(source + part, str(exc), why=why_of(exc))


def _is_mail(leaf: Message) -> bool:
    return leaf.get_content_type() == "message/rfc822"


def _named(leaves: Iterable[Message]) -> Iterator[tuple[str, Message]]:
    """The attachments, each by a name of its own; one without a name is called by its type."""
    taken: set[str] = set()
    for leaf in leaves:
        kind = leaf.get_content_type().replace("/", "-")
        path = PurePosixPath(filename(leaf) or ("message.eml" if _is_mail(leaf) else kind))
        stem = path.stem[:_LONGEST]
        names = (f"{stem}{f' ({n})' if n > 1 else ''}{path.suffix}" for n in count(1))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        yield name, leaf
