"""What a question compares: documents that it names, all of them, or things; and on what topic.

Of the ways in which it can be cut the first one wins whose parts are documents; where none has
such parts, they are things that sentences speak of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index import Document, stems
from rag.comparison.cuts import TRAILING_ON, cuts_of, thing_of
from rag.kinds import PairKind, unframed
from rag.named import Names
from rag.overview import is_generic
from rag.query import AskedQuestion

MOST = 4  # sides that a question names


class ComparedSide(NamedTuple):
    """One of what is compared, and what it is called: `documents` or, without any, a `thing`.

    Of documents `thing` is what of them is meant: "HTC's key recovery"; "" for all that they say.
    """

    label: str
    documents: tuple[Document, ...] = ()
    thing: str = ""


class ComparisonRequest(NamedTuple):
    """What is compared on which `topic`, "" for all that is said.

    `wanted` is what is asked for of two documents: on what they agree, or where they do not.
    """

    sides: tuple[ComparedSide, ...]
    topic: str = ""
    wanted: PairKind | None = None


_FEW = re.compile(
    r"(?i)\b(?:the|these|those|all|both|our|my|two|three|four|five|six|seven|eight|nine|ten|\d+|of)\b"
)
_CALLED = re.compile(  # what says of a name that it is a document's
    r"(?i)\b(?:documents?|docs?|files?|papers?|articles?|reports?|texts?|books?|notes?|talks?|letters?"
    r"|interviews?|minutes|meetings?|one|guides?|authors?|teams?|people)\b"
)
_AGREEING = re.compile(r"(?i)\b(?:agree|in common\b|similarit|alike\b|gemeinsam)")
_DIFFERING = re.compile(r"(?i)\b(?:disagree|contradict|conflict|diverge|clash)")
_AUTHOR = re.compile(
    r"(?im)(?:^\W*|[.;]\s+)(?:author|written by|by|from|autor(?:in)?|von)\b[:\s](.{1,200})$"
)
BEGINNING = 600  # characters in which a document says who wrote it


def comparison_of(question: AskedQuestion, names: Names) -> ComparisonRequest | None:
    """What a question compares; None where its words do not say. `names` are the documents'."""
    text = unframed(question).strip(" \t?.!,;:")
    wanted = _wanted(text)
    saying, comparing = cuts_of(text)
    calls = _Calls(names)
    for cut in sorted((*saying, *comparing), key=lambda cut: len(cut.sides) == 1):
        if sides := calls.documents(cut.sides):
            return ComparisonRequest(sides, cut.topic, wanted)
    for cut in comparing:
        if 2 <= len(cut.sides) <= MOST and all(map(thing_of, cut.sides)):
            sides = tuple(ComparedSide(thing_of(words), (), thing_of(words)) for words in cut.sides)
            return ComparisonRequest(sides, cut.topic, wanted)
    return None


def each_of(documents: Sequence[Document], topic: str) -> ComparisonRequest:
    """All documents as sides, on a topic."""
    return ComparisonRequest(_labelled([(d.title or d.source, (d,)) for d in documents]), topic)


def _wanted(text: str) -> PairKind | None:
    agreeing, differing = _AGREEING.search(text), _DIFFERING.search(text)
    if bool(agreeing) == bool(differing):
        return None
    return PairKind.AGREE if agreeing else PairKind.DIFFER


class _Calls:
    """The documents that words call, each looked for once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._found: dict[str, tuple[Document, ...]] = {}

    def documents(self, sides: Sequence[str]) -> tuple[ComparedSide, ...]:
        """The sides as documents, of which none is on two; () where one of them is none."""
        if len(sides) == 1:
            own = self._several(sides[0])
            return each_of(own, "").sides
        called = [self._called(words) for words in sides]
        found = [_without_others(own, called) for own in called]
        every = [d.id for own in found for d in own]
        if not all(found) or len(set(every)) < len(every):
            return ()
        named = [
            (own[0].title or own[0].source if len(own) == 1 else thing_of(words), own)
            for words, own in zip(sides, found, strict=True)
        ]
        return tuple(
            side._replace(thing=_beyond_name(words, side.documents))
            for words, side in zip(sides, _labelled(named), strict=True)
        )

    def _several(self, words: str) -> tuple[Document, ...]:
        """The documents of "the three leases"; all of them of "they"."""
        kind = _FEW.sub(" ", words).strip()
        called = self._names.called(kind) if kind else ()
        if len(called) < 2 and is_generic(words):
            called = tuple(self._names.documents)
        return called if len(called) > 1 else ()

    def _called(self, words: str) -> tuple[Document, ...]:
        if words not in self._found:
            self._found[words] = self._look_for(words)
        return self._found[words]

    def _look_for(self, words: str) -> tuple[Document, ...]:
        named = self._names.named(AskedQuestion(f"according to {words}"))
        plain = _CALLED.sub(" ", words)
        return named or self._names.called(words) or self._names.called(plain) or self._by(plain)

    def _by(self, words: str) -> tuple[Document, ...]:
        """The documents that say first of all that they are by somebody so called."""
        wanted = set(stems(words))
        return tuple(
            document
            for document in self._names.documents
            if (line := _AUTHOR.search(document.text[:BEGINNING]))
            and wanted
            and wanted.issubset(stems(line[1]))
        )


def _without_others(
    own: tuple[Document, ...], every: Sequence[tuple[Document, ...]]
) -> tuple[Document, ...]:
    """The documents of a side without those that words which call fewer call another side."""
    others = {d.id for other in every if len(other) < len(own) for d in other}
    return tuple(d for d in own if d.id not in others)


def _beyond_name(words: str, documents: Sequence[Document]) -> str:
    """What of documents is meant by the words that name them; "" where they only name them."""
    if on := TRAILING_ON.fullmatch(words):
        return on["topic"]
    called = re.sub(r"[\W_]+", " ", " ".join(f"{d.title} {d.source}" for d in documents))
    language = documents[0].language
    more = set(stems(_CALLED.sub(" ", words), language)).difference(stems(called, language))
    return thing_of(words) if len(more) > 1 else ""


def _labelled(sides: Sequence[tuple[str, tuple[Document, ...]]]) -> tuple[ComparedSide, ...]:
    """The sides under labels that differ: where titles do not, the names of their files do."""
    labels = [label for label, _ in sides]
    return tuple(
        ComparedSide(label if labels.count(label) == 1 else own[0].source, own)
        for label, own in sides
    )
