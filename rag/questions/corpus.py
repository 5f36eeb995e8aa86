"""The questions of all documents, the same ones once: those that most documents speak of first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import Document, Span, Storing, ids_of
from rag.answers import Answer
from rag.citations import Citation
from rag.overview import CitedOverview, near_topic
from rag.query import AskedQuestion
from rag.questions.ask_from import CandidateQuestion, asks_the_same
from rag.questions.kept import MOST, document_questions

ALL = 2_000  # questions that are compared with what documents say
AT_ONCE = 200  # passages whose sentences are compared at a time
PASSAGES = 200  # that are looked at for a topic
SPOKEN = 0.7  # likeness of sentences at which two documents speak of the same


class CorpusQuestion(NamedTuple):
    """A question of some document, and how many documents speak of what answers it."""

    candidate: CandidateQuestion
    documents: int

    @property
    def order(self) -> tuple[int, float, str]:
        """What most speak of comes first, then what reads best."""
        return -self.documents, -self.candidate.promise, self.candidate.question


def corpus_questions(
    retriever: Storing, documents: Sequence[Document], kept: Sequence[Any] = (), topic: str = ""
) -> list[CorpusQuestion]:
    """What `documents` ask and answer, about a `topic` or all; none of it was tried.

    `kept` is what `QuestionsAnnotator.annotate` gave of each document; what is missing is made now.
    """
    near = _near(retriever, topic) if topic else None
    each = min(MOST, max(2, ALL // max(1, len(documents))))
    found: list[tuple[int, CandidateQuestion]] = []
    for number, document in enumerate(documents):
        places = None if near is None else near.get(document.id, [])
        if places == []:
            continue
        own = kept[number] if number < len(kept) else None
        made = document_questions(retriever, document, own, each if places is None else MOST)
        found += [(place, one) for place, one in enumerate(made) if _is_there(one, places)]
    found.sort(key=lambda ranked: (ranked[0], -ranked[1].promise, ranked[1].question))
    candidates = [candidate for _, candidate in found[:ALL]]
    spoken = _spoken(retriever, documents, candidates)
    ranked = [
        CorpusQuestion(one, int(count)) for one, count in zip(candidates, spoken, strict=True)
    ]
    return _once(sorted(ranked, key=lambda one: one.order))


def tried(
    questions: Iterable[CorpusQuestion], ask: Callable[[str], Answer], most: int
) -> CitedOverview:
    """The first `most` questions that are answered by what they were made of, each quotation once.

    Each is asked now, and stands over its best quotation.
    """
    told: list[tuple[str, Citation]] = []
    for one in questions:
        answer = ask(one.candidate.question)
        best = answer.best
        if best is None or not one.candidate.is_answered_by(answer):
            continue
        if all((best.document, best.top) != (other.document, other.top) for _, other in told):
            told.append((one.candidate.question, best))
        if len(told) == most:
            break
    cited = CitedOverview().with_more((question, [own]) for question, own in told)
    return cited._replace(confidence=float(bool(told)))


def _near(retriever: Storing, topic: str) -> dict[str, list[Span]]:
    """The sentences about a topic, by the ids of their documents."""
    found: dict[str, list[Span]] = defaultdict(list)
    for row, at in sorted(near_topic(retriever, topic, PASSAGES)):
        passage = retriever.passages[row]
        found[passage.document.id].append(passage.sentences[at].span)
    return found


def _is_there(candidate: CandidateQuestion, places: Sequence[Span] | None) -> bool:
    return places is None or any(candidate.overlaps(candidate.document, one) for one in places)


def _spoken(
    retriever: Storing, documents: Sequence[Document], candidates: Sequence[CandidateQuestion]
) -> NDArray[np.int64]:
    """Shape (candidates,): how many documents have a sentence that is like what answers each.

    1 for all while vectors are missing.
    """
    table = retriever.passages
    numbers = [n for id_ in ids_of(documents) if (n := table.number(id_)) is not None]
    every = [row for number in numbers for row in table.rows_of(number)]
    if not candidates or not retriever.stored.have_vectors(every):
        return np.ones(len(candidates), np.int64)
    wanted = np.array([_vector(retriever, candidate) for candidate in candidates])
    spoken = np.zeros((len(candidates), len(table.documents)), bool)
    for start in range(0, len(every), AT_ONCE):
        rows = every[start : start + AT_ONCE]
        owners = np.repeat(table.rows[rows, 0], table.rows[rows, 2])
        like = wanted @ retriever.stored.in_each.vectors(rows).T >= SPOKEN
        for number in np.unique(owners):
            spoken[:, number] |= like[:, owners == number].any(axis=1)
    counts: NDArray[np.int64] = np.maximum(1, spoken.sum(axis=1))
    return counts


def _vector(retriever: Storing, candidate: CandidateQuestion) -> NDArray[np.float32]:
    """That of the sentence which answers a question: the first one where it stands."""
    table = retriever.passages
    number = table.number(candidate.document.id)
    assert number is not None  # it was made of this document
    rows = table.rows_of(number)
    first, end = table.starts[rows.start], table.starts[rows.stop]
    starts = table.sentences[first:end, 0]
    at = first + max(0, int(np.searchsorted(starts, candidate.span.start, "right")) - 1)
    row = int(np.searchsorted(table.starts, at, "right")) - 1
    vector: NDArray[np.float32] = retriever.stored.vectors([row])[at - table.starts[row]]
    return vector


def _once(ranked: Sequence[CorpusQuestion]) -> list[CorpusQuestion]:
    """The first of those that ask the same."""
    kept: list[CorpusQuestion] = []
    asked: dict[str, list[frozenset[str]]] = defaultdict(list)  # by a stem of theirs
    for one in ranked:
        own = AskedQuestion(one.candidate.question).words().asked_stems
        others = {other for stem in own for other in asked[stem]}
        if not any(asks_the_same(own, other) for other in others):
            kept.append(one)
            for stem in own:
                asked[stem].append(own)
    return kept
