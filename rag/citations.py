"""A quotation: characters of a document, and the proof that goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from index import CitationError, Document, Span, text_id
from rag.kinds import Stance

BESIDE = 32  # characters on each side of a quotation that are kept with it, to know its place by


class Older(NamedTuple):
    """Of which edition a quotation is, and of which a newer one: "2019", "2023", its source."""

    own: str
    newer: str
    source: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation: characters `start` to `end` of `document`, and its number in the answer.

    `context` is the sentence before it that it leans on, or None; it is shown, not claimed.
    `sentences` are the sentences that were joined to make it, each scored; `emphasis` the words
    of it that answer, where they stand out, in order; `also` the other sources that say all of
    these sentences; `members` those of the list that it quotes, where it quotes one; `older` says
    that another quotation of the answer is of a newer edition; `is_new`, in a brief, that nobody
    has been told it before; `stance` is what its best sentence says to a yes-no question, where
    that is clear. Higher `score` is better. Raises CitationError when a span does not lie in the
    document, or emphasis not in the quotation.
    """

    document: Document
    start: int
    end: int
    context: Span | None
    score: float
    number: int
    headings: tuple[str, ...] = ()
    sentences: tuple[Span, ...] = ()
    best_sentence: Span | None = None
    emphasis: tuple[Span, ...] = ()
    also: tuple[str, ...] = ()
    members: tuple[Span, ...] = ()
    older: Older | None = None
    is_new: bool = False
    stance: Stance | None = None

    def __post_init__(self) -> None:
        own = Span(self.start, self.end)
        try:
            for span in (
                own,
                self.context,
                self.best_sentence,
                *self.sentences,
                *self.emphasis,
                *self.members,
            ):
                if span is not None:
                    self.document.cut(span)
        except ValueError as exc:
            raise CitationError(str(exc)) from exc
        edges = [self.start, *chain.from_iterable(self.emphasis), self.end]
        if edges != sorted(edges):
            raise CitationError("emphasised words lie in their quotation, one after another")

    @property
    def quote(self) -> str:
        """The words, cut from the document now."""
        return self.document.text[self.start : self.end]

    @property
    def parts(self) -> tuple[Span, ...]:
        """The sentences that were joined; the whole quotation if unknown."""
        return self.sentences or (Span(self.start, self.end),)

    @property
    def top(self) -> Span:
        """The sentence that scored highest of those joined; the whole quotation if unknown."""
        return self.best_sentence or Span(self.start, self.end)

    @property
    def line(self) -> int:
        """The line on which the quotation starts, from 1."""
        return self.document.line(self.start)

    @property
    def page(self) -> str:
        """What its page is called ("p. 12"); "" where the format has none."""
        return self.document.page(self.start)

    @property
    def place(self) -> str:
        """`source, page`, or `source:line` where there are no pages."""
        document = self.document
        return f"{document.source}, {self.page}" if self.page else f"{document.source}:{self.line}"

    @property
    def leans_on(self) -> list[str]:
        """The words elsewhere without which it says something else: its context, a table's head."""
        document = self.document
        context = [document.cut(self.context)] if self.context else []
        return [*context, *table_head(document, self.start)]

    def to_dict(self) -> dict[str, Any]:
        """Everything needed to check the quotation without this program."""
        doc = self.document
        return {
            "number": self.number,
            "source": doc.source,
            "title": doc.title,
            "headings": list(self.headings),
            "line": self.line,
            "page": self.page,
            "file_sha256": doc.meta.get("sha256", ""),
            "loader": doc.meta.get("loader", ""),
            "text_sha256": doc.id,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "quote_sha256": text_id(self.quote),
            "prefix": doc.text[max(0, self.start - BESIDE) : self.start],
            "suffix": doc.text[self.end : self.end + BESIDE],
            "leans_on": self.leans_on,
            "context": list(self.context) if self.context else None,
            "sentences": [list(s) for s in self.sentences],
            "members": [list(s) for s in self.members],
            "emphasis": [list(s) for s in self.emphasis],
            "score": self.score,
            "also": list(self.also),
            "older": self.older._asdict() if self.older else None,
            "new": self.is_new,
            "says": self.stance.name.lower() if self.stance else None,
        }


def table_head(document: Document, start: int) -> list[str]:
    """The first line of the Markdown table that a row stands in, which names its columns.

    None where it is that line itself, or no such row. Rows of other formats name them each.
    """
    text = document.text
    first = line = text.rfind("\n", 0, start) + 1
    while first and text.startswith("|", before := text.rfind("\n", 0, first - 1) + 1):
        first = before
    if first == line or not text.startswith("|", line):
        return []
    return [text[first : text.index("\n", first)]]


def cited_again(data: Mapping[str, Any], by_id: Mapping[str, Document]) -> Citation:
    """One citation, cut again and compared."""
    doc = by_id.get(str(data["text_sha256"]))
    if doc is None:
        raise CitationError(f"{data['source']} is not among the documents, or has changed")
    if str(data["source"]) != doc.source:
        raise CitationError(f"this quotation is from {doc.source}, not from {data['source']}")
    start, end, context = data["start"], data["end"], data["context"]
    sentences, emphasis = data.get("sentences", ()), data.get("emphasis", ())
    members = data.get("members", ())
    spans = (*sentences, *emphasis, *members)
    numbers = [start, end, *(context or ()), *(n for span in spans for n in span)]
    if any(type(n) is not int for n in numbers):
        raise CitationError("offsets are whole numbers")
    cited = Citation(
        doc,
        start,
        end,
        Span(*context) if context else None,
        float(data["score"]),
        int(data["number"]),
        tuple(map(str, data.get("headings", ()))),
        tuple(Span(*s) for s in sentences),
        emphasis=tuple(Span(*s) for s in emphasis),
        also=tuple(map(str, data.get("also", ()))),
        members=tuple(Span(*s) for s in members),
        older=Older(**data["older"]) if data.get("older") else None,
        is_new=bool(data.get("new", False)),
        stance=Stance[str(data["says"]).upper()] if data.get("says") else None,
    )
    if cited.quote != data["quote"] or text_id(cited.quote) != data["quote_sha256"]:
        raise CitationError(f"the quotation at {cited.place} is not what the document says there")
    return cited
