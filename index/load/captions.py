"""Subtitles (SubRip, WebVTT): what is said as sentences, each at its time.

pysrt and webvtt-py read the same words, but for who speaks in .vtt; sentences and their times would
still be ours (`python -m benchmarks.libraries`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import groupby
from typing import NamedTuple

from index.errors import UnreadableDocument
from index.load.aside import with_aside
from index.load.decode import decode
from index.load.formats import Parsed
from index.load.meta import title_of
from index.load.writer import Writer

NAME = "captions"
VERSION = 1

_TIME = re.compile(
    r"[ \t]*((?:\d{1,4}:)?\d{1,2}:\d\d)[.,]\d{1,3}[ \t]+-->[ \t]+[\d:]{4,10}[.,]\d{1,3}.*"
)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?[ \t]{1,9}([^<>]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z\d][^<>]{0,100}>|\{\\[^{}]{0,100}\}")
_ENDS = re.compile(r"[.!?…。？！][\"'”’»)\]]*\Z")
_NOTE = re.compile(r"NOTE\b")
_SILENT = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_PART = re.compile(r"\n(?:[ \t]*\n)+")
_ROLLED = 9  # lines that still stand from the cue before
_LONG = 600  # characters of a paragraph: speech without a stop


class _Cue(NamedTuple):
    time: str
    speaker: str
    text: str


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed]:
    """The file's one text: cues joined where a sentence goes on, and where none else speaks."""
    text = decode(data, source).replace("\r\n", "\n").replace("\r", "\n")
    cues = [*_cues(text)]
    if not cues and text.strip():
        raise UnreadableDocument(f"{source}: there are no times in it; save it as .txt")
    writer = Writer()
    said: list[_Cue] = []
    for cue in cues:
        if said and _parts(said, cue):
            _write(writer, said)
            said = []
        said.append(cue)
    _write(writer, said)
    head = text.partition("\n")[0]
    title = title_of(head.removeprefix("WEBVTT").lstrip(" -\t")) if "WEBVTT" in head else ""
    notes = [
        part[found.end() :]
        for part in _PART.split(text)
        if "-->" not in part and (found := _NOTE.match(part))
    ]
    yield with_aside(writer.parsed({"title": title}), notes)


def _cues(text: str) -> Iterator[_Cue]:
    time = ""
    before: list[tuple[str, str]] = []
    for part in _PART.split(text.strip("\n")):
        lines = part.split("\n")
        found = [_TIME.fullmatch(line) for line in lines[:2]]
        at = next((i for i, one in enumerate(found) if one), -1)
        if at < 0 and (not time or _SILENT.match(part)):
            continue
        time = next((_clock(one[1]) for one in found if one), time)
        said = [*_voices(lines[at + 1 :])]
        new = said[_rolled(before, said) :]
        if at >= 0:
            before = said
        else:
            before += new
        for speaker, several in groupby(new, key=lambda one: one[0]):
            yield _Cue(time, speaker, " ".join(words for _, words in several))


def _voices(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Who says what in each line of one cue."""
    speaker = ""
    for line in lines:
        first, *voices = _VOICE.split(line)
        for name, words in [(speaker, first), *zip(voices[::2], voices[1::2], strict=True)]:
            speaker = " ".join(name.split())
            if said := " ".join(unescape(_TAG.sub("", words)).split()):
                yield speaker, said


def _rolled(before: Sequence[tuple[str, str]], said: Sequence[tuple[str, str]]) -> int:
    """How many lines a cue begins with that still stand from the one before it."""
    most = min(len(before), len(said), _ROLLED)
    return next((n for n in range(most, 0, -1) if before[-n:] == said[:n]), 0)


def _parts(said: list[_Cue], cue: _Cue) -> bool:
    """Whether a cue begins a paragraph: another speaks, or a sentence has ended."""
    last = said[-1]
    long = sum(len(one.text) for one in said) > _LONG
    dash = cue.text.startswith(("-", "–", "—"))
    return last.speaker != cue.speaker or dash or long or bool(_ENDS.search(last.text))


def _write(writer: Writer, said: list[_Cue]) -> None:
    if not said:
        return
    lead = f"{said[0].speaker}: " if said[0].speaker else ""
    whole = lead + " ".join(one.text for one in said)
    writer.page(said[0].time)
    writer.add(whole)
    at = len(lead)
    for one in said:
        writer.page(one.time, back=len(whole) - at)
        at += len(one.text) + 1


def _clock(time: str) -> str:
    """A time as h:mm:ss, the hours always said."""
    parts = time.split(":")
    return ":".join([*["0"] * (3 - len(parts)), *parts]).zfill(8)
