"""The statements that matter of twelve small corpora: python -m benchmarks.brief [--verbose]

Of each corpus of tests/judged/briefs.jsonl ten statements were marked before there was a method;
each may be said by several sentences. Counted is how many of the ten sentences that a method
quotes say a marked statement, and how many of the ten statements they say. Every other corpus,
from the first, was for tuning; the others are reported.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.kit.corpora import encoded
from benchmarks.kit.overviews import others
from index import Document, Encoder
from index.encoder import DEFAULT, open_encoder
from index.load import load_file
from rag.brief import by_turns, strongest, strongest_of
from rag.overview import SentencePool, centroid, lead, lexrank, pick, submodular

MARKED = Path(__file__).parents[1] / "tests/judged/briefs.jsonl"
SHARE = Path("/usr/share")  # Debian's
TOP = 10


class MarkedCorpus(NamedTuple):
    """A small corpus that a person read: of each statement the strings that say it."""

    name: str
    documents: tuple[Document, ...]
    matters: tuple[tuple[str, ...], ...]

    def said_by(self, words: str) -> set[int]:
        """The numbers of the statements that a sentence says."""
        told = _folded(words)
        return {n for n, own in enumerate(self.matters) if any(_folded(m) in told for m in own)}


class BriefScore(NamedTuple):
    """Of ten sentences how many say a marked statement, and how many of these are said."""

    right: int
    said: int


def main() -> None:
    """Print both halves."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--verbose", action="store_true", help="the sentences, of tuning")
    verbose = parser.parse_args().verbose
    encoder = open_encoder(DEFAULT)[0]
    corpora = marked_corpora()
    for half, own in (("tuning", corpora[::2]), ("reported", corpora[1::2])):
        scores: dict[str, list[BriefScore]] = {}
        for corpus in own:
            for name, chosen in chosen_by(corpus, encoder).items():
                scores.setdefault(name, []).append(score(corpus, chosen))
                if verbose and half == "tuning" and name == "brief":
                    print(*seen(corpus, chosen), sep="\n")
        print(f"\n| {half} | {' | '.join(c.name for c in own)} | of ten, mean | statements said |")
        print(f"|---|{'---|' * (len(own) + 2)}")
        for name, each in scores.items():
            right = " | ".join(str(one.right) for one in each)
            means = (sum(column) / len(own) for column in zip(*each, strict=True))
            print(f"| {name} | {right} | {' | '.join(f'{mean:.1f}' for mean in means)} |")


def marked_corpora() -> list[MarkedCorpus]:
    """Those of the file, in its order."""
    rows = [json.loads(line) for line in MARKED.read_text("utf-8").splitlines()]
    return [
        MarkedCorpus(
            row["corpus"],
            tuple(d for name in row["documents"] for d in _read(name)),
            tuple(map(tuple, row["matters"])),
        )
        for row in rows
    ]


def _read(name: str) -> Iterator[Document]:
    is_license = name.startswith("common-licenses/")
    file = (SHARE if is_license else MARKED.parents[2]) / name
    yield from load_file(file.read_bytes(), f"{name}.txt" if is_license else name).documents


def chosen_by(corpus: MarkedCorpus, encoder: Encoder) -> dict[str, list[str]]:
    """The ten sentences of each method."""
    contents, recalling = encoded(corpus.documents, encoder)
    retriever = contents.retriever(recalling)
    table = retriever.passages
    rows = {number: table.rows_of(number) for number in range(len(table.documents))}
    pool = strongest_of(retriever.stored, rows)
    methods: dict[str, Callable[[SentencePool], Iterator[int]]] = {
        "brief": strongest,
        "lead": lead,
        "lead, of each document by turns": by_turns,
        "LexRank": lexrank,
        "centroid": centroid,
        "submodular": submodular,
    }
    found = {
        name: [pool.told[i].text for i in pick(pool, method, TOP)]
        for name, method in methods.items()
    }
    sentences = [one.text for one in pool.told]
    sumy = others(sentences, TOP, corpus.name)
    return found | {name: [sentences[i] for i in sumy[name]] for name in ("sumy LexRank", "random")}


def score(corpus: MarkedCorpus, chosen: list[str]) -> BriefScore:
    """How many of the sentences are right."""
    said = [corpus.said_by(words) for words in chosen]
    return BriefScore(sum(1 for one in said if one), len(set().union(*said)))


def seen(corpus: MarkedCorpus, chosen: list[str]) -> Iterator[str]:
    """The sentences, marked where they are right."""
    yield f"\n{corpus.name}"
    yield from (f"{'*' if corpus.said_by(w) else ' '} {_folded(w)}" for w in chosen)


def _folded(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main()
