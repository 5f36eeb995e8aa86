"""What planted texts do to held-out questions: python -m training.planted --data ../shared/data

`benchmarks.poison` over the development tenths of amazon and reddit and the squad2 article that
calibrates: what is done against planted texts is chosen by this, so that the benchmark judges it.
Seeded.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.kit.corpora import Recalling, encoded
from benchmarks.kit.sets import Question
from benchmarks.poison import Case, Corpus, show, span_cases, trial
from index.encoder import open_encoder
from index.types import Document
from training.questions import calibration_set, training_sets

PARAGRAPHS = 400  # of each set


def main() -> None:
    """Draw, plant, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--questions", type=int, default=20, help="of each set (default 20)")
    parser.add_argument("--verbose", action="store_true", help="print what is quoted no longer")
    args = parser.parse_args()
    encoder, _ = open_encoder(None)
    asking = Recalling(encoder)
    calibration = calibration_set(args.data)
    sets = [_cases(calibration.documents, calibration.questions, asking)]
    for part in training_sets(args.data):
        if part.name in ("amazon", "reddit"):
            sets.append(
                _cases(part.documents, list(filter(part.holds_out, part.questions)), asking)
            )
    draw = random.Random(args.seed)
    show(trial(sets, args.questions, asking, draw, verbose=args.verbose))


def _cases(
    documents: Sequence[Document], questions: Sequence[Question], asking: Recalling
) -> list[Case]:
    """The questions, over the documents that answer the first of them and as many others."""
    answering = list(dict.fromkeys(d for q in questions for d, _ in q.gold))
    chosen = set(answering[: PARAGRAPHS // 2])
    chosen.update([d.id for d in documents if d.id not in chosen][: PARAGRAPHS - len(chosen)])
    contents, _ = encoded([d for d in documents if d.id in chosen], asking.encoder)
    known = [q for q in questions if all(d in chosen for d, _ in q.gold)]
    return span_cases(Corpus.of(contents), known)


if __name__ == "__main__":
    main()
