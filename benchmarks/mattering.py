"""Which sentence tells why a document matters: python -m benchmarks.mattering --data DATA

Over the twenty documents of tests/judged/mattering.jsonl, marked before there was a method. Of each
method: in how many documents its first sentence is a marked one, and in how many one of its first
two. Every other document, from the first on, was to choose a method (--tuning); the others are
reported. The half that chose "centroid, at both ends" is not the half on which it is no better than
the first sentences; so these ship, but for a heading that says so, which was made after both halves
had been seen.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.kit.corpora import encoded
from benchmarks.kit.overviews import MatteringDocument, mattering
from index import Encoder, Query
from index.encoder import DEFAULT, open_encoder
from index.search import Hybrid
from rag.overview import SentencePool, centroid, pool_of, reasons
from rag.query import AskedQuestion
from rag.reader import TrainedReader

QUESTIONS = (
    "Why does this matter?",
    "Why is this important?",
    "What is at stake?",
    "What are the consequences?",
    "What is the conclusion?",
)
END = 0.2  # of the sentences, at either end
Rank = Callable[[SentencePool, Hybrid], Sequence[int]]


def first(pool: SentencePool, retriever: Hybrid) -> Sequence[int]:
    """As they stand."""
    return range(len(pool))


def last(pool: SentencePool, retriever: Hybrid) -> Sequence[int]:
    """The last one first."""
    return range(len(pool))[::-1]


def central(pool: SentencePool, retriever: Hybrid) -> Sequence[int]:
    """As the key points are ranked."""
    return list(centroid(pool))


def central_at_the_ends(pool: SentencePool, retriever: Hybrid) -> Sequence[int]:
    """So too, of the beginning and the end alone."""
    edge = max(2, round(END * len(pool)))
    near = {*range(edge), *range(len(pool) - edge, len(pool))}
    return [i for i in centroid(pool) if i in near]


def like(encoder: Encoder, *questions: str) -> Rank:
    """By the mean cosine of the sentence and each question."""

    def ranked(pool: SentencePool, retriever: Hybrid) -> Sequence[int]:
        asked = np.stack([encoder.encode_query(q) for q in questions])
        return [int(i) for i in np.argsort(-(pool.vectors @ asked.T).mean(axis=1), kind="stable")]

    return ranked


def read(reader: TrainedReader, ends: bool, *questions: str) -> Rank:
    """By what the reader gives for each question, of all passages or of those at the ends."""

    def ranked(pool: SentencePool, retriever: Hybrid) -> Sequence[int]:
        order = list(dict.fromkeys(one.passage for one in pool.told))
        wanted = {*order[:2], *order[-2:]} if ends else set(order)
        scores = np.full(len(pool), -np.inf)
        place = {one.passage.sentences[one.at].span: i for i, one in enumerate(pool.told)}
        for question in questions:
            found = retriever.search(Query(question), len(retriever.passages))
            hits = [hit for hit in found if hit.passage in wanted]
            for one in reader.read(AskedQuestion(question), hits):
                if one.span in place:
                    i = place[one.span]
                    scores[i] = max(scores[i], one.score)
        return [int(i) for i in np.argsort(-scores, kind="stable")]

    return ranked


_CUES = re.compile(
    r"(?i)\b(?:risk\w*|danger\w*|threat\w*|essential|critical|crucial|important\w*|must|fundamental\w*"
    r"|consequence\w*|therefore|thus|at stake|stake|matters?|security|protect\w*|ensur\w*"
    r"|prohibit\w*|penalt\w*|suspen\w*|may (?:give|provide|contribute|help)|could"
    r"|allow\w*|enabl\w*|help\w*"
    r"|suggest\w*|conclu\w*|propose|lose|loss|depend\w*|advantage\w*)\b"
)


def cued(pool: SentencePool, retriever: Hybrid) -> Sequence[int]:
    """By cue words, Edmundson 1969, then as the key points are ranked."""
    order = {number: place for place, number in enumerate(centroid(pool))}
    count = [len(_CUES.findall(one.text)) for one in pool.told]
    return sorted(range(len(pool)), key=lambda i: (-count[i], order[i]))


def shipped(pool: SentencePool, retriever: Hybrid) -> Sequence[int]:
    """What a source guide quotes: under a heading that says so, or else the first sentences."""
    return reasons(pool)


def main() -> None:
    """Print how often each method is right, on the half that is reported."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tuning", action="store_true", help="the half that chose the method")
    parser.add_argument("--quick", action="store_true", help="without the reader's methods")
    parser.add_argument("--show", action="store_true", help="and what each one chose")
    given = parser.parse_args()
    (encoder, _), reader = open_encoder(DEFAULT), TrainedReader()
    methods: dict[str, Rank] = {
        "as a guide does": shipped,
        "the first sentence": first,
        "the last": last,
        "centroid": central,
        "centroid, at both ends": central_at_the_ends,
        **{f"like {q!r}": like(encoder, q) for q in QUESTIONS},
        "like all of them": like(encoder, *QUESTIONS),
        "cue words": cued,
        **{f"read {q!r}": read(reader, False, q) for q in QUESTIONS},
        "read, all of them": read(reader, False, *QUESTIONS),
        **{f"read at the ends {q!r}": read(reader, True, q) for q in QUESTIONS},
    }
    if given.quick:
        methods = {name: own for name, own in methods.items() if not name.startswith("read")}
    documents = mattering(given.data)[0 if given.tuning else 1 :: 2]
    found = {name: [0, 0] for name in methods}
    for marked in documents:
        contents, recalling = encoded([marked.document], encoder)
        retriever = contents.retriever(recalling)
        pool = pool_of(retriever.stored, range(len(retriever.passages)))
        for name, method in methods.items():
            ranked = method(pool, retriever)[:2]
            right = [_is_marked(pool.told[i].text, marked) for i in ranked]
            found[name][0] += any(right[:1])
            found[name][1] += any(right)
            if given.show:
                print(f"{'*' if any(right[:1]) else ' '} {name}: {pool.told[ranked[0]].text!r}")
    print(f"{len(documents)} documents: the first sentence is marked, one of the first two is")
    for name, (one, two) in found.items():
        print(f"{name:45} {one:3} {two:3}")


def _is_marked(text: str, marked: MatteringDocument) -> bool:
    said = " ".join(text.split())
    return any(" ".join(mark.split()) in said for mark in marked.matters)


if __name__ == "__main__":
    main()
