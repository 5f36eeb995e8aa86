"""Choose when a stretch stands clearly out: python -m training.margins --data ../shared/data

Reads the passages that answer held-out questions of the sets that calibrate the reader, and
squad2 article 8. Of the sentence that answers, for each margin over the best stretch beside it:
how many of the stretches pointed at are right (they share a character with an answer that was
marked), by what stands beside them. `candidates.CLEAR` is the least whole number from which
those that something of their kind stands beside, and those of a kind that is not known, are
together as often right as those that stand alone. Seeded.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.kit.sets import Question
from index.encoder import open_encoder
from index.passages import split
from index.types import Document, Passage, Span
from rag.query import AskedQuestion
from rag.reader import FOLDER, CrossEncoder, Standing, standing
from training.questions import calibration_set, training_sets

SETS = ("amazon", "reddit", "squad2", "nq")  # whose answers are marked
MARGINS = range(13)


class _Stretch(NamedTuple):
    standing: str
    margin: float
    right: bool


def main() -> None:
    """Print, by how a stretch stands and for each margin, how many are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=350, help="of each set (default 350)")
    args = parser.parse_args()
    random.seed(0)
    model, count_tokens = CrossEncoder(FOLDER), open_encoder(None)[0].count_tokens
    found: defaultdict[str, list[_Stretch]] = defaultdict(list)
    for document, question in _asked(args.data, args.questions):
        passages = split(document, count_tokens)
        for stretch in _pointed_at(model, question, passages, document):
            found[stretch.standing].append(stretch)
    for name, stretches in sorted(found.items()):
        print(f"{name}: {len(stretches)}")
        for margin in MARGINS:
            right = [s.right for s in stretches if s.margin >= margin]
            if right:
                print(f"  {margin:2}: {sum(right)} of {len(right)} right")
    print("chosen:", chosen(found))


def chosen(found: Mapping[str, Sequence[_Stretch]]) -> int:
    """The least margin from which the others are as often right as those that stand alone."""
    alone = [s.right for s in found[Standing.ALONE.value]]
    others = [*found[Standing.BESIDE.value], *found[Standing.UNKNOWN.value]]

    def share(margin: int) -> float:
        right = [s.right for s in others if s.margin >= margin]
        return sum(right) / len(right) if right else 1.0

    return next(m for m in MARGINS if share(m) >= sum(alone) / len(alone))


def _asked(data: Path, most: int) -> Iterator[tuple[Document, Question]]:
    parts = [p for p in training_sets(data) if p.name in SETS]
    held_out = [(p, [q for q in p.questions if q.gold and p.holds_out(q)]) for p in parts]
    calibration = calibration_set(data)
    held_out.append((calibration, [q for q in calibration.questions if q.gold]))
    for part, questions in held_out:
        documents = {d.id: d for d in part.documents}
        for question in random.sample(questions, min(most, len(questions))):
            yield documents[question.gold[0][0]], question


def _pointed_at(
    model: CrossEncoder, question: Question, passages: list[Passage], document: Document
) -> Iterator[_Stretch]:
    """What the reader points at in the first sentence that answers, if it points at anything."""
    gold = [span for name, span in question.gold if name == document.id]
    asked = AskedQuestion(question.text)
    for passage in passages:
        for i, sentence in enumerate(passage.sentences):
            if any(sentence.start <= g.start < sentence.end for g in gold):
                (read,) = model.read(asked, [passage])
                words = model.stretch(passage, i, read)
                if words is not None:
                    here = Span(words.start - sentence.start, words.end - sentence.start)
                    kind = standing(asked, document.cut(sentence.span), here)
                    right = any(words.start < g.end and g.start < words.end for g in gold)
                    yield _Stretch(kind.value, read.margins[i], right)
                return


if __name__ == "__main__":
    main()
