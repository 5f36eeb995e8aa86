"""The nouns: Document, Sentence, Passage, Hit; and a seam: Encoder.

Text is stored once, on `Document`. Everything else holds offsets into it, checked when the
object is made, and computes its text: a quotation that is not in the document cannot exist.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.boxes import NOWHERE, Boxes
from index.pieces import Piece

Vectors = NDArray[np.float32]
Progress = Callable[[str, int, int], None]  # stage, done, total (0: unknown)
Stored = NDArray[np.float16]  # vectors as an index keeps them: a third decimal of a cosine stays


class Span(NamedTuple):
    """Python characters `start` to `end` (exclusive) of a document's text."""

    start: int
    end: int


class Sentence(NamedTuple):
    """A quotable stretch of a document; `lead` is the sentence that introduces its list."""

    start: int
    end: int
    lead: Span | None = None
    role: str = "body"  # one of `index.pieces.ROLES`

    @property
    def span(self) -> Span:
        """The offsets alone."""
        return Span(self.start, self.end)


class BlockKind(Enum):
    """What a loader can say of a stretch of lines."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    REPEATED = "repeated"  # a paragraph that another wrote, as what a mail answers
    BYLINE = "byline"  # who wrote the document, to whom, and when
    RECIPIENTS = "recipients"
    DATELINE = "dateline"
    ROWS = "rows"  # each line is a unit of its own: a table, verse
    CODE = "code"  # the same, for a machine
    RULE = "rule"  # markup that says nothing: a horizontal rule, a fence, front matter


class Block(NamedTuple):
    """A stretch of lines as the format delimits it; the words start at `body`.

    Between `start` and `body` stands a list marker. `level` is 1-6 for a heading that the
    format marks as one, and 0 where it was only guessed from its looks.
    """

    kind: BlockKind
    start: int
    end: int
    body: int
    level: int = 0

    def moved(self, by: int) -> Block:
        """The same, so many characters further on."""
        return self._replace(start=self.start + by, end=self.end + by, body=self.body + by)


class Page(NamedTuple):
    """Where a page begins, and what people call it: "p. 12", "slide 3", "sheet Prices, row 7"."""

    start: int
    name: str


def text_id(text: str) -> str:
    """The sha256 of the text in UTF-8, as 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """One text and what is known of it. `id` is the sha256 of the text; equality is by id.

    `source` is the path as people know it, `copies` are others with the same text. `meta` holds
    `sha256` (of the file's bytes), `loader` (name/version), `language` (ISO 639-1) and, where
    known, `author`, `publisher` and `date`; `aside` has words of the file that are not in the text.
    `pages` are those of a format that has any, in order.
    `blocks` is what the loader knows of the structure, and `pieces` are what came of it in the
    process that read the file; an index keeps neither. `boxes` say where on its pages it stands; an
    index keeps them apart from it, and they are `NOWHERE` in a document of one.
    """

    id: str
    text: str = field(compare=False, repr=False)
    title: str = field(compare=False)
    source: str = field(compare=False)
    meta: Mapping[str, str] = field(compare=False, default_factory=dict)
    blocks: tuple[Block, ...] = field(compare=False, repr=False, default=())
    pages: tuple[Page, ...] = field(compare=False, repr=False, default=())
    copies: tuple[str, ...] = field(compare=False, default=())
    pieces: Sequence[Piece] = field(compare=False, repr=False, default=())
    boxes: Boxes = field(compare=False, repr=False, default=NOWHERE)

    @property
    def language(self) -> str:
        """The ISO 639-1 code of its language; "en" where nothing is known."""
        return self.meta.get("language", "en")

    def cut(self, span: tuple[int, int]) -> str:
        """The characters of `span`; raises ValueError when it does not lie in the text."""
        start, end = span
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{start}:{end} does not lie in {self.source} (0:{len(self.text)})")
        return self.text[start:end]

    def line(self, offset: int) -> int:
        """The line of `offset`, counted from 1."""
        return self.text.count("\n", 0, offset) + 1

    def page(self, offset: int) -> str:
        """What the page of `offset` is called; "" where the format has no pages."""
        at = bisect_right(self.pages, offset, key=lambda page: page.start)
        return self.pages[at - 1].name if at else ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring whole sentences of one section: what is embedded, ranked and read."""

    document: Document
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    headings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.sentences or (self.start, self.end) != (
            self.sentences[0].start,
            self.sentences[-1].end,
        ):
            raise ValueError("a passage reaches from its first sentence to its last")
        self.document.cut((self.start, self.end))

    @property
    def text(self) -> str:
        """The passage, cut from its document."""
        return self.document.cut((self.start, self.end))

    def place(self, span: Span) -> int:
        """Which of its sentences that is, from 0; raises StopIteration when it is none of them."""
        return next(i for i, sentence in enumerate(self.sentences) if sentence.span == span)

    def cut(self, part: slice) -> Passage:
        """The passage of some of its sentences, neighbours; raises ValueError for none."""
        own = self.sentences[part]
        ends = (own[0].start, own[-1].end) if own else (self.start, self.end)
        return Passage(self.document, *ends, own, self.headings)


class Evidence(NamedTuple):
    """What the retrievers measured of a passage and of each of its sentences, for a question.

    `cosine` is cos(question, passage); `similarity` cos(question, sentence); `lexical` the
    sentence's BM25 score; `coverage` the share (0-1, weighted by idf) of the question's words
    that the sentence holds, `passage_coverage` that the passage holds with title and headings,
    `relation` the sentence's share of those words that are no names: what is asked *about* the
    names. `stems` are those of each sentence's own words, in order.
    """

    cosine: float
    similarity: tuple[float, ...]
    lexical: tuple[float, ...]
    coverage: tuple[float, ...]
    passage_coverage: float
    relation: tuple[float, ...]
    stems: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage. Higher scores are better; `ranks` says where each retriever had it.

    `echoing` is the same with a sentence that only says the question again, where there is one.
    """

    passage: Passage
    score: float
    ranks: Mapping[str, int] = field(default_factory=dict)
    evidence: Evidence | None = None
    echoing: Hit | None = field(default=None, repr=False, compare=False)


class Encoder(Protocol):
    """Text to unit vectors; it reads at most `max_tokens` of a text."""

    dim: int
    digest: str
    max_tokens: int

    def encode_query(self, text: str) -> Vectors:
        """Shape (dim,), float32, unit length."""

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Shape (len(texts), dim), float32, unit rows; `progress` hears how many are done."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted, nothing cut off."""


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody hears."""
