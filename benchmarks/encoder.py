"""The encoder that ships beside its weights as they are: python -m benchmarks.encoder --data DATA

On the even articles of new-wiki: how alike the vectors are (cosine), and how often the second look
finds a passage that answers first, or among the first five. It trains and tunes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.kit.corpora import encoded
from benchmarks.kit.metrics import Figure, shares
from benchmarks.kit.sets import Question, squad
from benchmarks.kit.wiki import FILE
from index.encoder import DEFAULT, EXACT, open_encoder
from index.generation import Contents
from index.search import CANDIDATES, DEPTH
from index.types import Encoder, Vectors


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    documents, questions = squad(parser.parse_args().data / FILE)
    made = {}
    for name in (DEFAULT, EXACT):
        contents, asking = encoded(documents, open_encoder(name)[0])
        made[name] = _vectors(contents, asking, questions)
        for k, found in _found(contents, asking, questions).items():
            print(found.line(f"second look recall@{k}, {name}"), flush=True)
    for of, ours in made[DEFAULT].items():
        print(Figure((ours * made[EXACT][of]).sum(axis=1)).line(f"cosine, {of}"))


def _vectors(
    contents: Contents, asking: Encoder, questions: Sequence[Question]
) -> dict[str, Vectors]:
    return {
        "passages": contents.vectors.astype(np.float32),
        "sentences": contents.sentence_vectors.astype(np.float32),
        "questions": np.stack([asking.encode_query(q.text) for q in questions]),
    }


def _found(contents: Contents, asking: Encoder, questions: Sequence[Question]) -> dict[int, Figure]:
    """By k, whether a passage that answers is among the first k."""
    dense, passages = contents.retriever(asking).dense, contents.passages
    places = []
    for question in questions:
        vector = asking.encode_query(question.text)
        ranked = dense.second_look(vector, dense.search(vector, CANDIDATES), DEPTH)
        places.append(
            [
                any(question.is_gold(p.document, s.span) for s in p.sentences)
                for p in (passages[row] for row, _ in ranked[:5])
            ]
        )
    return {k: shares([any(found[:k]) for found in places]) for k in (1, 5)}


if __name__ == "__main__":
    main()
