"""What a reader makes of the sentences it reads, and what becomes of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from index import Hit, Span, stems
from rag.query import AskedQuestion


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence as the reader sees it. `score` ranks; `probability` (0-1) is calibrated.

    `words` are those of the sentence that answer, None where none stand out.
    """

    hit: Hit
    span: Span
    score: float
    probability: float
    words: Span | None = None

    @property
    def role(self) -> str:
        """What its sentence is in the document, one of `index.pieces.ROLES`."""
        passage = self.hit.passage
        return passage.sentences[passage.place(self.span)].role

    @property
    def stems(self) -> Sequence[str]:
        """Those that the retriever keeps of the sentence or, where it keeps none, made now."""
        passage = self.hit.passage
        if self.hit.evidence is None:
            return stems(passage.document.cut(self.span), passage.document.language)
        return self.hit.evidence.stems[passage.place(self.span)]


class Reason(Enum):
    """Why a sentence is quoted, or is not."""

    CHOSEN = "chosen"
    FAR_BELOW = "far below"
    REPEATS = "repeats"
    ENOUGH = "enough"
    UNLIKELY = "unlikely"  # nothing is quoted, for the best sentence is no answer


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of a sentence that was read.

    `limit` is how far below the best sentence it could score and be quoted; where nothing is
    quoted, the probability that the best one needed. `repeats` is the chosen one that says the
    same.
    """

    reading: Reading
    reason: Reason
    limit: float
    repeats: Reading | None = None


class Reader(Protocol):
    """Question and passages to sentences that may answer.

    Below the probability `abstain` the best sentence is no answer, below `sure` it is one perhaps;
    sentences that score more than `keep` under the best one (log odds) are not quoted.
    """

    abstain: float
    sure: float
    keep: float

    def read(self, question: AskedQuestion, hits: Sequence[Hit]) -> list[Reading]:
        """Every sentence of the passages worth reading, best first."""
