"""Questions made by rule of passages that may train: what they teach is new to the model.

The rules are those that make the page's suggestions (`rag.asking`); a passage gives the two that
read best, of different sentences. Deterministic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.kit.sets import Question
from index.passages import split
from index.types import Document
from rag.questions import CandidateQuestion, Casing, questions_from

OF_A_PASSAGE = 2
WRITTEN = 1_000_000  # characters that show how words are written


def made(documents: Sequence[Document]) -> Iterator[Question]:
    """Questions of the documents, each answered by the sentence that it was made from."""
    background = Casing("\n".join(d.text for d in documents)[:WRITTEN])
    for document in documents:
        casing = Casing(document.text, background)
        for passage in split(document, words_of):
            for candidate in _best(questions_from(passage, casing)):
                yield Question(candidate.question, ((document.id, candidate.span),))


def words_of(texts: Sequence[str]) -> list[int]:
    """About as many tokens as an encoder would count."""
    return [4 * len(text.split()) // 3 for text in texts]


def _best(candidates: Iterator[CandidateQuestion]) -> list[CandidateQuestion]:
    """Those that read best; a heading's answer is anywhere below it, which teaches nothing."""
    chosen: list[CandidateQuestion] = []
    for one in sorted(candidates, key=lambda c: (-c.promise, c.question)):
        if one.pattern != "heading" and all(one.span.start != c.span.start for c in chosen):
            chosen.append(one)
    return chosen[:OF_A_PASSAGE]
