"""The text of an e-mail: what its writer says, and what others said that it repeats.

What a mail repeats is text as well, for the folder may not hold the mail it comes from: it stands
under a heading that says who wrote it, deeper the more often it was repeated, and what the writer
says between is the writer's again. A question that is answered right below it heads the answer.
A signature stays in the text and is never quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.load.writer import Writer
from index.types import BlockKind

DEEPEST = 4  # of those that quote one another; what is deeper stands as deep as this
_QUESTION = 200  # characters; a longer one says something beside what it asks
_SENTENCE_END = re.compile(r"[.!?]\s+[^\W\d_a-z]")


class MailLine(NamedTuple):
    """A block of a mail before it is written; a RULE is only carried along.

    `depth` is how often it was repeated, 0 for the writer's own. `names`: it says who wrote what
    follows at this depth.
    """

    words: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: str = ""
    depth: int = 0
    names: bool = False


def write_body(lines: Sequence[MailLine], writer: Writer, sender: str) -> None:
    """Add the lines of a mail that `sender` wrote; one with nothing else passes on what it carries.

    Each change of speaker has a heading: the line that announces the other, or the sender.
    """
    if not any(_says(line) for line in lines):
        lines = [line._replace(kind=BlockKind.PARAGRAPH, names=False) for line in lines]
    turns = _Turns(writer, sender)
    for line, after in pairwise([*lines, MailLine("")]):
        if line.names:
            turns.begin(line.words, line.depth)
        elif line.kind is BlockKind.RULE:
            writer.add(line.words, line.kind)
        elif _is_answered(line, after):
            turns.turn(after.depth)
            writer.add(line.words, BlockKind.HEADING, level=_level(after.depth) + 1)
        else:
            turns.turn(line.depth)
            _write(line, writer)


def _write(line: MailLine, writer: Writer) -> None:
    kind, level = line.kind, line.level
    if kind is BlockKind.HEADING or kind is BlockKind.ROWS:
        below = min(level + _level(line.depth), 6) if level and line.depth else level
        writer.add(line.words, kind, level=below)
        return
    if line.depth and kind is BlockKind.PARAGRAPH:
        kind = BlockKind.QUOTE
    writer.add(line.words, kind, marker="> " * line.depth + line.marker)


def _says(line: MailLine) -> bool:
    said = line.kind is not BlockKind.RULE and not line.names
    return said and any(map(str.isalnum, line.words))


def _is_answered(line: MailLine, after: MailLine) -> bool:
    """Whether a line is one question of another, and the line below it is not that one's."""
    asks = line.depth > after.depth and line.words.rstrip().endswith(("?", "？", "؟"))
    brief = len(line.words) <= _QUESTION and not _SENTENCE_END.search(line.words)
    return asks and brief and not after.names and _says(after)


def _level(depth: int) -> int:
    """Of the heading above what was said at this depth; the subject has the first."""
    return max(depth, 1) + 1


class _Turns:
    """Whose words are written: the heading that says so stands where that changes."""

    def __init__(self, writer: Writer, sender: str) -> None:
        self._writer, self._at = writer, 0
        self._names = {0: sender or "Reply"}

    def begin(self, name: str, depth: int) -> None:
        """From here on `name` says who wrote what stands at `depth`."""
        self._names = {d: said for d, said in self._names.items() if d < depth}
        self._names[depth] = name
        self._lead_to(depth)

    def turn(self, depth: int) -> None:
        """Whoever wrote what stands at `depth` goes on."""
        if depth != self._at:
            self._lead_to(depth)

    def _lead_to(self, depth: int) -> None:
        """Say who wrote what stands at `depth`, and above it who repeats that."""
        for at in range(self._at + 1, depth):
            if at in self._names:
                self._writer.add(self._names[at], BlockKind.HEADING, level=_level(at))
        name = self._names.get(depth, "Quoted")
        self._writer.add(name, BlockKind.HEADING, level=_level(depth))
        self._at = depth


def attributed(lines: Sequence[MailLine]) -> list[MailLine]:
    """The lines, where those that say who wrote what follows are known as such."""
    return list(_announced(list(_below_headers(lines))))


# "On 3 May, Ida Holm wrote:" above a quoted text
_ANNOUNCES = re.compile(
    r"(?is).{0,300}\b(?:wrote|writes|schrieb|écrit|escribió|escreveu|ha scritto|schreef|skrev"
    r"|napisał|napsal|kirjoitti|a scris|написал|пишет|писал)\b.{0,100}:\s*\Z"
)
_BEGINS = re.compile(r"(?:On|Am|Le|El|Em|Il|Op|Den|W dniu|Dne)\b.*\d")


def _announced(lines: list[MailLine]) -> Iterator[MailLine]:
    """Announcements above what they announce, or as its first line; the second of two has both."""
    held: MailLine | None = None  # it may be the begin of an announcement
    above = 0
    for line, after in pairwise([*lines, MailLine("", depth=-1)]):
        deeper, first = after.depth > line.depth, line.depth > above and after.depth == line.depth
        told = line.names or (deeper or first) and bool(_ANNOUNCES.match(line.words))
        said = line.kind is not BlockKind.RULE or line.names
        begun = held is not None and held.depth == line.depth
        above = line.depth
        if told and said and (deeper or first or line.kind is BlockKind.HEADING):
            words = f"{held.words} {line.words}" if begun and held else line.words
            depth = line.depth + (deeper and line.kind is not BlockKind.HEADING)
            yield line._replace(words=words, kind=BlockKind.HEADING, depth=depth, names=True)
            held = None
            continue
        if held is not None:
            yield held
        # the line was too long: "wrote:" stands in the next
        held = line if said and not line.names and _BEGINS.match(line.words) else None
        if held is None:
            yield line._replace(names=False)
    if held is not None:
        yield held


# how mail programs head the mail that they repeat or pass on
_FIELDS = {
    "from": "from|von|de|da|van|från|fra|od|lähettäjä|от",
    "date": "sent|date|gesendet|datum|envoyé|enviado|fecha|data|inviato|verzonden|skickat|sendt|dato",
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
            if name := _FIELD.match(field):
                said.setdefault(name.lastgroup or "", field)
        length += 1
    if "from" in said and (ruled or {"date", "subject"} <= said.keys()):
        return _Header(", ".join(said[key] for key in ("from", "date") if key in said), length)
    if ruled and _ORIGINAL.fullmatch(ruled[1]) and ruled.end() == len(lines[0].words):
        return _Header(ruled[1], 1)
    return None
