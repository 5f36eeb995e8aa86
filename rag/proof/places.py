"""Where in a document the words of a saved quotation stand, and what is most like them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Set

from index import Document, Span, worded
from rag.proof.changes import Change, diff
from rag.proof.current import Sentences, letters_of, words_of
from rag.proof.saved import SavedQuotation

ALIKE = 0.5  # of the words of both, weighted by how rare they are in the document
_MANY = 1_000  # places that are looked at
_ABOVE = 20_000  # characters above a place, in which its heading is looked for
_MOST = 20_000  # characters of a quotation that something alike is looked for
_NUMBERED = re.compile(r"\W*(?:\d[\d.]*[.):]?|[IVXLC]+[.):]|[A-Za-z][.)])\s+")


def places_of(saved: SavedQuotation, sentences: Sentences) -> list[Span]:
    """Where it stands word for word, and by itself: none where it is part of a longer sentence.

    On either side a sentence begins or ends, or there stands what stood there when it was saved.
    """
    document = sentences.document
    unmarked = is_other_format(saved, document)
    wanted = worded(saved.quote, unmarked=unmarked)
    found = {
        span
        for span in _whole_sentences(saved.quote, sentences)
        if worded(document.cut(span), unmarked=unmarked) == wanted
    }
    for start in _occurrences(saved.quote, document.text):
        span = Span(start, start + len(saved.quote))
        if all(_stood_beside(saved, document.text, span, sentences)):
            found.add(span)
    return sorted(found)


def _whole_sentences(quote: str, sentences: Sentences) -> Iterator[Span]:
    """Runs of whole sentences that have its letters."""
    own = letters_of(quote)
    text, edges = sentences.letters
    for at in _occurrences(own, text) if own else ():
        first, stop = bisect_right(edges, at) - 1, bisect_left(edges, at + len(own))
        if edges[first] == at and edges[stop] == at + len(own):
            span = Span(sentences.starts[first], sentences.ends[stop - 1])
            if _is_parted(sentences.document.text, span):
                yield span


def _is_parted(text: str, span: Span) -> bool:
    """Whether no sentence goes on there: an index cuts long ones, and keeps the parts alone."""
    before, after = text[: span.start].rstrip(), text[span.end :].lstrip()
    sides = [
        (before[-1:], text[len(before) : span.start]),
        (text[span.end - 1], text[span.end : len(text) - len(after)]),
    ]
    return not any(last.isalnum() and gap == " " for last, gap in sides)


def _stood_beside(
    saved: SavedQuotation, text: str, span: Span, sentences: Sentences
) -> tuple[bool, bool]:
    """Of either side, whether it stands by itself or beside what it stood beside."""
    before = text[max(0, span.start - len(saved.prefix)) : span.start]
    after = text[span.end : span.end + len(saved.suffix)]
    known = "prefix" in saved.entry
    return (
        (known and worded(before) == worded(saved.prefix)) or sentences.begins(span.start),
        (known and worded(after) == worded(saved.suffix)) or sentences.ends_at(span.end),
    )


def _occurrences(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    for _ in range(_MANY):
        if at < 0:
            return
        yield at
        at = text.find(wanted, at + 1)


def best_place(
    saved: SavedQuotation, sentences: Sentences, places: list[Span]
) -> tuple[Span, tuple[Change, ...]]:
    """Of several the one that is said under the same, then the one nearest; and what differs."""
    text, at = sentences.document.text, saved.at or Span(0, 0)

    def rank(place: Span) -> tuple[int, int, int]:
        stays = _stood_beside(saved, text, place, sentences)
        around = len(list(_surroundings(saved, sentences, place)))
        return around, -sum(stays), abs(place.start - at.start)

    best = min(places, key=rank)
    return best, tuple(diff(*other) for other in _surroundings(saved, sentences, best))


def _surroundings(
    saved: SavedQuotation, sentences: Sentences, place: Span
) -> Iterator[tuple[str, str, str]]:
    """What it is said under or leans on, where that is something else: what, as it was and is."""
    placed = sentences.at(place.start)
    now = placed.headings if placed else ()
    if saved.headings and not _same_headings(saved, sentences.document, now, place.start):
        yield "the heading above it", " › ".join(saved.headings), " › ".join(now)
    unmarked = is_other_format(saved, sentences.document)
    leads = sentences.leads_to(place.start)
    known = {worded(lead, unmarked=unmarked) for lead in leads}
    for lean in saved.leans_on or ():
        if worded(lean, unmarked=unmarked) not in known:
            likest = max(leads, key=lambda lead: _common(lead, lean), default="")
            yield "what it leans on", lean, likest


def _common(one: str, other: str) -> int:
    return len(words_of(one) & words_of(other))


def _same_headings(
    saved: SavedQuotation, document: Document, now: tuple[str, ...], start: int
) -> bool:
    """Whether the headings are the same but for their numbers.

    Of another file, or another format, the nearest: what was a heading may be the title there.
    Where none is seen, since the lines are broken elsewhere, its words still stand above.
    """
    before, after = [*map(_plain, saved.headings)], [*map(_plain, now)]
    is_same_file = saved.source in (document.source, *document.copies)
    if is_same_file and document.meta.get("loader", "") == saved.text("loader") and now:
        return before == after
    if before[-1] == (after or [_plain(document.title)])[-1]:
        return True
    above = document.text[max(0, start - _ABOVE) : start]
    return not now and letters_of(saved.headings[-1]) in letters_of(above)


def _plain(heading: str) -> str:
    return _NUMBERED.sub("", worded(heading, unmarked=True), count=1).casefold()


def is_other_format(saved: SavedQuotation, document: Document) -> bool:
    """Whether the document was read by another loader than the one that was quoted."""
    names = (saved.text("loader"), document.meta.get("loader", ""))
    return len({name.partition("/")[0] for name in names}) > 1


def alike_in(quote: str, sentences: Sentences) -> Span | None:
    """The sentence, or run of sentences, that is most like a quotation; None where none is alike.

    Alike is what shares at least half of the words of both, each weighted by how rare it is in the
    document: rows of a table share the names of their columns and are not alike for that.
    """
    if len(quote) > _MOST or not sentences.placed:
        return None
    wanted = words_of(quote)
    weights = sentences.weights(wanted)

    def alike(words: Set[str]) -> float:
        total = sum(weights[w] for w in wanted) + sum(weights[w] for w in words)
        return 2 * sum(weights[w] for w in wanted & words) / total if total else 0.0

    scores = [alike(words) for words in sentences.words]
    best = max(range(len(scores)), key=scores.__getitem__)
    first, last, score, words = best, best, scores[best], sentences.words[best]
    while True:
        sides = [(first - 1, last, first - 1), (first, last + 1, last + 1)]
        wider = [
            (alike(words | sentences.words[new]), low, high, words | sentences.words[new])
            for low, high, new in sides
            if low >= 0 and high < len(scores)
        ]
        better = max(wider, key=lambda found: found[0], default=None)
        if better is None or better[0] <= score:
            break
        score, first, last, words = better
    if score < ALIKE:
        return None
    return Span(sentences.starts[first], sentences.ends[last])
