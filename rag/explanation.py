"""Why an answer quotes what it quotes: how each passage ranked, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index import Passage, Span
from rag.answers import Answer
from rag.citations import Citation
from rag.readings import Choice, Reading, Reason


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage that was read.

    `ranks` are its places, from 1, in the lists of the retrievers and, as "fused", in the one
    made of them; a retriever that did not find it is not there. `fused` is the score of that
    list. `score` (log odds) and `probability` are those of its best sentence, which is
    `sentence`. `fate` is what became of the passage, for people.
    """

    passage: Passage
    ranks: Mapping[str, int]
    fused: float
    score: float
    probability: float
    sentence: Span
    fate: str

    @property
    def place(self) -> str:
        """Where its best sentence begins, as `source:line`."""
        document = self.passage.document
        return f"{document.source}:{document.line(self.sentence.start)}"


def explain(answer: Answer) -> list[RankedPassage]:
    """The passages that were read for an answer, that with the best sentence first.

    Empty for an answer rebuilt from JSON: how it was chosen is not kept there.
    """
    found: dict[int, list[Choice]] = {}
    for choice in sorted(answer.choices, key=lambda c: -c.reading.score):
        found.setdefault(id(choice.reading.hit), []).append(choice)
    places = {id(hit): place for place, hit in enumerate(answer.hits, 1)}
    return [_candidate(answer, own, places) for own in found.values()]


def _candidate(answer: Answer, own: list[Choice], places: Mapping[int, int]) -> RankedPassage:
    """A passage whose sentences became `own`; one of them that is quoted speaks for it."""
    best = own[0].reading
    fate = next((c for c in own if c.reason is Reason.CHOSEN), own[0])
    fused = {"fused": places[id(best.hit)]} if id(best.hit) in places else {}
    return RankedPassage(
        best.hit.passage,
        {**best.hit.ranks, **fused},
        best.hit.score,
        best.score,
        best.probability,
        best.span,
        _phrase(answer, fate),
    )


def _phrase(answer: Answer, choice: Choice) -> str:
    match choice.reason:
        case Reason.CHOSEN:
            return f"quoted as [{_number(answer, choice.reading)}]"
        case Reason.REPEATS:
            assert choice.repeats is not None
            return f"says the same as [{_number(answer, choice.repeats)}]"
        case Reason.ENOUGH:
            return "enough was quoted"
        case Reason.FAR_BELOW:
            gap = max(c.reading.score for c in answer.choices) - choice.reading.score
            return f"{gap:.2f} below the best sentence; {choice.limit:.2f} is the limit"
        case Reason.UNLIKELY:
            return (
                f"not likely enough to answer ({answer.confidence:.2f}; "
                f"{choice.limit:.2f} is the threshold)"
            )


def _number(answer: Answer, reading: Reading) -> int:
    """The number of the quotation that holds a sentence that was chosen."""
    return next(c.number for c in answer.citations if _holds(c, reading))


def _holds(citation: Citation, reading: Reading) -> bool:
    return citation.document == reading.hit.passage.document and reading.span in citation.sentences
