"""Where names stand in a document: words with capital letters that are no common words.

A word that begins a sentence has one in any case: it is of a name where the document writes it so
elsewhere, or where what follows it makes a name. In German each noun has one; there only what a
title, a legal form or a first name marks is looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from index import Document, Passage, Span, rules_of
from rag.names.tokens import NameToken, begins_sentence, cues, name_tokens

ROLES = ("body", "item")
LONGEST = 6  # words of a name
CAPITALISING = ("de", "lb")  # languages in which each noun has a capital letter
_CODE = re.compile(r"[A-Z]{1,2}\d{1,2}\Z|\d[\w-]*\Z|[A-Z]\Z")  # Q2, B1, 1999-A
_COMPOUND = re.compile(r"\w+[-‑][a-z]")  # "China-based"
_CONTRACTED = re.compile(r"I['’]")
_AFTER_NUMBER = re.compile(r"\d[ \u00a0]\Z")
_PLURAL = re.compile(r"[A-Z\d]{2,}s\Z")  # GPUs
_LABEL = re.compile(r"[^\s:]+(?:[ \u00a0][^\s:]+){0,5}:(?=\s)")  # "Open Questions: …"
_NUMBER = re.compile(r"(?:\d{1,2}[A-Z]?|[A-Z]?\d{1,3}|\d\.\d)\Z")


class NameMention(NamedTuple):
    """A name in a sentence: both are offsets into the document."""

    span: Span
    sentence: Span


def name_mentions(document: Document, passages: Sequence[Passage]) -> list[NameMention]:
    """The names in the sentences of a document, in its order."""
    sentences = [s for p in passages for s in p.sentences if s.role in ROLES]
    words = _Words(document, [document.cut(s.span) for s in sentences])
    found = []
    for sentence in sentences:
        text = document.cut(sentence.span)
        if 2 * sum(map(str.isupper, text)) > sum(map(str.isalpha, text)):
            continue  # in capitals altogether
        for start, end in words.names(text):
            span = Span(sentence.start + start, sentence.start + end)
            found.append(NameMention(span, sentence.span))
    return found


class _Words:
    """How a document writes its words, and the names that it has by that."""

    def __init__(self, document: Document, texts: Sequence[str]) -> None:
        self._stop = rules_of(document.language).stop
        self._capitalises = document.language in CAPITALISING
        self._lower: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        for text in texts:
            for token in name_tokens(text):
                if not token.is_capital:
                    self._lower[token.text] += 1
                elif token.start and not begins_sentence(text, token.start):
                    self._capital[token.text] += 1

    def names(self, text: str) -> Iterator[tuple[int, int]]:
        label = _label_of(text)
        tokens = [t for t in name_tokens(text) if t.start >= label]
        at = 0
        while at < len(tokens):
            taken = self._taken(text, tokens, at)
            if taken:
                yield tokens[at].start, tokens[at + taken - 1].end
            at += max(1, taken)

    def _taken(self, text: str, tokens: Sequence[NameToken], at: int) -> int:
        """How many words from there on are one name."""
        if not self._may_begin(tokens, at, text):
            return 0
        own = cues()
        count = 1
        while at + count < len(tokens) and count < LONGEST:
            last, following = tokens[at + count - 1], tokens[at + count]
            gap = text[last.end : following.start]
            abbreviated = last.text in own["titles"] or len(last.text) == 1
            if last.ends_name or not _joins(gap, abbreviated, following.is_capital):
                break
            step = self._step(text, tokens, at, count)
            if not step:
                break
            count += step
        if count > LONGEST:
            return 0
        begins = at == 0 or begins_sentence(text, tokens[at].start)
        return count if self._is_name(tokens[at : at + count], begins) else 0

    def _step(self, text: str, tokens: Sequence[NameToken], at: int, count: int) -> int:
        """How many more words belong to the name whose first `count` are taken."""
        own = cues()
        word = tokens[at + count]
        if word.text in own["numbered"]:
            return 0
        if word.is_capital and word.text not in own["never"] and not _follows_not(word.text):
            return 1
        first = tokens[at].text
        if _NUMBER.match(word.text) and first not in own["numbered"] and count <= 2:
            after = text[word.end : word.end + 30]
            counted = re.match(r" [a-zä-ü]+s(?!\w)", after) or re.match(r"[:.,]\d|%", after)
            return 0 if counted or tokens[at + count - 1].text in own["legal"] else 1
        rest = [t.text for t in tokens[at + count : at + count + 3]]
        if (
            word.text in ("of", "for")
            and first in own["of"] | own["organisations"]
            and not self._is_plain(first)
        ):
            step = 2 if rest[1:2] == ["the"] else 1
            nxt = tokens[at + count + step : at + count + step + 1]
            return step + 1 if nxt and nxt[0].is_capital else 0
        if (
            word.text in ("de", "van", "von", "del", "al")
            and len(rest) > 1
            and rest[1][0].isupper()
        ):
            return 2
        if (
            word.text in ("van", "von", "de")
            and len(rest) > 2
            and rest[1] in ("der", "den", "la")
            and rest[2][0].isupper()
        ):
            return 3
        if (
            word.text == "and"
            and len(rest) > 2
            and rest[1][0].isupper()
            and rest[2] in own["organisations"]
        ):
            return 3 if first not in own["titles"] else 0
        return 0

    def _is_plain(self, word: str) -> bool:
        return self._lower[word.casefold()] > self._capital[word]

    def _may_begin(self, tokens: Sequence[NameToken], at: int, text: str) -> bool:
        token, own = tokens[at], cues()
        bare = token.text
        if not token.is_capital or bare in own["never"] or bare in own["numbered"]:
            return False
        if bare in own["peoples"]:  # "Chinese models", but "Swiss National Science Foundation"
            run = takewhile(lambda t: t.is_capital, tokens[at + 1 : at + LONGEST])
            return any(t.text in own["organisations"] for t in run)
        if (
            bare in own["leading"]
            or _COMPOUND.match(bare)
            or _PLURAL.match(bare)
            or _CONTRACTED.match(bare)
        ):
            return False
        if "_" in bare or (token.is_coded and _AFTER_NUMBER.search(text, 0, token.start)):
            return False  # what a program calls something, and units: 700 MiB
        if _CODE.match(bare) and len(bare) > 1:
            return False
        if bare.casefold() in self._stop and not token.is_coded and bare != "US":
            return False
        if len(bare) == 1:  # an initial
            return (
                text[token.end : token.end + 1] == "."
                and at + 1 < len(tokens)
                and tokens[at + 1].is_capital
            )
        begins = at == 0 or begins_sentence(text, token.start)
        return not (begins and not token.is_coded and self._is_plain(bare))

    def _is_name(self, tokens: Sequence[NameToken], begins: bool) -> bool:
        own = cues()
        words = [t.text for t in tokens]
        if len(words) == 1:
            word = tokens[0]
            if words[0] in own["titles"] | own["organisations"] | own["places"] | own["legal"]:
                return False
            if self._capitalises:
                return word.is_coded and len(word.text) > 2
            if begins and not word.is_coded:
                return self._capital[word.text] > self._lower[word.text.casefold()]
            return not self._is_plain(word.text) or word.is_coded
        if self._capitalises:
            return words[0] in own["titles"] or words[-1] in own["legal"] or len(words) == 2
        if (
            begins
            and not self._capital[words[0]]
            and len(words) == 2
            and not any(t.is_coded for t in tokens)
        ):
            return not self._is_plain(words[1])
        return not all(self._is_plain(word) for word in words)


def _label_of(text: str) -> int:
    """Where a label at the begin ends, 0 without one: its words are capitalised as in a title."""
    found = _LABEL.match(text)
    return found.end() if found and len(found.group().split()) > 1 else 0


def _follows_not(word: str) -> bool:
    """Whether a word with a capital letter is no part of a name before it."""
    return bool(_COMPOUND.match(word)) and word not in cues()["organisations"]


def _joins(gap: str, is_abbreviated: bool, is_capital: bool) -> bool:
    """Whether what stands between two words is nothing that parts a name."""
    if (len(gap) == 1 and gap.isspace()) or _is_wrap(gap):
        return True
    return (gap == ". " and is_abbreviated) or (gap == " & " and is_capital)


def _is_wrap(gap: str) -> bool:
    """Whether it is the end of a line within a paragraph."""
    return "\n" in gap and not gap.strip() and gap.count("\n") == 1
