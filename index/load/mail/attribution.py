"""Who wrote what a mail repeats: the lines above it that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.load.mail.body import DEEPEST, LONGEST_NAME, MailLine
from index.types import BlockKind

# "On 3 May, Ida Holm wrote:" above a quoted text
_ANNOUNCES = re.compile(
    r"(?is).{0,300}\b(?:wrote|writes|schrieb|écrit|escribió|escreveu|ha scritto|schreef|skrev"
    r"|napisał|napsal|kirjoitti|a scris|написал|пишет|писал)\b.{0,100}:\s*\Z"
)
_BEGINS = re.compile(r"(?:On|Am|Le|El|Em|Il|Op|Den|W dniu|Dne)\b.*\d")
# "Am 3. Juni", "Dr. Holm" and "at 5 p.m." go on
_ENDS = re.compile(r"[^\W\d_]{3}[.!?]\s+[^\W\d_a-z]|[^\W\d_]{2}[.!?]\s*\Z")
# a sentence of the writer's that ends in the line above
_OWN = re.compile(r"(?s)(.*[^\W\d_]{2}[.!?])[ \t]*\n([^\W\d_].*)")


def attributed(lines: Sequence[MailLine]) -> list[MailLine]:
    """The lines, where those that say who wrote what follows are known as such."""
    return _announced(list(_below_headers(lines)))


def _announced(lines: Sequence[MailLine]) -> list[MailLine]:
    """Announcements above what they announce, or as its first line; one may take two lines."""
    found: list[MailLine] = []
    for i, line in enumerate(lines):
        above = lines[i - 1].depth if i else 0
        after = lines[i + 1].depth if i + 1 < len(lines) else -1
        if line.names and line.kind is BlockKind.HEADING:  # of a header
            found.append(line)
        elif (after > line.depth or after == line.depth > above) and _announces(line):
            depth = line.depth + 1 if after > line.depth else line.depth
            words = line.words
            if not line.names and (own := _OWN.match(words)) and _ANNOUNCES.match(own[2]):
                found.append(line._replace(words=own[1]))
                words = own[2]
            elif found and _goes_on(found[-1], line):
                words = f"{found.pop().words} {words}"
            found.append(MailLine(words, BlockKind.HEADING, depth=depth, names=True))
        else:
            found.append(line._replace(names=False))
    return found


def _announces(line: MailLine) -> bool:
    told = line.kind is not BlockKind.RULE and bool(_ANNOUNCES.match(line.words))
    return line.names or told


def _goes_on(before: MailLine, line: MailLine) -> bool:
    """Whether the announcement was too long for a line, so that "wrote:" stands in the next."""
    if before.kind is BlockKind.RULE or before.names or before.depth != line.depth or line.apart:
        return False
    begun = _BEGINS.match(before.words) and not _ENDS.search(before.words)
    return bool(begun) and not _BEGINS.match(line.words)


# how mail programs head the mail that they repeat or pass on
_FIELDS = {
    "from": "from|von|de|da|van|från|fra|od|lähettäjä|от",
    "date": "sent|date|gesendet|datum|envoyé|enviado|fecha|data|inviato|verzonden|skickat|sendt"
    "|dato",
    "subject": "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|aihe|тема",
    "others": "to|cc|an|à|para|a|aan|till|til|kopie|reply-to|antwort an|do|кому",
}
_FIELD = re.compile(
    r"(?i)\*?(?:" + "|".join(f"(?P<{k}>{names})" for k, names in _FIELDS.items()) + r")\s?:"
)
# lines may have been joined: "From: Per Moe Sent: Monday"
_NEXT_FIELD = re.compile(rf"(?i) (?=\*?(?:{'|'.join(_FIELDS.values())})\s?:)")
_MOST_FIELDS = 10
_RULED = re.compile(r"\s*-{3,} ?(\w[^\n-]{2,60}\w) ?-{3,}\s*")  # "---- Forwarded message ----"
_ORIGINAL = re.compile(
    r"(?i)(?:original|forwarded) message|(?:ursprüngliche|weitergeleitete) nachricht"
    r"|message (?:d'origine|transféré)|mensaje (?:original|reenviado)|forwarded by .*"
    r"|messaggio (?:originale|inoltrato)|oorspronkelijk bericht|doorgestuurd bericht"
    r"|ursprungligt meddelande|vidarebefordrat meddelande"
)


class _Header(NamedTuple):
    """What heads a mail in a mail: the name of its writer, and how many lines it takes."""

    name: str
    length: int


def _below_headers(lines: Sequence[MailLine]) -> Iterator[MailLine]:
    """From the header of a mail that is repeated on, nothing is the writer's; so far it is quoted
    by nobody else, all that is as deep is that mail's."""
    passed: list[int] = []  # the depths at which a mail with a header began
    at = 0
    while at < len(lines):
        line = lines[at]
        while passed and line.depth < passed[-1]:
            passed.pop()
        found = _header(lines[at : at + _MOST_FIELDS])
        if found is not None and not (at and line.depth > lines[at - 1].depth):
            passed.append(line.depth)
        depth = min(line.depth + len(passed), DEEPEST)
        if found is None:
            yield line._replace(depth=depth)
            at += 1
            continue
        yield MailLine(found.name, BlockKind.HEADING, depth=depth, names=True)
        for carried in lines[at : at + found.length]:
            if carried.words not in found.name:
                yield carried._replace(kind=BlockKind.RULE, depth=depth)
        at += found.length


def _header(lines: Sequence[MailLine]) -> _Header | None:
    """The header with which some lines begin: who wrote it and when are its name."""
    ruled = _RULED.match(lines[0].words)
    said: dict[str, str] = {}
    length = 0
    for line in lines:
        words = line.words[ruled.end() if ruled and not length else 0 :]
        apart = line.kind is BlockKind.RULE or line.depth != lines[0].depth
        if apart or (words and not _FIELD.match(words)):
            break
        for field in _NEXT_FIELD.split(" ".join(words.split())):
            if found := _FIELD.match(field):
                said.setdefault(found.lastgroup or "", field)
        length += 1
    if "from" in said and (ruled or {"date", "subject"} <= said.keys()):
        name = ", ".join(said[key] for key in ("from", "date") if key in said)
        return _Header(name[:LONGEST_NAME], length)
    if ruled and _ORIGINAL.fullmatch(ruled[1]) and ruled.end() == len(lines[0].words):
        return _Header(ruled[1], 1)
    return None
