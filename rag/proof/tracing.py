"""What became of one quotation: the same place, another one, other words, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath

from index import CitationError, Document, Span, text_id, worded
from rag.citations import Citation
from rag.proof.carrying import carrying
from rag.proof.changes import Change, diff
from rag.proof.current import CurrentDocuments, Sentences
from rag.proof.places import alike_in, best_place, places_of
from rag.proof.saved import SavedQuotation
from rag.proof.verdicts import Status, Verdict

_ALSO = 20  # other files of which it is looked up whether they say it still


def trace(saved: SavedQuotation, current: CurrentDocuments) -> Verdict:
    """The outcome for a quotation, looked for in its own document first, then in all others."""
    return _Trace(saved, current).verdict()


class _Trace:
    def __init__(self, saved: SavedQuotation, current: CurrentDocuments) -> None:
        self._saved, self._current = saved, current
        self._own = current.named(saved.source)

    def verdict(self) -> Verdict:
        saved, own = self._saved, self._own
        if saved.at is None or text_id(saved.quote) != saved.text("quote_sha256"):
            if own is None:
                return self._lost()
            wrong = "the offsets or the quotation are no such"
            forged = "the quotation does not match its own sha256"
            return self._told(Status.CHANGED, wrong if saved.at is None else forged)
        steps: list[Callable[[], Verdict | None]] = [self._elsewhere, self._alike_elsewhere]
        if own is not None:
            steps = [lambda: self._in_place(own), lambda: self._within(own), self._elsewhere]
        found = (step() for step in steps)
        return next((verdict for verdict in found if verdict is not None), None) or self._lost()

    def _in_place(self, own: Document) -> Verdict | None:
        """It holds where the text is the same, down to the last character."""
        saved = self._saved
        is_same = own.id == saved.text("text_sha256")
        if saved.at is None or not is_same or not _stands_at(saved, own):
            return None
        bytes_stay = own.meta.get("sha256", "") == saved.text("file_sha256")
        changed = "" if bytes_stay else "; the text is the same, but the file's bytes changed"
        return self._stands(
            Status.HOLDS, own, saved.at, f"line {own.line(saved.at.start)}{changed}"
        )

    def _within(self, own: Document) -> Verdict | None:
        """Elsewhere in its own document, or in other words there."""
        saved, sentences = self._saved, self._current.sentences(own)
        if places := places_of(saved, sentences):
            place, changes = best_place(saved, sentences, places)
            if changes:
                return self._changed(own, place, changes, "the words stand there")
            line = f"line {own.line(place.start)}"
            if place == saved.at and own.cut(place) == saved.quote:
                return self._stands(Status.HOLDS, own, place, f"{line}; the text around it changed")
            return self._moved(own, place)
        return self._alike(own)

    def _alike(self, document: Document) -> Verdict | None:
        span = alike_in(self._saved.quote, self._current.sentences(document))
        if span is None:
            return None
        change = diff("words", self._saved.quote, document.cut(span))
        return self._changed(document, span, (change,), "other words stand there")

    def _elsewhere(self) -> Verdict | None:
        """In another document: the same text, or one that is known again by more than the words.

        One that said it already when it was saved is not where it has moved to.
        """
        saved = self._saved
        same = self._current.with_text(saved.text("text_sha256"))
        if same is not None and same != self._own and _stands_at(saved, same) and saved.at:
            return self._moved(same, saved.at)
        changed: Verdict | None = None
        for document in self._others():
            if self._says_it(document) is None:
                continue
            sentences = self._current.sentences(document)
            place, changes = best_place(saved, sentences, places_of(saved, sentences))
            if self._is_called_alike(document) or _stood_beside(saved, document, place):
                if not changes:
                    return self._moved(document, place)
                changed = changed or self._changed(
                    document, place, changes, "the words stand there"
                )
        return changed

    def _alike_elsewhere(self) -> Verdict | None:
        """In other words in a document of the same name or title, where its own is missing."""
        called = filter(self._is_called_alike, self._others())
        return next(filter(None, map(self._alike, called)), None)

    def _others(self) -> Iterator[Document]:
        said = {self._saved.source, *self._saved.also}
        for document in self._current.documents:
            if document != self._own and said.isdisjoint((document.source, *document.copies)):
                yield document

    def _is_called_alike(self, document: Document) -> bool:
        title = worded(self._saved.text("title")).casefold()
        if title and title == worded(document.title).casefold():
            return True
        stems = (PurePosixPath(source).stem for source in (document.source, self._saved.source))
        return len(set(stems)) == 1

    def _says_it(self, document: Document) -> Span | None:
        """Where a document says it word for word; most hold not even its longest words."""
        rare = sorted(self._saved.quote.split(), key=len)[-3:]
        if not any(word in document.text for word in rare):
            return None
        return next(iter(places_of(self._saved, self._current.sentences(document))), None)

    def _lost(self) -> Verdict:
        saved, current = self._saved, self._current
        if self._own is not None:
            return self._told(Status.GONE, f"nothing like it stands there{self._also_said()}")
        wrong = (f.reason for f in current.failures if _is_of(f.source, saved.source))
        none = f"there is no {saved.source} among the documents{self._also_said()}"
        return self._told(Status.MISSING, next(wrong, none))

    def _also_said(self) -> str:
        named = next(iter(self._still_in(self._saved.also)), "")
        return f"; {named} says it" if named else ""

    def _still_in(self, names: tuple[str, ...]) -> list[str]:
        """Which of these files say it."""
        documents = [(name, self._current.named(name)) for name in names[:_ALSO]]
        return [name for name, found in documents if found is not None and self._says_it(found)]

    def _moved(self, document: Document, place: Span) -> Verdict:
        saved, line = self._saved, document.line(place.start)
        before = saved.entry.get("line")
        was = f", was line {before}" if type(before) is int and before > 0 else ""
        there = f"line {line}" if document == self._own else f"{document.source}:{line}"
        if document == self._own and before == line and saved.at:
            was = f", {place.start}:{place.end} instead of {saved.at.start}:{saved.at.end}"
        is_set = document.cut(place) != saved.quote
        otherwise = "; set otherwise: white space, hyphens or marks" if is_set else ""
        return self._stands(Status.MOVED, document, place, f"{there}{was}{otherwise}")

    def _stands(self, status: Status, document: Document, place: Span, detail: str) -> Verdict:
        return self._told(status, detail, self._cited(document, place))

    def _changed(
        self, document: Document, place: Span, changes: tuple[Change, ...], what: str
    ) -> Verdict:
        line = document.line(place.start)
        there = f"line {line}" if document == self._own else f"{document.source}:{line}"
        others = ", ".join(f"{c.what} is another" for c in changes if c.what != "words")
        detail = f"{there}: {what}{f', but {others}' if others else ''}"
        cited = Citation(document, *place, None, 0.0, self._saved.number)
        return self._told(Status.CHANGED, detail, cited, changes)

    def _told(
        self,
        status: Status,
        detail: str,
        now: Citation | None = None,
        changes: tuple[Change, ...] = (),
    ) -> Verdict:
        saved = self._saved
        return Verdict(
            saved.number, saved.source, status, detail, quote=saved.quote, now=now, changes=changes
        )

    def _cited(self, document: Document, place: Span) -> Citation:
        """The quotation, cut anew, with all that JSON says of it and that is still so."""
        saved, entry = self._saved, self._saved.entry
        sentences = self._current.sentences(document)
        placed = sentences.at(place.start)
        carried = _carried(saved, document, place)
        is_same = document.id == saved.text("text_sha256")
        headings = placed.headings if placed and not is_same else saved.headings
        plain = Citation(
            document,
            *place,
            _context(saved, sentences, place, is_same),
            float(entry["score"]),
            saved.number,
            headings,
            also=tuple(name for name in self._still_in(saved.also) if name != document.source),
        )
        with suppress(CitationError):
            return Citation(
                document,
                *place,
                plain.context,
                plain.score,
                plain.number,
                headings,
                sentences=carried("sentences"),
                emphasis=carried("emphasis"),
                also=plain.also,
                members=carried("members"),
            )
        return plain


def _stands_at(saved: SavedQuotation, document: Document) -> bool:
    with suppress(ValueError):
        return saved.at is not None and document.cut(saved.at) == saved.quote
    return False


def _stood_beside(saved: SavedQuotation, document: Document, place: Span) -> bool:
    """Whether what stands before or behind it there is what stood there when it was saved."""
    sides = [
        (saved.prefix, document.text[max(0, place.start - len(saved.prefix)) : place.start]),
        (saved.suffix, document.text[place.end : place.end + len(saved.suffix)]),
    ]
    return any(was.strip() and worded(was) == worded(now) for was, now in sides)


def _is_of(unread: str, source: str) -> bool:
    """Whether what was not read is the file of a source, or a folder above it."""
    return source == unread or source.startswith((f"{unread}#", f"{unread.rstrip('/')}/"))


def _context(
    saved: SavedQuotation, sentences: Sentences, place: Span, is_same: bool
) -> Span | None:
    context = saved.entry.get("context")
    if not context:
        return None
    if is_same:
        start, end = context
        return Span(start, end) if type(start) is int and type(end) is int else None
    placed = sentences.at(place.start)
    if placed is None or not saved.leans_on:
        return None
    document, wanted = sentences.document, worded(saved.leans_on[0], unmarked=True)
    spans = (placed.sentence.lead, placed.before)
    return next((s for s in spans if s and worded(document.cut(s), unmarked=True) == wanted), None)


def _carried(
    saved: SavedQuotation, document: Document, place: Span
) -> Callable[[str], tuple[Span, ...]]:
    """What gives the stretches of the quotation that a field lists, none where one is no such."""
    carried = carrying(saved, document, place)

    def stretches(field: str) -> tuple[Span, ...]:
        try:
            return tuple(map(carried, saved.entry.get(field, ())))
        except (TypeError, ValueError):
            return ()

    return stretches
