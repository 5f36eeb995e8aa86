"""Questions to offer a person: each was asked beforehand, and the documents answer it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from index import Document, Embedding, Passage, Query, Span, Storing, Tabled, Vectors, stems, words
from rag.answers import Answer
from rag.citations import Citation
from rag.converse import missing_words
from rag.engine import Engine
from rag.lookup import turn_of
from rag.questions import (
    WIDE,
    CandidateQuestion,
    Casing,
    about_rows,
    about_sections,
    about_topics,
    asks_the_same,
    questions_from,
)

SAMPLE, OPENING = 24, 15  # documents looked at for openers, and passages of each
WRITTEN, CASED = 200, 2_000  # documents, and characters of each, that show how words are written
PASSAGES = 60  # searched around an answer, and beside what it quotes
TRIES = 10  # questions asked beforehand for one call: about a second
REPEATED = 0.3  # what a second question of the same pattern loses
RELATED = 3.0  # what the likeness (0-1) to the conversation counts, beside how well it reads
QUOTED, LIKE = 3, 20  # quotations that more is looked for by, and passages like each
SECTION = 4  # passages of a section that tell what it is about
MORE = 2  # times as long as what was quoted of it, of a section that is offered
SHARED = 0.05  # what it counts that a section's question shares a word with an answer
ROW = 0.01  # what the question for a value of a column loses to the one before it
TOPICAL = 0.4  # likeness to what was asked, of a question for what a quotation names
CLOSE = 0.55  # likeness to what was asked or quoted, of a question that has to do with it


Scores = dict[CandidateQuestion, float]


class Suggester:
    """Questions that an engine's documents answer; may be used from several threads.

    Each candidate (`ask_from`) is asked before it is offered, and is offered where the
    best quotation holds the very sentence that it was made from. The same calls give the same
    questions.
    """

    def __init__(self, engine: Engine, close: float = CLOSE) -> None:
        """`close` is the likeness, -1 to 1, from which on a question has to do with an answer."""
        self._engine, self._close = engine, close
        retriever = engine.retriever
        self._passages = retriever.passages if isinstance(retriever, Tabled) else None
        self._casing = lru_cache(64)(lambda d: Casing(d.text, self._background()))
        self._background = lru_cache(1)(self._read_casing)
        self._candidates_of_passage = lru_cache(4096)(self._make_candidates)
        self._vector = lru_cache(4096)(self._encode)
        self._answered = lru_cache(4096)(self._try)
        self._sections = lru_cache(256)(lambda d: tuple(about_sections(self._passages_of(d))))
        self._section_vector = lru_cache(1024)(self._read_section)
        self._opening: Callable[[], Scores] = lru_cache(1)(self._score_openers)

    def openers(self, count: int = 5) -> tuple[str, ...]:
        """For a page with no question yet: what documents of a fixed sample answer."""
        return self._choose([(self._opening(), 3 * count)], count, ())

    def follow_ups(self, history: Sequence[Answer], count: int = 3) -> tuple[str, ...]:
        """After the last answer: what has to do with it, and is neither asked nor answered before.

        Those made near it and near what is like its quotations; where they are too few, what
        sections say that are about it, and what is said of what it names. Never what has nothing
        to do with it, so there may be fewer than `count`.
        """
        last = next((a for a in reversed(history) if a.citations), None)
        if last is None:
            return ()
        turns = [turn_of(a) for a in history]
        said = f"{last.looked_for} {last.best.quote if last.best else ''}"
        quotes = [c.quote for c in last.citations[:QUOTED]]
        told = np.array([self._vector(text) for text in (last.looked_for, *quotes)])

        def stages() -> Iterator[tuple[Scores, int]]:
            around = [*self._passages_around(last), *self._passages_like(quotes)]
            made = self._score(self._candidates_of(around), said)
            like = {c: float((told @ self._vector(c.question)).max()) for c in made}
            yield {c: made[c] for c in made if like[c] >= self._close}, TRIES
            yield self._topics(last, around, told), 2 * count

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

    def _topics(self, answer: Answer, around: Iterable[Passage], told: Vectors) -> Scores:
        """What sections say that are about an answer, and what is said of what it names.

        `told` (n, dim) are the vectors of what was asked and quoted; a section is as much about it
        as its sentences are like one of them, and its question must share a word with them, so that
        one sees what joins them; the quoted one is in any case, and each of a document whose title
        was asked for. Of rows of a table what it says of others comes first.
        """
        found: Scores = {}
        cited = answer.citations[:QUOTED]
        asked = set(stems(answer.looked_for))
        said = set(stems(" ".join([answer.looked_for, *(c.quote for c in cited)])))
        for one in cited[:1]:
            rows = about_rows(answer, self._passages_of(one.document))
            found |= {row: 1 - ROW * place for place, row in enumerate(rows)}
        for one in cited:
            quoted = Span(one.start, one.end)
            for topic in about_topics(self._passages_of(one.document), quoted):
                like = float(told[0] @ self._vector(topic.question))
                if like >= TOPICAL:
                    found[topic] = like
        for section in filter(None, map(self._section_of, around)):
            of_it = any(section.overlaps(c.document, Span(c.start, c.end)) for c in cited)
            of_it |= any(section.document == c.document for c in cited) and _is_named(
                section, asked
            )
            like = float((told @ self._section_vector(section)).max())
            if of_it or (like + SHARED >= self._close and said & set(stems(section.question))):
                found[section] = like
        return found

    def _section_of(self, passage: Passage) -> CandidateQuestion | None:
        """What asks for the section of a passage."""
        if passage.document.language != "en":
            return None
        own, sections = Span(passage.start, passage.end), self._sections(passage.document)
        return next((s for s in sections if s.overlaps(passage.document, own)), None)

    def _read_section(self, section: CandidateQuestion) -> Vectors:
        """Shape (dim,): the mean of its sentences' vectors; of its question where none are kept."""
        retriever = self._engine.retriever
        if not isinstance(retriever, Storing):
            return self._vector(section.question)
        every = self._passages_of(section.document)
        own = [p for p in every if section.span.start <= p.start < section.span.end][:SECTION]
        rows = [retriever.passages.row(passage) for passage in own]
        mean: Vectors = retriever.stored.in_each.vectors(rows).mean(axis=0)
        return mean / max(float(np.linalg.norm(mean)), 1e-9)

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
                any(_is_asked(candidate, own, other) for other in asked)
                or any(_repeats(candidate, c) for c in quoted)
                or any(candidate.overlaps(c.document, c.span) for c in chosen)
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
                if not all(any(_says_again(f, c) for c in quoted) for f in self._answered(best)):
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

    def _try(self, candidate: CandidateQuestion) -> tuple[Citation, ...]:
        """What answers a question best, where that is what it was made from; of a wide one all."""
        answer = self._engine.ask(candidate.question)
        if answer.best is None or not candidate.is_answered_by(answer):
            return ()
        return answer.citations if candidate.pattern in WIDE else (answer.best,)

    def _passages_around(self, answer: Answer) -> list[Passage]:
        """The passages quoted, those that were looked at, and those beside; nearest first."""
        cited = (*answer.citations, *answer.closest)
        searched = self._engine.retriever.search(Query(answer.looked_for), PASSAGES)
        found = [self._passages_beside(c, 1) for c in cited] + [[hit.passage for hit in searched]]
        found += [self._passages_beside(c, PASSAGES // 2) for c in cited[:1]]
        return list(dict.fromkeys(p for passages in found for p in passages))

    def _passages_like(self, quotes: Iterable[str]) -> Iterator[Passage]:
        """The passages of any document that are like these quotations."""
        for quote in quotes:
            yield from (hit.passage for hit in self._engine.retriever.search(Query(quote), LIKE))

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


def _is_named(section: CandidateQuestion, asked: set[str]) -> bool:
    """Whether the title of its document was asked for: all of it is about that."""
    title = set(stems(section.document.title, section.document.language))
    return bool(title) and title <= asked


def _is_asked(candidate: CandidateQuestion, own: frozenset[str], other: frozenset[str]) -> bool:
    """Whether another question asks the same; a topic and a section hold more than was asked."""
    return own == other if candidate.pattern in WIDE else asks_the_same(own, other)


def _says_again(found: Citation, cited: Citation) -> bool:
    return found.document == cited.document and found.top in cited.parts


def _repeats(candidate: CandidateQuestion, cited: Citation) -> bool:
    """Whether what answers was quoted; of a section, most of it."""
    length = candidate.span.end - candidate.span.start
    is_more = candidate.pattern == "section" and length > MORE * (cited.end - cited.start)
    return not is_more and candidate.overlaps(cited.document, Span(cited.start, cited.end))


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
