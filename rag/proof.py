"""Do the quotations still stand in the documents? The proof behind every citation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from index import CitationError, Document, text_id
from rag.types import Answer

if TYPE_CHECKING:
    from index import Failure, Loaded
    from rag.documents import Paths


class Status(Enum):
    """The outcome for one quotation."""

    HOLDS = "holds"
    CHANGED = "changed"
    MISSING = "document missing"


class Verdict(NamedTuple):
    """One quotation's outcome; `detail` says what was found, for a person.

    `question` numbers the questions of a table from 1; 0 where it is an answer.
    """

    number: int
    source: str
    status: Status
    detail: str
    question: int = 0


def verify(
    answer: Answer | Mapping[str, Any],
    documents: Sequence[Document] | None = None,
    failures: Sequence[Failure] = (),
) -> list[Verdict]:
    """Check every quotation of an answer, or of its `to_dict()`, against `documents`.

    Of the `to_dict()` of a table those of all its cells, and what was cut out of them. `failures`
    say why a document is missing that could not be read. Without `documents` an Answer is checked
    against the documents it holds. Raises CitationError when a mapping is no answer, or comes
    without documents.
    """
    if isinstance(answer, Answer):
        data: Mapping[str, Any] = answer.to_dict()
        documents = documents if documents is not None else [c.document for c in answer.citations]
    else:
        data = answer
    if documents is None:
        raise CitationError("an answer from JSON is checked against documents; give them")
    try:
        if data["format"] != 1:
            raise ValueError(f"format {data['format']!r}, not 1")
        if "rows" in data:
            return list(_verdicts(data["rows"], documents, failures))
        citations = list(data["citations"])
        return [_verdict(c, documents, failures) for c in citations]
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as exc:
        raise CitationError(f"this is not an answer written by `ibid ask --json`: {exc!r}") from exc


def _verdicts(
    rows: Sequence[Mapping[str, Any]], documents: Sequence[Document], failures: Sequence[Failure]
) -> Iterator[Verdict]:
    """Those of the cells of a table, row by row."""
    by_source: dict[str, list[Document]] = {}
    for document in documents:
        by_source.setdefault(document.source, []).append(document)
    for row in rows:
        own = by_source.get(str(row["source"]), [])
        for question, cell in enumerate(row["cells"], 1):
            found = [_verdict(c, own, failures) for c in cell["answer"]["citations"]]
            cut = cell["cut"]
            for verdict in found:
                if cut and verdict.status is Status.HOLDS and not _stands(cut, own[0]):
                    changed = "other words than were cut out stand there"
                    verdict = verdict._replace(status=Status.CHANGED, detail=changed)
                yield verdict._replace(question=question)


def _stands(cut: Mapping[str, Any], document: Document) -> bool:
    return document.text[int(cut["start"]) : int(cut["end"])] == str(cut["text"])


def _verdict(
    cited: Mapping[str, Any], documents: Sequence[Document], failures: Sequence[Failure]
) -> Verdict:
    number, source, quote = int(cited["number"]), str(cited["source"]), cited["quote"]
    start, end = cited["start"], cited["end"]
    named = [d for d in documents if d.source == source]
    if not named:
        gone = f"there is no {source} among the documents"
        wrong = (f.reason for f in failures if _is_of(f.source, source) and not f.partly)
        return Verdict(number, source, Status.MISSING, next(wrong, gone))
    if type(start) is not int or type(end) is not int or not isinstance(quote, str):
        return Verdict(number, source, Status.CHANGED, "the offsets or the quotation are no such")
    if text_id(quote) != cited["quote_sha256"]:
        return Verdict(
            number, source, Status.CHANGED, "the quotation does not match its own sha256"
        )
    return _compare(cited, named[0], number, start, end, quote)


def _is_of(unread: str, source: str) -> bool:
    """Whether what was not read is the file of a source, or a folder above it."""
    return source == unread or source.startswith((f"{unread}#", f"{unread.rstrip('/')}/"))


def _compare(
    cited: Mapping[str, Any], document: Document, number: int, start: int, end: int, quote: str
) -> Verdict:
    source = document.source
    try:
        there = document.cut((start, end))
    except ValueError as exc:
        return Verdict(number, source, Status.CHANGED, str(exc))
    if there != quote:
        elsewhere = document.text.find(quote) if quote else -1
        hint = f"; it stands on line {document.line(elsewhere)} now" if elsewhere >= 0 else ""
        return Verdict(number, source, Status.CHANGED, f"other words stand at {start}:{end}{hint}")
    if document.id != cited["text_sha256"]:
        return Verdict(
            number, source, Status.CHANGED, "the quotation stands, but the text around it changed"
        )
    if document.meta.get("sha256", "") != cited["file_sha256"]:
        return Verdict(
            number, source, Status.CHANGED, "the text is the same, but the file's bytes changed"
        )
    return Verdict(number, source, Status.HOLDS, f"line {document.line(start)}")


def read_documents(documents: Paths | None) -> Loaded:
    """The documents as they are now: files and folders, an index, or None for the bundled articles.

    An index gives its documents as they were when it was made. Raises DocumentError or
    StoreError.
    """
    from index import Index, Loaded, is_index
    from rag.documents import paths_of

    paths = paths_of(documents)
    if not is_index(paths[0]):
        return Index.load(*paths)
    index = Index(paths[0]).open()
    return Loaded(tuple(index.documents), index.failures)
