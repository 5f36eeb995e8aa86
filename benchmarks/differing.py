"""Whether sources differ, against hand labels: python -m benchmarks.differing [--data DATA]

Precision and recall of `compare` in rag.differences over pairs of sentences that were labelled
before it was written. It was developed on one half of them, by the sha256 of their names, and the
other half was held out. With `--data`, which takes minutes, also how often it speaks of all
sentences of different paragraphs of the 100 HotpotQA questions there, of which hardly any two
differ; and of how many pairs of FEVER claims on one article, by how many of which one is refuted.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

import seeds
from benchmarks.kit.metrics import Figure, shares
from index.load import load_text
from index.passages import split
from rag.differences import DifferenceKind, compare

FOLDER = Path(__file__).parents[1] / "tests/golden/differing"


class Pair(NamedTuple):
    """Two sentences of different documents, whether they differ, and what was found."""

    id: str
    question: str
    a: str
    b: str
    differ: bool
    found: DifferenceKind | None

    @property
    def is_development(self) -> bool:
        """Whether it was looked at when the comparison was written."""
        return int(hashlib.sha256(self.id.encode()).hexdigest()[0], 16) % 2 == 0


def main() -> None:
    """Print the figures, with intervals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="print what went wrong")
    parser.add_argument("--data", type=Path, help="the folder with hotpotqa/hotpotqa_train.json")
    args = parser.parse_args()
    pairs = labelled()
    halves = {
        "all": pairs,
        "development half": [p for p in pairs if p.is_development],
        "held-out half": [p for p in pairs if not p.is_development],
    }
    print("| figure | value | 95% interval |\n|---|---|---|")
    for name, half in halves.items():
        for figure, value in figures(half):
            print(value.line(f"{name}: {figure}"))
    for pair in pairs if args.verbose else ():
        if bool(pair.found) != pair.differ:
            print(f"{pair.id}: differ {pair.differ}, found {pair.found}\n  {pair.a}\n  {pair.b}")
    if args.data:
        alarms = [compare(*pair) for pair in unlike(args.data)]
        print(f"\nspeaks {sum(map(bool, alarms))} times over {len(alarms):,} pairs of HotpotQA")
        spoken = [refuted for *pair, refuted in claims(args.data) if compare("When?", *pair)]
        print(f"of FEVER, one is refuted in {sum(spoken)} of {len(spoken)} pairs that it speaks of")


def unlike(data: Path) -> Iterator[tuple[str, str, str]]:
    """The question, and two sentences of different paragraphs of those that belong to it."""
    for row in json.loads((data / "hotpotqa/hotpotqa_train.json").read_text("utf-8")):
        for (_, one), (_, other) in combinations(row["context"], 2):
            for a, b in product(one, other):
                if a.strip() and b.strip():
                    yield row["question"], a.strip(), b.strip()


def claims(data: Path) -> Iterator[tuple[str, str, bool]]:
    """Two claims on one article, of which one at least is supported, and whether one is refuted."""
    articles: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for line in gzip.decompress((data / "qa/fever_claims.jsonl.gz").read_bytes()).splitlines():
        row = json.loads(line)
        articles[row["group"]][row["question"]] = row["label"] == "REFUTES"
    for labels in articles.values():
        for (one, is_refuted), (other, other_is) in combinations(labels.items(), 2):
            if not (is_refuted and other_is):
                yield one, other, is_refuted or other_is


def figures(pairs: Sequence[Pair]) -> Iterator[tuple[str, Figure]]:
    """Precision and recall, with the counts in their names."""
    found = [p.differ for p in pairs if p.found]
    differ = [bool(p.found) for p in pairs if p.differ]
    if found:
        yield f"precision, {sum(found)} of {len(found)}", shares(found)
    yield f"recall, {sum(differ)} of {len(differ)}", shares(differ)


def labelled() -> list[Pair]:
    """The labelled pairs, compared."""
    rows = map(json.loads, (FOLDER / "pairs.jsonl").read_text("utf-8").splitlines())
    return [
        Pair(row["id"], row["question"], a, b, row["differ"], compare(row["question"], a, b))
        for row in rows
        for a, b in [(_sentence(row["a"]), _sentence(row["b"]))]
    ]


def _sentence(place: Mapping[str, str]) -> str:
    """The sentence that holds what the label names."""
    return next(s for s in _sentences(place["source"]) if place["contains"] in s)


@cache
def _sentences(source: str) -> tuple[str, ...]:
    file = next(f for f in (FOLDER / source, seeds.FOLDER / source) if f.exists())
    document = load_text(file.read_bytes(), source)
    passages = split(document, lambda texts: [len(text.split()) for text in texts])
    return tuple(document.cut(s.span) for p in passages for s in p.sentences)


if __name__ == "__main__":
    main()
