"""Extractive summary: which sentences are quoted, in which order, none said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, product, starmap
from math import inf
from typing import NamedTuple

from index import Document, Passage, Query, Span, holds
from rag.compose.lists import WholeList
from rag.logistic import log_odds
from rag.query import AskedQuestion
from rag.statements import leans, states_the_same
from rag.types import Choice, Citation, Reading, Reason

# what a further sentence adds, in log odds of its score: fitted by training.summary
SURE, NEW_WORDS = 3.6, 6.3
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
    new_words: float = NEW_WORDS,
) -> list[Choice]:
    """What becomes of each of `readings`, which are best first: the chosen ones first, in turn.

    Greedy, as maximal marginal relevance is (Carbonell and Goldstein, SIGIR 1998). `most`
    sentences are chosen while they score at most `keep` (log odds) below the best one, and as much
    more as they have an advantage: `sure` times the log odds that the sentence would answer by
    itself, and of `new_words` the share that it is the first to hold of the question's words. What
    was said already is passed over. A sentence that repeats the question sets no bar for others:
    they are measured by the best of those that do not, where its probability is `likely` or more.
    """
    best = readings[0].score if readings else 0.0
    keep += best - _bar(question, readings, likely)
    left = [_Sentence.of(r) for r in readings]
    words = question.asked(dict.fromkeys(one.language for one in left))
    asked = {language: frozenset(stem for _, stem in own) for language, own in words.items()}
    said = _Said(asked, sure, new_words)
    passed: list[Choice] = []
    while left and len(said.chosen) < most:
        gains = [one.reading.score + said.advantage(one) for one in left]
        first = max(range(len(left)), key=gains.__getitem__)
        if said.chosen and gains[first] < best - keep:
            break
        one = left.pop(first)
        limit, repeated = keep + said.advantage(one), said.repeated(one)
        if repeated is None:
            said.add(one, limit)
        else:
            passed.append(Choice(one.reading, Reason.REPEATS, limit, repeated))
    for one in left:
        advantage = said.advantage(one)
        near = one.reading.score + advantage >= best - keep
        reason = Reason.ENOUGH if near else Reason.FAR_BELOW
        passed.append(Choice(one.reading, reason, keep + advantage))
    return [*said.chosen, *passed]


def _bar(question: Query, readings: Sequence[Reading], likely: float) -> float:
    """The score by which the others are measured: what repeats the question earns nothing by it."""
    if not readings:
        return 0.0
    told = next((r for r in readings if not holds(_words_of(r), question)), readings[0])
    return told.score if told.probability >= likely else readings[0].score


def _words_of(reading: Reading) -> str:
    return reading.hit.passage.document.cut(reading.span)


class _Sentence(NamedTuple):
    reading: Reading
    words: frozenset[str]

    @classmethod
    def of(cls, reading: Reading) -> _Sentence:
        return cls(reading, frozenset(reading.stems))

    @property
    def language(self) -> str:
        return self.reading.hit.passage.document.language


class _Said:
    """What was chosen so far, and what that means for the others."""

    def __init__(self, asked: Mapping[str, frozenset[str]], sure: float, new_words: float) -> None:
        """`asked` are the stems of the question's words in each language."""
        self._asked = asked
        self._sure, self._new_words = sure, new_words
        self._sentences: list[_Sentence] = []
        self._covered: frozenset[str] = frozenset()
        self.chosen: list[Choice] = []

    def advantage(self, one: _Sentence) -> float:
        """How much lower than others it may score; 0 for the first, which has no others."""
        if not self.chosen:
            return 0.0
        asked = self._asked[one.language]
        news = len((one.words & asked) - self._covered) / max(1, len(asked))
        return self._sure * log_odds(one.reading.probability) + self._new_words * news

    def repeated(self, one: _Sentence) -> Reading | None:
        """The chosen sentence that says the same."""
        return next((o.reading for o in self._sentences if _same(one, o)), None)

    def add(self, one: _Sentence, limit: float) -> None:
        """Choose it."""
        self.chosen.append(Choice(one.reading, Reason.CHOSEN, limit))
        self._sentences.append(one)
        self._covered |= one.words & self._asked[one.language]


def _same(sentence: _Sentence, another: _Sentence) -> bool:
    """Whether two sentences state the same: what they lean on, too."""
    shared, fewer = sentence.words & another.words, min(sentence.words, another.words, key=len)
    if 4 * len(shared) < len(fewer):
        return False  # nothing that states the same has so little in common: most pairs end here
    one, other = sentence.reading, another.reading
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
    return before if passage.sentences[at - 1].role == "body" else None
