"""A saved answer renewed: its quotations cut anew from where they stand now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from index import Document, Span
from rag.answers import Answer
from rag.proof.carrying import carrying
from rag.proof.current import CurrentDocuments
from rag.proof.saved import FORMAT, SavedAnswer, SavedQuotation, answers_in, telling
from rag.proof.tracing import trace
from rag.proof.verdicts import Verdict
from rag.proof.verifying import verdicts_of

if TYPE_CHECKING:
    from index import Failure

_NOWHERE = "is not among the documents any more"


class Renewal(NamedTuple):
    """What was saved, as JSON with only what still stands, and what became of each quotation.

    `left_out` are those that are not in it: they do not stand any more or, in a row of a table, do
    so in another document than the rest of it.
    """

    data: dict[str, Any]
    verdicts: list[Verdict]
    left_out: list[Verdict]


def renew(
    answer: Answer | Mapping[str, Any],
    documents: Sequence[Document] | CurrentDocuments,
    failures: Sequence[Failure] = (),
) -> Renewal:
    """An answer, table or conversation with all quotations that stand, as they are cut now.

    What does not stand is left out, and the others are numbered anew. An answer of which something
    was left out, or whose documents changed, does not say any more how many there are or that these
    are all; one that lost its best quotation has a confidence of 0. Raises CitationError as
    `verify` does.
    """
    data: Mapping[str, Any] = answer.to_dict() if isinstance(answer, Answer) else answer
    if not isinstance(documents, CurrentDocuments):
        documents = CurrentDocuments(documents, failures)
    with telling():
        if "rows" in data:
            return _table(data, documents)
        told = [_TracedAnswer(s, list(verdicts_of(s, documents))) for s in answers_in(data)]
        renewed = [one.renewed(one.standing, documents) for one in told]
        verdicts = [verdict for one in told for verdict in one.verdicts]
        left_out = [verdict for verdict in verdicts if not verdict.status.stands]
        new = {"format": FORMAT, "answers": renewed} if "answers" in data else renewed[0]
        return Renewal(new, verdicts, left_out)


class _TracedAnswer(NamedTuple):
    """A saved answer, and what became of its quotations, one a citation."""

    saved: SavedAnswer
    verdicts: list[Verdict]

    @property
    def standing(self) -> list[Verdict]:
        return [v for v in self.verdicts if v.status.stands]

    @property
    def best(self) -> SavedQuotation | None:
        cited = self.saved.citations
        return max(cited, key=lambda c: (float(c.entry["score"]), -c.number), default=None)

    def renewed(self, kept: Sequence[Verdict], current: CurrentDocuments) -> dict[str, Any]:
        """The JSON of the answer with these of its quotations."""
        data, best = self.saved.data, self.best
        numbers = {verdict.number: number for number, verdict in enumerate(kept, 1)}
        groups = [
            {"label": g["label"], "numbers": [numbers[n] for n in g["numbers"] if n in numbers]}
            for g in data.get("groups", ())
        ]
        new = {
            **data,
            "citations": [_entry(verdict, n) for n, verdict in enumerate(kept, 1)],
            "closest": [_entry(verdict, verdict.number) for verdict in _closest(data, current)],
            "groups": [group for group in groups if group["numbers"]],
        }
        if len(kept) < len(self.verdicts) or not all(map(_is_as_it_was, self._pairs(kept))):
            new |= {"complete": False, "tally": None}
        if best is not None and best.number not in numbers:
            new["confidence"] = 0.0
        cited = [verdict.now.document for verdict in kept if verdict.now]
        return Answer.from_dict(new, [*current.documents, *cited]).to_dict()

    def _pairs(self, kept: Sequence[Verdict]) -> Iterator[tuple[SavedQuotation, Verdict]]:
        pairs = zip(self.saved.citations, self.verdicts, strict=True)
        return ((cited, verdict) for cited, verdict in pairs if verdict in kept)

    def cell(self, kept: Sequence[Verdict], current: CurrentDocuments) -> dict[str, Any]:
        """The same as a cell of a table, with what was cut out, if its quotation stands."""
        own, best = self.saved.cell or {}, self.best
        verdict = next((v for v in kept if best and v.number == best.number), None)
        cut = own["cut"]
        if cut and best and verdict and verdict.now:
            place = Span(verdict.now.start, verdict.now.end)
            carried = carrying(best, verdict.now.document, place)
            span = carried((cut["start"], cut["end"]))
            cut = {**span._asdict(), "text": verdict.now.document.cut(span)}
        elif verdict is None:
            cut = None
        says = str(own["says"]) if verdict else ""
        return {"cut": cut, "says": says, "answer": self.renewed(kept, current)}


def _entry(verdict: Verdict, number: int) -> dict[str, Any]:
    return {**verdict.now.to_dict(), "number": number} if verdict.now else {}


def _closest(data: Mapping[str, Any], current: CurrentDocuments) -> list[Verdict]:
    found = (trace(SavedQuotation.of(entry), current) for entry in data.get("closest", ()))
    return [verdict for verdict in found if verdict.status.stands]


def _is_as_it_was(pair: tuple[SavedQuotation, Verdict]) -> bool:
    saved, verdict = pair
    return verdict.now is not None and verdict.now.document.id == saved.text("text_sha256")


def _table(data: Mapping[str, Any], current: CurrentDocuments) -> Renewal:
    """Each row of the document in which most of its quotations stand."""
    rows, verdicts, left_out = [], [], []
    cells = (_TracedAnswer(s, list(verdicts_of(s, current))) for s in answers_in(data))
    of_row = {row: list(own) for row, own in groupby(cells, lambda told: told.saved.row)}
    for number, given in enumerate(data["rows"], 1):
        own = of_row.get(number, [])
        stand = [v.now.document for told in own for v in told.standing if v.now]
        document = max(stand, key=stand.count, default=current.named(str(given["source"])))
        kept = [[v for v in t.standing if v.now and v.now.document == document] for t in own]
        verdicts += [v for told in own for v in told.verdicts]
        left_out += [
            v for t, some in zip(own, kept, strict=True) for v in t.verdicts if v not in some
        ]
        rows.append({**given, **_about(given, document)})
        both = zip(own, kept, strict=True)
        rows[-1]["cells"] = [told.cell(some, current) for told, some in both] if document else []
    return Renewal({**data, "rows": rows}, verdicts, left_out)


def _about(row: Mapping[str, Any], document: Document | None) -> dict[str, Any]:
    if document is None:
        unread = row["unread"] or f"{row['source']} {_NOWHERE}"
        return {"text_sha256": "", "title": "", "copies": [], "unread": unread}
    return {
        "source": document.source,
        "title": document.title,
        "copies": list(document.copies),
        "text_sha256": document.id,
    }
