"""Choose what quoting again costs: python -m training.repeats --data ../shared/data

The words that complete a follow-up stand in what was quoted before, so those very sentences rank
high for it. The answers of each of CANARD's dialogues, but for its last quarter of dialogues, are
one document in an index of them all; its follow-ups are completed and asked there, and a sentence
that stands in an earlier answer of the dialogue loses so many log odds. Prints how many were
answered by a sentence of the answer given to them, and the least cost within a standard error of
the best, which is `rag.lookup.QUOTED`. Left out are questions for something else, which many
sentences answer, and answers of under five words, which anything could hold. After the cost was
chosen the reader was trained on nine tenths of these questions as a person completed them, which
flatters every share, whatever the cost. A minute.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

import numpy as np

from benchmarks.kit.canard import LEAST_WORDS, FollowUp, answers, document_of, follow_ups
from benchmarks.kit.corpora import encoded
from index.encoder import open_encoder
from index.types import Document
from rag.query import AskedQuestion
from rag.reader import PASSAGES, open_reader
from rag.readings import Reading
from rag.rewrite import rewritten

COSTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, float("inf"))
_ANY_OTHER = re.compile(r"(?i)\b(?:else|other|another|besides?|aside|apart|article|interesting)\b")


def main() -> None:
    """Print the share answered right at each cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    dialogues = [f for f in follow_ups(args.data / "canard/dev.json") if not f.is_test]
    documents = {name: document_of(name, parts) for name, parts in answers(dialogues).items()}
    contents, encoder = encoded(list(documents.values()), open_encoder(None)[0])
    retriever, reader = contents.retriever(encoder), open_reader()
    right: list[list[bool]] = []
    for follow_up in filter(_can_be_checked, dialogues):
        typed = AskedQuestion(follow_up.question)
        question = AskedQuestion(rewritten(typed, follow_up.turns, encoder))
        if question != typed:
            readings = reader.read(question, tuple(retriever.search(question, PASSAGES)))
            document = documents[follow_up.dialogue]
            right.append(
                [is_right(readings, follow_up, document, cost, reader.abstain) for cost in COSTS]
            )
    print(f"{len(right)} completed follow-ups, answered right at a cost of")
    shares = np.mean(right, axis=0).tolist()
    for cost, share in zip(COSTS, shares, strict=True):
        print(f"{cost:4.1f}: {100 * share:.1f}%")
    print("chosen:", least(shares, len(right)))


def least(shares: Sequence[float], count: int) -> float:
    """The least of `COSTS` whose share is at most a standard error below the best one's.

    Breiman et al., "Classification and Regression Trees", 1984; `count` is that of questions.
    """
    best = max(shares)
    error = sqrt(best * (1 - best) / count)
    return next(c for c, share in zip(COSTS, shares, strict=True) if share >= best - error)


def is_right(
    readings: Sequence[Reading],
    follow_up: FollowUp,
    document: Document,
    cost: float,
    abstain: float,
) -> bool:
    """Whether the best sentence is given and stands in the follow-up's answer.

    A sentence that stands in an earlier answer, or the other way round, loses `cost`.
    """
    if not readings:
        return False
    earlier = [turn.answer for turn in follow_up.turns if turn.answer]

    def score(reading: Reading) -> float:
        quote = _quote(reading)
        return reading.score - (cost if any(quote in a or a in quote for a in earlier) else 0.0)

    best = max(readings, key=score)
    quote, answer = _quote(best), follow_up.answer or ""
    same = best.hit.passage.document.id == document.id
    return best.probability >= abstain and same and (quote in answer or answer in quote)


def _quote(reading: Reading) -> str:
    return reading.hit.passage.document.cut(reading.span)


def _can_be_checked(follow_up: FollowUp) -> bool:
    asked = f"{follow_up.question} {follow_up.rewrite}"
    return len((follow_up.answer or "").split()) >= LEAST_WORDS and not _ANY_OTHER.search(asked)


if __name__ == "__main__":
    main()
