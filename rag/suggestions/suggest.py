"""Questions to offer a person: each was asked beforehand, and the documents answer it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from index import Document, Embedding, Passage, Query, Span, Tabled, Vectors, words
from rag.converse import missing_words
from rag.engine import Engine
from rag.lookup import turn_of
from rag.suggestions.ask_from import CandidateQuestion, questions_from
from rag.suggestions.casing import Casing
from rag.types import Answer, Citation

SAMPLE, OPENING = 24, 15  # documents looked at for openers, and passages of each
WRITTEN, CASED = 200, 2_000  # documents, and characters of each, that show how words are written
PASSAGES = 60  # searched around an answer, and beside what it quotes
TRIES = 10  # questions asked beforehand for one call: about a second
REPEATED = 0.3  # what a second question of the same pattern loses
RELATED = 3.0  # what the likeness (0-1) to the conversation counts, beside how well it reads
SAME = 0.6  # share of common words at which two questions ask the same


Scores = dict[CandidateQuestion, float]


class Suggester:
    """Questions that an engine's documents answer; may be used from several threads.

    Each candidate (`ask_from`) is asked before it is offered, and is offered where the
    best quotation holds the very sentence that it was made from. The same calls give the same
    questions.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        retriever = engine.retriever
        self._passages = retriever.passages if isinstance(retriever, Tabled) else None
        self._casing = lru_cache(64)(lambda d: Casing(d.text, self._background()))
        self._background = lru_cache(1)(self._read_casing)
        self._candidates_of_passage = lru_cache(4096)(self._make_candidates)
        self._vector = lru_cache(4096)(self._encode)
        self._holds = lru_cache(4096)(self._is_answered)
        self._opening: Callable[[], Scores] = lru_cache(1)(self._score_openers)

    def openers(self, count: int = 5) -> tuple[str, ...]:
        """For a page with no question yet: what documents of a fixed sample answer."""
        return self._choose([(self._opening(), 3 * count)], count, ())

    def follow_ups(self, history: Sequence[Answer], count: int = 3) -> tuple[str, ...]:
        """After the last answer: near its quotations, and neither asked nor answered before.

        Where there are too few of them, those that the page opens with fill up.
        """
        last = next((a for a in reversed(history) if a.citations), None)
        if last is None:
            return ()
        turns = [turn_of(a) for a in history]
        said = f"{last.looked_for} {last.best.quote if last.best else ''}"

        def stages() -> Iterator[tuple[Scores, int]]:
            yield self._score(self._candidates_of(self._passages_around(last)), said), TRIES
            yield self._opening(), 3 * count

        return self._choose(
            stages(), count, history, lambda c: not missing_words(Query(c.question), turns)
        )

    def rephrasings(self, answer: Answer, count: int = 2) -> tuple[str, ...]:
        """After an abstention: what is answered, and shares a name or half of the asked words."""
        if answer.citations:
            return ()
        asked = _names_and_words(answer.looked_for)
        near = {
            c: _nearness(asked, _names_and_words(c.question))
            for c in self._candidates_of(self._passages_around(answer))
        }
        scores = self._score([c for c, share in near.items() if share], answer.looked_for)
        return self._choose([({c: scores[c] + near[c] for c in scores}, TRIES)], count, ())

    def _score_openers(self) -> Scores:
        found: Scores = {}
        for document in self._sample(SAMPLE):
            passages = self._passages_of(document)[:OPENING]
            ranked = sorted(self._candidates_of(passages), key=lambda c: -c.promise)
            for place, candidate in enumerate(ranked):  # the best of each document first
                found.setdefault(candidate, candidate.promise - REPEATED * place)
        return found

    def _score(self, candidates: Iterable[CandidateQuestion], said: str) -> Scores:
        """How well each reads, and how like it is to what was said.

        The candidates' mean vector is taken off what was said: a question that is like everything
        would be offered after everything (hubs: Radovanović et al., JMLR 2010).
        """
        found = list(dict.fromkeys(candidates))
        if not found:
            return {}
        vectors = np.array([self._vector(c.question) for c in found])
        like = vectors @ (self._vector(said) - vectors.mean(axis=0))
        return {c: c.promise + RELATED * float(one) for c, one in zip(found, like, strict=True)}

    def _choose(
        self,
        stages: Iterable[tuple[Scores, int]],
        count: int,
        history: Sequence[Answer],
        allowed: Callable[[CandidateQuestion], bool] = lambda _: True,
    ) -> tuple[str, ...]:
        """The best that are answered, one of each sentence, patterns changing where they can.

        So many are tried of the first stage's, and of the next one's where they are too few.
        """
        chosen: list[CandidateQuestion] = []
        asked = [Query(a.looked_for).words().asked_stems for a in history]
        quoted = [c for a in history for c in a.citations]

        def is_new(candidate: CandidateQuestion) -> bool:
            own = Query(candidate.question).words().asked_stems
            return not (
                any(_asks_the_same(own, other) for other in asked)
                or any(_overlap(candidate, c.document, Span(c.start, c.end)) for c in quoted)
                or any(_overlap(candidate, c.document, c.span) for c in chosen)
            )

        for scores, tries in stages:
            left = sorted(scores, key=lambda c: (-scores[c], c.question))
            while left and tries and len(chosen) < count:
                patterns = [c.pattern for c in chosen]
                best = max(left, key=lambda c: scores[c] - REPEATED * patterns.count(c.pattern))
                left.remove(best)
                if not is_new(best) or not allowed(best):
                    continue
                tries -= 1
                if self._holds(best):
                    chosen.append(best)
                    asked.append(Query(best.question).words().asked_stems)
            if len(chosen) == count:
                break
        return tuple(c.question for c in chosen)

    def _sample(self, count: int) -> Sequence[Document]:
        """Documents at equal distances: the same ones each time."""
        documents = self._engine.documents
        return documents[:: max(1, -(-len(documents) // count))]

    def _read_casing(self) -> Casing:
        texts = (d.text[:CASED] for d in self._sample(WRITTEN))
        return Casing("\n".join(texts))

    def _encode(self, text: str) -> Vectors:
        """The text's vector; none where the retriever knows no vectors."""
        retriever = self._engine.retriever
        if not isinstance(retriever, Embedding):
            return np.zeros(1, np.float32)
        return retriever.encoder.encode_query(text)

    def _is_answered(self, candidate: CandidateQuestion) -> bool:
        """Whether the question is answered by the words it was made from."""
        best = self._engine.ask(candidate.question).best
        if best is None or not _overlap(candidate, best.document, best.top):
            return False
        return not best.document.cut(best.top).rstrip("\"”’' ").endswith("?")

    def _passages_around(self, answer: Answer) -> list[Passage]:
        """The passages quoted, those that were looked at, and those beside; nearest first."""
        cited = (*answer.citations, *answer.closest)
        searched = self._engine.retriever.search(Query(answer.looked_for), PASSAGES)
        found = [self._passages_beside(c, 1) for c in cited] + [[hit.passage for hit in searched]]
        found += [self._passages_beside(c, PASSAGES // 2) for c in cited[:1]]
        return list(dict.fromkeys(p for passages in found for p in passages))

    def _passages_beside(self, citation: Citation, reach: int) -> Sequence[Passage]:
        """The quoted passage and its neighbours."""
        passages = self._passages_of(citation.document)
        at = bisect_left(passages, citation.start + 1, key=lambda p: p.start) - 1
        return passages[max(0, at - reach) : at + reach + 1]

    def _passages_of(self, document: Document) -> Sequence[Passage]:
        """A document's passages; none where the retriever knows no table of them."""
        return () if self._passages is None else self._passages.of_document(document.id)

    def _candidates_of(self, passages: Iterable[Passage]) -> Iterator[CandidateQuestion]:
        for passage in passages:
            yield from self._candidates_of_passage(passage)

    def _make_candidates(self, passage: Passage) -> tuple[CandidateQuestion, ...]:
        return tuple(questions_from(passage, self._casing(passage.document)))


def _overlap(candidate: CandidateQuestion, document: Document, span: Span) -> bool:
    own = candidate.span
    return candidate.document == document and own.start < span.end and span.start < own.end


def _asks_the_same(a: frozenset[str], b: frozenset[str]) -> bool:
    return a <= b or b <= a or len(a & b) >= SAME * len(a | b)


def _names_and_words(question: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a question's names, and of all its words."""
    inner = question.split(maxsplit=1)[-1]
    named = frozenset(stem for written, stem in words(inner) if written[0].isupper())
    return named, Query(question).words().asked_stems


def _nearness(
    asked: tuple[frozenset[str], frozenset[str]], offered: tuple[frozenset[str], frozenset[str]]
) -> float:
    """The share of the asked words that are offered; 0 where neither a name nor half of them is."""
    shared = asked[1] & offered[1]
    share = len(shared) / max(1, len(asked[1]))
    return share if asked[0] & offered[0] or share >= 0.5 else 0.0
