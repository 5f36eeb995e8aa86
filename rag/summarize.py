"""Extractive summary: which sentences are quoted, in which order, none said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from index.clean import clean
from index.types import Document, Passage, Span
from index.words import question_words, stems
from rag.types import Citation, Reading

# log odds; chosen by training.summary
NEW_SOURCE, NEW_WORDS = 1.0, 1.0
SAME = 0.8  # share of the shorter one's words at which two sentences say the same
_LEANS = re.compile(
    r"""(?xi) (?:it|they|he|she|this|that|these|those|such|its|their|his|her|both
        |the\ (?:former|latter)|(?:the\ )?(?:first|second|third|other)s?
        |but|and|or|so|yet|however|moreover|thus|therefore|instead|also|then|still|otherwise
        |in\ addition|as\ a\ result|for\ (?:example|instance))\b"""
)
_SELF_CONTAINED = re.compile(
    r"(?i)(?:it (?:is|was|has been) \w+ (?:that|to)|this (?:article|paper|report|year))\b"
)


def summarize(
    question: str, readings: Sequence[Reading], *, max_sentences: int, keep: float
) -> tuple[Citation, ...]:
    """Quotations of the best sentences, in shown order.

    Sentences follow each other best first while they score at most `keep` below the best one
    and do not repeat a chosen one. A source not yet quoted has an advantage, and so has what
    holds words of the question that no chosen sentence holds. Shown: the
    source of the best citation first, then by best score; document order within a source;
    neighbours joined into one quotation.
    """
    chosen = choose(question, readings, max_sentences, keep)
    best: dict[str, float] = {}
    for reading in chosen:
        document = reading.hit.passage.document
        best[document.id] = max(best.get(document.id, reading.score), reading.score)
    # `chosen` is best first and sorting is stable, so equal sources keep that order
    order = {d: i for i, d in enumerate(sorted(best, key=lambda d: -best[d]))}
    chosen.sort(key=lambda r: (order[r.hit.passage.document.id], r.span))
    joined = [c for _, group in groupby(chosen, _document_id) for c in _join(list(group))]
    return tuple(replace(c, number=n) for n, c in enumerate(joined, 1))


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
    question: str,
    readings: Sequence[Reading],
    most: int,
    keep: float,
    *,
    new_source: float = NEW_SOURCE,
    new_words: float = NEW_WORDS,
) -> list[Reading]:
    """The readings that are quoted, best first; `readings` are best first. All in log odds.

    Greedy, as maximal marginal relevance is (Carbonell and Goldstein, SIGIR 1998).

    A sentence gains `new_source` where its source does not speak yet, and of `new_words` the
    share of the question's words that it is the first to hold; what was said already is passed
    over.
    """
    asked = frozenset(stem for _, stem in question_words(question))
    least = readings[0].score - keep - new_source - new_words if readings else 0.0
    left = [
        (r, frozenset(stems(r.hit.passage.document.cut(r.span))))
        for r in readings if r.score >= least
    ]  # fmt: skip
    chosen: list[Reading] = []
    said: list[frozenset[str]] = []
    heard: set[str] = set()
    covered: frozenset[str] = frozenset()

    def gain(candidate: tuple[Reading, frozenset[str]]) -> float:
        reading, words = candidate
        if not chosen:
            return reading.score
        news = len((words & asked) - covered) / max(1, len(asked))
        return reading.score + new_source * (_document_id(reading) not in heard) + new_words * news

    while left and len(chosen) < most:
        gains = [gain(candidate) for candidate in left]
        best = max(range(len(left)), key=gains.__getitem__)
        if chosen and gains[best] < chosen[0].score - keep:
            break
        reading, words = left.pop(best)
        if not any(_same(words, other) for other in said):
            chosen.append(reading)
            said.append(words)
            heard.add(_document_id(reading))
            covered |= words & asked
    return chosen


def _same(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sentences say the same: nearly all words shared, and every number.

    Containment alone would drop a long sentence for a stub that it happens to hold, so the
    shorter one must be at least half as long.
    """
    small, large = sorted((a, b), key=len)
    if not small:
        return not large
    numbers = {w for w in a ^ b if any(c.isdigit() for c in w)}
    return not numbers and 2 * len(small) >= len(large) and len(small & large) >= SAME * len(small)


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
    """Only white space within a paragraph, or a list marker's line, between them: no heading."""
    between = document.text[a.end : b.start]
    return not between.strip() and between.count("\n") < 2


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


def _context(reading: Reading) -> Span | None:
    """The sentence before one that leans on it ("It …", "They …"), or a list's introduction."""
    passage: Passage = reading.hit.passage
    at = next(i for i, s in enumerate(passage.sentences) if s.span == reading.span)
    if passage.sentences[at].lead is not None:
        return passage.sentences[at].lead
    if at == 0 or not leans(passage.document.cut(reading.span)):
        return None
    before = passage.sentences[at - 1].span
    return before if passage.sentences[at - 1].role == "body" else None


def leans(sentence: str) -> bool:
    """Whether a sentence begins with a word that points back."""
    words = clean(sentence).lstrip("\"'(")
    return bool(_LEANS.match(words)) and not _SELF_CONTAINED.match(words)
