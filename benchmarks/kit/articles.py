"""Articles to write: what each says is known, so that what is read can be compared with it."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

_PARAGRAPHS = 5
_SENTENCE = re.compile(r"(?<=\w{3}[.!?]) +")

Kind = Literal["heading", "paragraph", "bullet", "number"]
_SPLIT: dict[int, Kind] = {1: "bullet", 4: "number"}  # paragraphs that are written as lists


class ArticlePart(NamedTuple):
    """A heading, a paragraph, or an item of a list with bullets or with numbers."""

    kind: Kind
    text: str


class Article(NamedTuple):
    """A text of `language` (ISO 639-1) under a title; it is to be set in so many columns."""

    name: str
    language: str
    title: str
    parts: tuple[ArticlePart, ...]
    columns: int = 1

    @property
    def lists(self) -> list[tuple[Kind, list[str]]]:
        """Its parts, those of one list together."""
        runs: list[tuple[Kind, list[str]]] = []
        for kind, text in self.parts:
            if kind in ("bullet", "number") and runs and runs[-1][0] == kind:
                runs[-1][1].append(text)
            else:
                runs.append((kind, [text]))
        return runs

    @property
    def text(self) -> str:
        """All that a reader sees of it, a line a part: of a list with numbers these too."""
        lines = [self.title]
        for kind, texts in self.lists:
            numbers = (f"{i}. " if kind == "number" else "" for i in range(1, len(texts) + 1))
            lines += map("".join, zip(numbers, texts, strict=True))
        return "\n".join(lines)


def articles(data: Path, each: int) -> list[Article]:
    """So many articles of each language of XQuAD; every second one is set in two columns."""
    languages = {row["doc"]: row["lang"] for row in _rows(data / "xquad_multilingual.jsonl.gz")}
    subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in _rows(data / "xquad_multilingual.docs.jsonl.gz"):
        key = languages.get(row["doc"], ""), row["title"].replace("_", " ")
        subjects[key].append(" ".join(row["text"].split()))
    made: dict[str, list[Article]] = defaultdict(list)
    for (language, title), texts in sorted(subjects.items()):
        own = made[language]
        if language and len(own) < each and len(texts) == _PARAGRAPHS:
            parts = tuple(_parts(title, texts))
            columns = 1 + len(own) % 2
            own.append(Article(f"{language}{len(own)}", language, title, parts, columns))
    return [article for own in made.values() for article in own]


def _parts(title: str, texts: list[str]) -> Iterator[ArticlePart]:
    """Each paragraph under a heading; the sentences of two of them are a list."""
    for i, text in enumerate(texts):
        yield ArticlePart("heading", f"{title} {'ABCDE'[i]}")
        kind: Kind = _SPLIT.get(i, "paragraph")
        for item in _SENTENCE.split(text) if kind != "paragraph" else [text]:
            yield ArticlePart(kind, item)


def _rows(file: Path) -> Iterator[Any]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
