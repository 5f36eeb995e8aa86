"""Extractive summary: which sentences are quoted, in which order, none said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, product, starmap
from math import inf

from index import Document, Passage, Query, Sentence, Span, asks_something, holds, letters
from rag.citations import Citation
from rag.compose.lists import WholeList
from rag.logistic import log_odds
from rag.query import AskedQuestion
from rag.readings import Choice, Reading, Reason
from rag.statements import leans, states_the_same

# what a further sentence may score lower by, in log odds: fitted by training.summary
SURE, DOUBT, ACCOUNT = 0.9, 0.35, 0.55
NEXT = 1.5  # log odds, that the number asked for may score lower by, next to the best sentence
AKIN = 0.7  # share of the shorter one's words, at which two sentences are shown side by side


Whole = Callable[[Reading], WholeList | None]
Before = Callable[[Reading], Sentence | None]


def _alone(reading: Reading) -> None:
    """A sentence is of no list."""


def _before(reading: Reading) -> Sentence | None:
    """The sentence before one in its passage."""
    passage: Passage = reading.hit.passage
    at = passage.place(reading.span)
    return passage.sentences[at - 1] if at > 0 else None


def summarize(
    choices: Sequence[Choice], whole: Whole = _alone, before: Before = _before
) -> tuple[Citation, ...]:
    """Quotations of the sentences that `choose` chose, in shown order: the best one first.

    Neighbours are joined into one quotation. What `whole` knows as a list is quoted as that list.
    One that says nearly what another says, and not the same, follows that one. `before` gives the
    sentence above one.
    """
    chosen = [choice.reading for choice in choices if choice.reason is Reason.CHOSEN]
    lists: dict[tuple[str, WholeList], list[Reading]] = {}
    alone: list[Reading] = []
    for reading in chosen:
        found = whole(reading)
        own = alone if found is None else lists.setdefault((_document_id(reading), found), [])
        own.append(reading)
    alone.sort(key=lambda r: (_document_id(r), r.span))
    quoted = [c for _, group in groupby(alone, _document_id) for c in _join(list(group), before)]
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
        near = (i for i in reversed(range(len(shown))) if any(starmap(akin, product(said[i], own))))
        at = next(near, len(shown) - 1) + 1
        shown.insert(at, citation)
        said.insert(at, own)
    return shown


def closest(
    readings: Sequence[Reading], count: int = 3, before: Before = _before
) -> tuple[Citation, ...]:
    """The best sentence of each of the best passages: shown as "not an answer"."""
    seen: dict[tuple[str, int], Reading] = {}
    for reading in readings:
        passage = reading.hit.passage
        seen.setdefault((passage.document.id, passage.start), reading)
    cited = [_cite([r], before) for r in list(seen.values())[:count]]
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
    whole: Whole = _alone,
) -> list[Choice]:
    """What becomes of each of `readings`, which are best first: the chosen ones first, in turn.

    `most` sentences are chosen while they score at most `keep` (log odds) below the best one. One
    may score lower by `sure` times the log odds that it would answer by itself, less `doubt` times
    those of the best one, for where that may be wrong another may be right; and by `account` where
    the question asks for one, or for several things, which takes several. What `whole` knows as one
    list counts once. Where the best one holds no number or time that is asked for, and the sentence
    beside it does, that one may score lower by `NEXT`. What was said already is passed over. A
    sentence that repeats the question sets no bar for others: they are measured by the best of
    those that do not, where its probability is `likely` or more.
    """
    if not readings:
        return []
    best = readings[0]
    bar = _bar(question, readings, likely)
    keep += best.score - bar.score - doubt * log_odds(bar.probability)
    keep += account if question.is_open_ended or question.asks_for_several else 0.0
    chosen: list[Choice] = []
    passed: list[Choice] = []
    count, lists = 0, set[tuple[str, WholeList]]()
    for reading in readings:
        limit = keep + sure * log_odds(reading.probability)
        limit += NEXT if _completes(question, best, reading) else 0.0
        if chosen and best.score - reading.score > limit:
            passed.append(Choice(reading, Reason.FAR_BELOW, limit))
            continue
        limit = max(limit, best.score - reading.score)  # the best one has no others
        found = whole(reading)
        is_held = found is not None and (_document_id(reading), found) in lists
        if count == most and not is_held:
            passed.append(Choice(reading, Reason.ENOUGH, limit))
            continue
        repeated = next((c.reading for c in chosen if _repeats(reading, c.reading, whole)), None)
        if repeated is not None:
            passed.append(Choice(reading, Reason.REPEATS, limit, repeated))
        else:
            chosen.append(Choice(reading, Reason.CHOSEN, limit))
            count += not is_held
            lists |= {(_document_id(reading), found)} if found is not None else set()
    return [*chosen, *passed]


def _bar(question: Query, readings: Sequence[Reading], likely: float) -> Reading:
    """By which the others are measured: what repeats the question earns nothing by it."""
    told = next((r for r in readings if not holds(_words_of(r), question)), readings[0])
    return told if told.probability >= likely else readings[0]


def _completes(question: AskedQuestion, best: Reading, reading: Reading) -> bool:
    """Whether a sentence beside the best one holds the number or time asked for, which it lacks."""
    expected, document = question.expectation, best.hit.passage.document
    if expected is None or expected.kind == "person" or document != reading.hit.passage.document:
        return False
    one, other = sorted((best, reading), key=lambda r: r.span)
    if one.span.end > other.span.start or not _adjacent(document, one, other):
        return False
    return expected.met_by(_words_of(reading)) and not expected.met_by(_words_of(best))


def _words_of(reading: Reading) -> str:
    return reading.hit.passage.document.cut(reading.span)


def _repeats(one: Reading, other: Reading, whole: Whole) -> bool:
    """Whether two sentences state the same; of what is quoted whole, whether all of it does."""
    if not _same(one, other):
        return False
    lists = [_said_whole(reading, whole(reading)) for reading in (one, other)]
    return lists[0] == lists[1] or not all(lists)


def _said_whole(reading: Reading, found: WholeList | None) -> str:
    """The letters of what is quoted whole, "" for a sentence."""
    document = reading.hit.passage.document
    return "".join(letters(document.cut(part)) for part in found.parts) if found else ""


def _same(one: Reading, other: Reading) -> bool:
    """Whether two sentences state the same: what they lean on, too."""
    words, others = frozenset(one.stems), frozenset(other.stems)
    if 4 * len(words & others) < min(len(words), len(others)):
        return False  # nothing that states the same has so little in common: most pairs end here
    a, b = one.hit.passage.document, other.hit.passage.document
    language = a.language if a.language == b.language else ""
    if not states_the_same(a.cut(one.span), b.cut(other.span), language):
        return False
    before, there = _context(one, _before), _context(other, _before)
    if before is None or there is None:
        return before is there
    return states_the_same(a.cut(before), b.cut(there), language)


def _plain_stems(reading: Reading) -> frozenset[str]:
    return frozenset(w for w in reading.stems if not any(map(str.isdigit, w)))


def say_nearly_the_same(one: Reading, other: Reading) -> bool:
    """Whether two sentences differ in few words, or in a number."""
    return akin(_plain_stems(one), _plain_stems(other))


def akin(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sentences say nearly the same: they differ in few words, or in a number."""
    small, large = sorted((a, b), key=len)
    return 2 * len(small) >= len(large) and len(small & large) >= max(1, AKIN * len(small))


def _join(readings: Sequence[Reading], before: Before) -> Iterator[Citation]:
    """Neighbouring sentences of one document as one quotation; `readings` by offset."""
    run: list[Reading] = []
    for reading in readings:
        document = reading.hit.passage.document
        if run and not _adjacent(document, run[-1], reading):
            yield _cite(run, before)
            run = []
        run.append(reading)
    if run:
        yield _cite(run, before)


def _adjacent(document: Document, one: Reading, other: Reading) -> bool:
    """Only white space within a paragraph, or a list marker's line, between them: no heading.

    Nor the begin of a page, since of what is quoted together one place is told; nor the end of a
    table's row, since where one cell ends and the next begins would not be seen.
    """
    a, b = one.span, other.span
    between = document.text[a.end : b.start]
    same_page = document.page(a.start) == document.page(b.start)
    ends = 1 if "row" in (one.role, other.role) else 2
    return same_page and not between.strip() and between.count("\n") < ends


def _cite(run: Sequence[Reading], before: Before) -> Citation:
    best = max(run, key=lambda r: r.score)
    passage = run[0].hit.passage
    return Citation(
        document=passage.document,
        start=run[0].span.start,
        end=run[-1].span.end,
        context=_context(run[0], before),
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
    members = found.members(passage.document)
    return Citation(
        document=passage.document,
        start=found.parts[0].start,
        end=found.parts[-1].end,
        context=found.context,
        score=best.score,
        number=1,
        headings=passage.headings,
        sentences=found.parts,
        best_sentence=best.span,
        emphasis=tuple(sorted(r.words for r in chosen if r.words)),
        members=members if len(members) > 1 else (),
    )


def _context(reading: Reading, before: Before) -> Span | None:
    """The sentence before one that leans on it ("It …", "They …") or answers it; a list's lead."""
    passage: Passage = reading.hit.passage
    lead = passage.sentences[passage.place(reading.span)].lead
    own = before(reading) if lead is None else None
    if own is None or own.role not in ("body", "repeated"):
        return lead
    words = passage.document.cut
    is_needed = leans(words(reading.span)) or asks_something(words(own.span))
    return own.span if is_needed else None
