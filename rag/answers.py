"""What a person is shown: quotations in an order, and what is known of the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from index import CitationError, Document as Document, Hit, Mention, Where
from rag.citations import Citation, cited_again
from rag.kinds import CitationGroup, CitationPair, Counted, PairKind, QuestionKind, Tally
from rag.readings import Choice
from rag.replies import Reply, ReplyKind


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
                citations=tuple(cited_again(c, by_id) for c in data["citations"]),
                hits=(),
                confidence=float(data["confidence"]),
                closest=tuple(cited_again(c, by_id) for c in data.get("closest", ())),
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
