"""Extractive summary: which sentences are quoted, in which order, none said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, product, starmap
from math import inf

from index import Document, Passage, Query, Span, holds
from rag.compose.lists import WholeList
from rag.logistic import log_odds
from rag.query import AskedQuestion
from rag.statements import leans, states_the_same
from rag.types import Choice, Citation, Reading, Reason

# what a further sentence may score lower by, in log odds: fitted by training.summary
SURE, DOUBT, ACCOUNT = 0.9, 0.35, 0.55
AKIN = 0.7  # share of the shorter one's words, at which two sentences are shown side by side


def summarize(
    choices: Sequence[Choice], whole: Callable[[Reading], WholeList | None] = lambda _: None
) -> tuple[Citation, ...]:
    """Quotations of the sentences that `choose` chose, in shown order: the best one first.

    Neighbours are joined into one quotation. What `whole` knows as a list is quoted as that list.
    One that says nearly what another says, and not the same, follows that one.
    """
    chosen = [choice.reading for choice in choices if choice.reason is Reason.CHOSEN]
    lists: dict[tuple[str, WholeList], list[Reading]] = {}
    alone: list[Reading] = []
    for reading in chosen:
        found = whole(reading)
        own = alone if found is None else lists.setdefault((_document_id(reading), found), [])
        own.append(reading)
    alone.sort(key=lambda r: (_document_id(r), r.span))
    quoted = [c for _, group in groupby(alone, _document_id) for c in _join(list(group))]
    quoted += [_cite_list(found, own) for (_, found), own in lists.items()]
    place = {(_document_id(r), r.span): i for i, r in enumerate(chosen)}
    quoted.sort(key=lambda c: (-c.score, place[c.document.id, c.top]))
    words = {(_document_id(r), r.span): _plain_stems(r) for r in chosen}
    shown = _side_by_side(quoted, words)
    return tuple(replace(c, number=n) for n, c in enumerate(shown, 1))


def _side_by_side(
    citations: Sequence[Citation], words: Mapping[tuple[str, Span], frozenset[str]]
) -> list[Citation]:
    """The citations, each behind the last one before it that is akin to it, where one is.

    `words` are those of each sentence that was chosen, by its document's id and its span.
    """
    shown: list[Citation] = []
    said: list[list[frozenset[str]]] = []
    for citation in citations:
        places = [(citation.document.id, part) for part in citation.parts]
        own = [words[place] for place in places if place in words]
        akin = (
            i for i in reversed(range(len(shown))) if any(starmap(_akin, product(said[i], own)))
        )
        at = next(akin, len(shown) - 1) + 1
        shown.insert(at, citation)
        said.insert(at, own)
    return shown


def closest(readings: Sequence[Reading], count: int = 3) -> tuple[Citation, ...]:
    """The best sentence of each of the best passages: shown as "not an answer"."""
    seen: dict[tuple[str, int], Reading] = {}
    for reading in readings:
        passage = reading.hit.passage
        seen.setdefault((passage.document.id, passage.start), reading)
    cited = [_cite([r]) for r in list(seen.values())[:count]]
    return tuple(replace(c, number=n, emphasis=()) for n, c in enumerate(cited, 1))


def _document_id(reading: Reading) -> str:
    return reading.hit.passage.document.id


def choose(
    question: AskedQuestion,
    readings: Sequence[Reading],
    most: int,
    keep: float,
    *,
    likely: float = inf,
    sure: float = SURE,
    doubt: float = DOUBT,
    account: float = ACCOUNT,
) -> list[Choice]:
    """What becomes of each of `readings`, which are best first: the chosen ones first, in turn.

    `most` sentences are chosen while they score at most `keep` (log odds) below the best one. One
    may score lower by `sure` times the log odds that it would answer by itself, less `doubt` times
    those of the best one, for where that may be wrong another may be right; and by `account` where
    the question asks for one, which takes several. What was said already is passed over. A sentence
    that repeats the question sets no bar for others: they are measured by the best of those that do
    not, where its probability is `likely` or more.
    """
    if not readings:
        return []
    best = readings[0]
    bar = _bar(question, readings, likely)
    keep += best.score - bar.score - doubt * log_odds(bar.probability)
    keep += account if question.is_open_ended else 0.0
    chosen: list[Choice] = []
    passed: list[Choice] = []
    for reading in readings:
        limit = keep + sure * log_odds(reading.probability)
        if chosen and best.score - reading.score > limit:
            passed.append(Choice(reading, Reason.FAR_BELOW, limit))
            continue
        limit = max(limit, best.score - reading.score)  # the best one has no others
        if len(chosen) == most:
            passed.append(Choice(reading, Reason.ENOUGH, limit))
            continue
        repeated = next((c.reading for c in chosen if _same(reading, c.reading)), None)
        if repeated is not None:
            passed.append(Choice(reading, Reason.REPEATS, limit, repeated))
        else:
            chosen.append(Choice(reading, Reason.CHOSEN, limit))
    return [*chosen, *passed]


def _bar(question: Query, readings: Sequence[Reading], likely: float) -> Reading:
    """By which the others are measured: what repeats the question earns nothing by it."""
    told = next((r for r in readings if not holds(_words_of(r), question)), readings[0])
    return told if told.probability >= likely else readings[0]


def _words_of(reading: Reading) -> str:
    return reading.hit.passage.document.cut(reading.span)


def _same(one: Reading, other: Reading) -> bool:
    """Whether two sentences state the same: what they lean on, too."""
    words, others = frozenset(one.stems), frozenset(other.stems)
    if 4 * len(words & others) < min(len(words), len(others)):
        return False  # nothing that states the same has so little in common: most pairs end here
    a, b = one.hit.passage.document, other.hit.passage.document
    language = a.language if a.language == b.language else ""
    if not states_the_same(a.cut(one.span), b.cut(other.span), language):
        return False
    before, there = _context(one), _context(other)
    if before is None or there is None:
        return before is there
    return states_the_same(a.cut(before), b.cut(there), language)


def _plain_stems(reading: Reading) -> frozenset[str]:
    return frozenset(w for w in reading.stems if not any(map(str.isdigit, w)))


def say_nearly_the_same(one: Reading, other: Reading) -> bool:
    """Whether two sentences differ in few words, or in a number."""
    return _akin(_plain_stems(one), _plain_stems(other))


def _akin(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sentences say nearly the same: they differ in few words, or in a number."""
    small, large = sorted((a, b), key=len)
    return 2 * len(small) >= len(large) and len(small & large) >= max(1, AKIN * len(small))


def _join(readings: Sequence[Reading]) -> Iterator[Citation]:
    """Neighbouring sentences of one document as one quotation; `readings` by offset."""
    run: list[Reading] = []
    for reading in readings:
        document = reading.hit.passage.document
        if run and not _adjacent(document, run[-1].span, reading.span):
            yield _cite(run)
            run = []
        run.append(reading)
    if run:
        yield _cite(run)


def _adjacent(document: Document, a: Span, b: Span) -> bool:
    """Only white space within a paragraph, or a list marker's line, between them: no heading.

    Nor the begin of a page: of what is quoted together one place is told, and a table's row is a
    place of its own.
    """
    between = document.text[a.end : b.start]
    same_page = document.page(a.start) == document.page(b.start)
    return same_page and not between.strip() and between.count("\n") < 2


def _cite(run: Sequence[Reading]) -> Citation:
    best = max(run, key=lambda r: r.score)
    passage = run[0].hit.passage
    return Citation(
        document=passage.document,
        start=run[0].span.start,
        end=run[-1].span.end,
        context=_context(run[0]),
        score=best.score,
        number=1,
        headings=best.hit.passage.headings,
        sentences=tuple(r.span for r in run),
        best_sentence=best.span,
        emphasis=tuple(r.words for r in run if r.words),
    )


def _cite_list(found: WholeList, chosen: Sequence[Reading]) -> Citation:
    """A list as one quotation, from the sentence that leads to it to its last member."""
    best = max(chosen, key=lambda r: r.score)
    passage = best.hit.passage
    return Citation(
        document=passage.document,
        start=found.parts[0].start,
        end=found.parts[-1].end,
        context=None,
        score=best.score,
        number=1,
        headings=passage.headings,
        sentences=found.parts,
        best_sentence=best.span,
        emphasis=tuple(sorted(r.words for r in chosen if r.words)),
        members=found.members(passage.document),
    )


def _context(reading: Reading) -> Span | None:
    """The sentence before one that leans on it ("It …", "They …"), or a list's introduction."""
    passage: Passage = reading.hit.passage
    at = passage.place(reading.span)
    if passage.sentences[at].lead is not None:
        return passage.sentences[at].lead
    if at == 0 or not leans(passage.document.cut(reading.span)):
        return None
    before = passage.sentences[at - 1].span
    return before if passage.sentences[at - 1].role in ("body", "repeated") else None
