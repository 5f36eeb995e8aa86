"""Every quotation of what was saved, held against the documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from index import CitationError, Document
from rag.answers import Answer
from rag.proof.current import CurrentDocuments
from rag.proof.saved import SavedAnswer, SavedQuotation, answers_in, telling
from rag.proof.tracing import trace
from rag.proof.verdicts import Status, Verdict

if TYPE_CHECKING:
    from index import Failure


def verify(
    answer: Answer | Mapping[str, Any],
    documents: Sequence[Document] | CurrentDocuments | None = None,
    failures: Sequence[Failure] = (),
) -> list[Verdict]:
    """What became of every quotation of an answer, or of its `to_dict()`, in `documents`.

    Of the `to_dict()` of a table those of all its cells, and what was cut out of them; of a
    conversation those of all its answers. `failures` say why a document is missing that could not
    be read. Without `documents` an Answer is checked against the documents it holds. Raises
    CitationError when a mapping is no answer, or comes without documents.
    """
    if isinstance(answer, Answer):
        data: Mapping[str, Any] = answer.to_dict()
        documents = documents if documents is not None else [c.document for c in answer.citations]
    else:
        data = answer
    if documents is None:
        raise CitationError("an answer from JSON is checked against documents; give them")
    if not isinstance(documents, CurrentDocuments):
        documents = CurrentDocuments(documents, failures)
    with telling():
        return [v for saved in answers_in(data) for v in verdicts_of(saved, documents)]


def verdicts_of(saved: SavedAnswer, current: CurrentDocuments) -> Iterator[Verdict]:
    """Those of one answer, in shown order."""
    cut = saved.cell["cut"] if saved.cell else None
    citations = saved.citations
    cut_stands = not cut or any(_holds_cut(c, cut) for c in citations)
    for cited in citations:
        verdict = trace(cited, current)
        if saved.of and cited.source != saved.of:
            other = f"its row is of {saved.of}"
            verdict = verdict._replace(status=Status.MISSING, detail=other, now=None, changes=())
        elif verdict.status.stands and not cut_stands:
            other = "other words than were cut out stand there"
            verdict = verdict._replace(status=Status.CHANGED, detail=other)
        yield verdict._replace(question=saved.question, row=saved.row)


def _holds_cut(cited: SavedQuotation, cut: Mapping[str, Any]) -> bool:
    """Whether what was cut out is words of a quotation: where these stand, it does."""
    start, end = int(cut["start"]), int(cut["end"])
    if cited.at is None or not cited.at.start <= start < end <= cited.at.end:
        return False
    return cited.quote[start - cited.at.start : end - cited.at.start] == str(cut["text"])
