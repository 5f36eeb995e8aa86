"""Citation and Answer: what a person is shown, and the proof that goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import Any, NamedTuple, Protocol

from index import CitationError, Document as Document, Hit, Mention, Span, Where, stems, text_id
from rag.kinds import CitationGroup, CitationPair, Counted, PairKind, QuestionKind, Tally
from rag.query import AskedQuestion
from rag.replies import Reply, ReplyKind

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
    has been told it before. Higher `score` is better. Raises
    CitationError when a span does not lie in the document, or emphasis not in the quotation.
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


class Scope(NamedTuple):
    """How many documents were asked, and how many of the engine's were left out (`within`)."""

    asked: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotations in shown order; falsy when the documents do not answer, or only `perhaps`.

    `asked_as` is the question as it was looked for, completed from the conversation; "" when it
    stood for itself. `confidence` is in 0-1. `hits` are the passages that were looked at, best
    first. `unknown` are the question's words that occur nowhere in the documents, `unquoted` those
    that occur where nothing is quoted from; `not_read` says how many files were not read, by kind,
    in an abstention: (".png", 10); `closest` are citations that are *not* an answer, shown when
    abstaining. `scope` says how many documents were asked, where that is known. `choices` are the
    sentences that were read, and why each is quoted or not; JSON holds neither them nor `hits`.
    `reply` is what is said to what was no question, "thanks!": nothing was looked for then.
    `perhaps` says that what is quoted is as likely no answer. `asked_of` are the sources of the
    documents that the question names, where they alone answer; `not_in` where they do not, and all
    documents were asked. `kind` is the kind of answer that this is, as the question was read;
    `groups` are the labels under which its citations stand, in shown order, each citation under
    one; none where it is no matter of groups. Of a list or a count `tally` says how many were
    found, and `complete` whether nothing can be missing. Of a comparison `pairs` are the quotations
    of two sides that clearly agree or differ.
    """

    question: str
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...] = field(repr=False)
    confidence: float
    closest: tuple[Citation, ...] = ()
    unknown: tuple[str, ...] = ()
    asked_as: str = ""
    choices: tuple[Choice, ...] = field(default=(), repr=False, compare=False)
    unquoted: tuple[Mention, ...] = ()
    scope: Scope | None = None
    not_read: tuple[tuple[str, int], ...] = ()
    reply: Reply | None = None
    perhaps: bool = False
    asked_of: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    kind: QuestionKind = QuestionKind.FACT
    groups: tuple[CitationGroup, ...] = ()
    complete: bool = False
    tally: Tally | None = None
    pairs: tuple[CitationPair, ...] = ()

    def __post_init__(self) -> None:
        numbers = [c.number for c in self.citations]
        grouped = [number for group in self.groups for number in group.numbers]
        if self.groups and sorted(grouped) != sorted(numbers):
            raise CitationError("each quotation stands under one label")
        if not {number for pair in self.pairs for number in pair.numbers} <= set(numbers):
            raise CitationError("what agrees or differs is quoted")

    def __bool__(self) -> bool:
        return bool(self.citations) and not self.perhaps

    @property
    def best(self) -> Citation | None:
        """The citation with the highest score; None when abstaining."""
        return max(self.citations, key=lambda c: (c.score, -c.number), default=None)

    @property
    def language(self) -> str:
        """Of the best quotation's document or, where none answers, of the closest one."""
        nearest = self.best or next(iter(self.closest), None)
        return nearest.document.language if nearest else "en"

    @property
    def looked_for(self) -> str:
        """The question that was looked for: completed, or as it was asked."""
        return self.asked_as or self.question

    @property
    def text(self) -> str:
        """The quotations, each followed by its [n]; "" when abstaining."""
        return "\n".join(f"{c.quote} [{c.number}]" for c in self.citations)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dict, stable from version to version ("format": 1)."""
        return {
            "format": 1,
            "question": self.question,
            "asked_as": self.asked_as,
            "answered": bool(self),
            "perhaps": self.perhaps,
            "confidence": self.confidence,
            "citations": [c.to_dict() for c in self.citations],
            "closest": [c.to_dict() for c in self.closest],
            "unknown_words": list(self.unknown),
            "unquoted_words": [{**m._asdict(), "where": m.where.value} for m in self.unquoted],
            "documents": self.scope._asdict() if self.scope else None,
            "not_read": dict(self.not_read),
            "reply": _reply_as_json(self.reply) if self.reply else None,
            "asked_of": list(self.asked_of),
            "not_in": list(self.not_in),
            "kind": self.kind.name.lower(),
            "groups": [{"label": g.label, "numbers": list(g.numbers)} for g in self.groups],
            "complete": self.complete,
            "tally": _tally_as_json(self.tally) if self.tally else None,
            "pairs": [
                {"kind": p.kind.name.lower(), "numbers": list(p.numbers)} for p in self.pairs
            ],
        }

    @classmethod
    def from_dict(
        cls, data: Mapping[str, Any], documents: Sequence[Document] | Mapping[str, Document]
    ) -> Answer:
        """Rebuild an answer, cutting every quotation from `documents`, never from `data`.

        `documents` are the documents, or a mapping whose values are. Raises CitationError
        when a document is missing or a quotation differs from what the JSON says.
        """
        values = documents.values() if isinstance(documents, Mapping) else documents
        by_id = {d.id: d for d in values}
        try:
            return cls(
                question=str(data["question"]),
                citations=tuple(_citation(c, by_id) for c in data["citations"]),
                hits=(),
                confidence=float(data["confidence"]),
                closest=tuple(_citation(c, by_id) for c in data.get("closest", ())),
                unknown=tuple(str(w) for w in data.get("unknown_words", ())),
                asked_as=str(data.get("asked_as", "")),
                unquoted=tuple(map(_mention, data.get("unquoted_words", ()))),
                scope=_scope(data.get("documents")),
                not_read=tuple((str(k), int(n)) for k, n in data.get("not_read", {}).items()),
                reply=_reply(data.get("reply")),
                perhaps=bool(data.get("perhaps", False)),
                asked_of=tuple(map(str, data.get("asked_of", ()))),
                not_in=tuple(map(str, data.get("not_in", ()))),
                kind=QuestionKind[str(data.get("kind", "fact")).upper()],
                groups=tuple(map(_group, data.get("groups", ()))),
                complete=bool(data.get("complete", False)),
                tally=_tally(data.get("tally")),
                pairs=tuple(map(_pair, data.get("pairs", ()))),
            )
        except CitationError:
            raise
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as exc:
            raise CitationError(
                f"this is not an answer written by `ibid ask --json`: {exc!r}"
            ) from exc


def _scope(data: Mapping[str, Any] | None) -> Scope | None:
    return Scope(int(data["asked"]), int(data["left_out"])) if data is not None else None


def _group(data: Mapping[str, Any]) -> CitationGroup:
    return CitationGroup(str(data["label"]), tuple(int(number) for number in data["numbers"]))


def _pair(data: Mapping[str, Any]) -> CitationPair:
    one, other = map(int, data["numbers"])
    return CitationPair(PairKind[str(data["kind"]).upper()], one, other)


def _tally_as_json(tally: Tally) -> dict[str, Any]:
    words = [list(alternatives) for alternatives in tally.words]
    conditions = [list(one) for one in tally.conditions]
    return {**tally._asdict(), "of": tally.of.value, "words": words, "conditions": conditions}


def _tally(data: Mapping[str, Any] | None) -> Tally | None:
    if not data:
        return None
    words = tuple(tuple(map(str, alternatives)) for alternatives in data["words"])
    number, of, source = int(data["number"]), Counted(data["of"]), str(data["source"])
    conditions = tuple((str(label), str(asked)) for label, asked in data.get("conditions", ()))
    return Tally(number, of, source, words, str(data["label"]), conditions)


def _reply_as_json(reply: Reply) -> dict[str, Any]:
    return {"kind": reply.kind.value, "lines": list(reply.lines)}


def _reply(data: Mapping[str, Any] | None) -> Reply | None:
    return Reply(ReplyKind(data["kind"]), tuple(map(str, data["lines"]))) if data else None


def _mention(data: Mapping[str, Any]) -> Mention:
    source, more = str(data["source"]), int(data["more"])
    return Mention(str(data["word"]), source, Where(data["where"]), more)


def _citation(data: Mapping[str, Any], by_id: Mapping[str, Document]) -> Citation:
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
    )
    if cited.quote != data["quote"] or text_id(cited.quote) != data["quote_sha256"]:
        raise CitationError(f"the quotation at {cited.place} is not what the document says there")
    return cited


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence as the reader sees it. `score` ranks; `probability` (0-1) is calibrated.

    `words` are those of the sentence that answer, None where none stand out.
    """

    hit: Hit
    span: Span
    score: float
    probability: float
    words: Span | None = None

    @property
    def role(self) -> str:
        """What its sentence is in the document, one of `index.pieces.ROLES`."""
        passage = self.hit.passage
        return passage.sentences[passage.place(self.span)].role

    @property
    def stems(self) -> Sequence[str]:
        """Those that the retriever keeps of the sentence or, where it keeps none, made now."""
        passage = self.hit.passage
        if self.hit.evidence is None:
            return stems(passage.document.cut(self.span), passage.document.language)
        return self.hit.evidence.stems[passage.place(self.span)]


class Reason(Enum):
    """Why a sentence is quoted, or is not."""

    CHOSEN = "chosen"
    FAR_BELOW = "far below"
    REPEATS = "repeats"
    ENOUGH = "enough"
    UNLIKELY = "unlikely"  # nothing is quoted, for the best sentence is no answer


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of a sentence that was read.

    `limit` is how far below the best sentence it could score and be quoted; where nothing is
    quoted, the probability that the best one needed. `repeats` is the chosen one that says the
    same.
    """

    reading: Reading
    reason: Reason
    limit: float
    repeats: Reading | None = None


class Reader(Protocol):
    """Question and passages to sentences that may answer.

    Below the probability `abstain` the best sentence is no answer, below `sure` it is one perhaps;
    sentences that score more than `keep` under the best one (log odds) are not quoted.
    """

    abstain: float
    sure: float
    keep: float

    def read(self, question: AskedQuestion, hits: Sequence[Hit]) -> list[Reading]:
        """Every sentence of the passages worth reading, best first."""
