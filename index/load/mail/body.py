"""The text of an e-mail: what its writer says, and what is only carried along.

An answer repeats the mail that it answers. That mail is mostly in the folder as well, and its
words are not this writer's: they stay in the text, where they can be read, and are never quoted.
So does the signature. A mail that is passed on is text, for whoever gets it has no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from index.load import text as plain
from index.load.unseen import Unseen
from index.load.writer import Writer
from index.types import BlockKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

_RULE = BlockKind.RULE
_MARKS = re.compile(r">[> ]*(?<=>)")
_SIGNATURE = re.compile(r"--[ \t]*")
_LONGEST_SIGNATURE = 12  # lines
# "On 3 May, Ida Holm wrote:" above a quoted text
_ANNOUNCES = re.compile(
    r"(?is).{0,300}\b(?:wrote|writes|schrieb|écrit|escribió|escreveu|ha scritto|schreef|skrev"
    r"|napisał|napsal|kirjoitti|a scris|написал|пишет|писал)\b.{0,100}:\s*\Z"
)
_BEGINS = re.compile(r"(?:On|Am|Le|El|Em|Il|Op|Den|W dniu|Dne)\b.*\d")
# how Outlook begins the mail that is answered
_ORIGINAL = re.compile(
    r"(?i)-{3,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original"
    r"|messaggio originale|oorspronkelijk bericht|ursprungligt meddelande)\s*-{3,}"
)
_EARLIER = re.compile(
    r"(?is)(?:From|Von|De|Da|Van|Från|Fra):.{1,300}?"
    r"\n(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Fecha|Inviato|Verzonden|Skickat|Sendt)\s*:"
    r".{1,600}?\n(?:Subject|Betreff|Objet|Asunto|Oggetto|Onderwerp|Ämne|Emne)\s*:"
)
_FORWARDED = re.compile(r"\s*-{5,}")  # "---------- Forwarded message ---------"
# how mail programs mark what they repeat, and the signature
_CARRIED = frozenset((
    "gmail_quote", "gmail_signature", "moz-cite-prefix", "moz-signature", "protonmail_quote",
    "yahoo_quoted", "Signature",
))  # fmt: skip


class MailLine(NamedTuple):
    """A block of a mail before it is written; `said` by its writer, or only carried along."""

    words: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: str = ""
    said: bool = True


def write_body(lines: Sequence[MailLine], writer: Writer, forwarded: bool) -> None:
    """Add the lines of a mail; `forwarded` says that it passes another one on.

    A mail that says nothing of its own passes on all that it carries.
    """
    lines = lines if forwarded else _without_earlier(lines)
    silent = not any(line.said and any(map(str.isalnum, line.words)) for line in lines)
    for line in lines:
        kind = line.kind if line.said or silent else BlockKind.RULE
        writer.add(line.words, kind, level=line.level, marker=line.marker)


def _without_earlier(lines: Sequence[MailLine]) -> Sequence[MailLine]:
    """From where Outlook repeats the mail that is answered, nothing is the writer's."""
    for i in range(len(lines)):
        head = "\n".join(line.words for line in lines[i : i + 8])
        if _ORIGINAL.match(head) or _EARLIER.match(head):
            return [*lines[:i], *(line._replace(said=False) for line in lines[i:])]
    return lines


def from_plain(text: str, *, flowed: bool = False, tight: bool = False) -> list[MailLine]:
    """The lines of a plain text; `flowed` and `tight` are its format and its delsp (RFC 3676)."""
    raw = text.splitlines()
    found: list[MailLine] = []
    own: list[str] = []
    signed = 0  # lines that may still be the signature's
    for line in _unflowed(raw, tight) if flowed else raw:
        quoted = line.startswith(">")
        if quoted or _SIGNATURE.fullmatch(line):
            found += _own(own)
            own.clear()
        if quoted:
            _silence_announcement(found)
            found.append(MailLine(line, said=False))
            signed = 0
        elif signed or _SIGNATURE.fullmatch(line):
            found.append(MailLine(line, said=False))
            signed = (signed or _LONGEST_SIGNATURE + 1) - 1
        else:
            own.append(line)
    return [*found, *_own(own)]


def _own(lines: Sequence[str]) -> Iterator[MailLine]:
    """What plain text makes of the writer's lines."""
    text = "\n".join(lines)
    for block in plain.blocks(text):
        marker = text[block.start : block.body]
        yield MailLine(text[block.body : block.end], block.kind, block.level, marker)


def _silence_announcement(lines: list[MailLine]) -> None:
    """Above a quoted text, who wrote it is not the writer's word either."""
    if not lines or not lines[-1].said or not _ANNOUNCES.match(lines[-1].words):
        return
    begun = len(lines) > 1 and _BEGINS.match(lines[-2].words)  # the line was too long
    for i in range(len(lines) - (2 if begun else 1), len(lines)):
        lines[i] = lines[i]._replace(said=False)


def _unflowed(lines: Sequence[str], tight: bool) -> Iterator[str]:
    """Lines that end with a space go on in the next, if that is quoted as deeply."""
    open_, before = "", ""
    for line in lines:
        marks = _MARKS.match(line)
        depth = marks[0].replace(" ", "") if marks else ""
        body = line[len(marks[0]) if marks else 0 :]
        body = body if body.startswith(" >") else body.removeprefix(" ")
        if open_ and depth == before:
            body = (open_.removesuffix(" ") if tight else open_) + body
        elif open_:
            yield f"{before} {open_}".lstrip()
        open_, before = "", depth
        if body.endswith(" ") and not _SIGNATURE.fullmatch(body):
            open_ = body
        else:
            yield f"{depth} {body}" if depth else body
    if open_:
        yield f"{before} {open_}".lstrip()


def from_html(page: str, unseen: Unseen) -> list[MailLine]:
    """The lines of an HTML text; what of it nobody sees is counted."""
    from index.load.html.blocks import write
    from index.load.html.tree import is_silent, parse
    from index.load.html.unseen import take_out

    root = parse(page)
    take_out(root, unseen)
    writer = Writer()

    def left_out(node: Node) -> bool:
        if is_silent(node):
            return True
        carried = _is_carried(node)
        if carried:
            held = Writer()
            write(node, held, is_silent)
            mark = "> " if node.tag == "blockquote" else ""
            for line in filter(None, held.parsed().text.splitlines()):
                writer.add(mark + line, BlockKind.RULE)
        return carried

    write(root.css_first("body") or root, writer, left_out)
    text, blocks, *_ = writer.parsed()
    return [
        MailLine(text[b.body : b.end], b.kind, b.level, text[b.start : b.body], b.kind is not _RULE)
        for b in blocks
    ]


def _is_carried(node: Node) -> bool:
    """Whether an element repeats another mail, or is the signature."""
    held = node.attributes
    names = (held.get("class") or "").split()
    if held.get("type") != "cite" and _CARRIED.isdisjoint([*names, held.get("id") or ""]):
        return False
    return not _FORWARDED.match(node.text())
