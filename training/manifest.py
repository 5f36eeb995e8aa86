"""What the shipped models are trained on: python -m training.manifest --data ../shared/data

Writes training/manifest.json in the format of benchmarks/manifest.json: every set's questions and
paragraphs, its development tenth and the calibration article included, the questions that
training.definitions made, with their passages, and what training.stances pairs, those by rule left
out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from benchmarks.manifest import Texts, write
from training.definitions import NAME
from training.mine import workplace
from training.public import public_sets
from training.questions import calibration_set, training_sets
from training.stances.rows import KeptOut
from training.stances.sets import public_rows

MANIFEST = Path(__file__).with_name("manifest.json")


def main() -> None:
    """Write the file, print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    args = parser.parse_args()
    write(MANIFEST, training_texts(args.data))


def training_texts(data: Path) -> Iterator[tuple[str, Texts]]:
    """Each training set by name."""
    for part in chain(training_sets(data), [calibration_set(data)], public_sets(data)):
        yield part.name, Texts([q.text for q in part.questions], [d.text for d in part.documents])
    kept_out = KeptOut.of(data)
    rows = [row for row in public_rows(data) if kept_out.allows(row)]
    yield "stances", Texts([row.one for row in rows], [row.other for row in rows])
    questions, passages = (
        [json.loads(line) for line in (workplace() / file).read_text("utf-8").splitlines()]
        for file in (f"{NAME}.groups.jsonl", f"{NAME}.passages.jsonl")
    )
    asked = {question["gold"][0][0] for question in questions}
    yield (
        NAME,
        Texts(
            [question["question"] for question in questions],
            [" ".join(passages[number]["sentences"]) for number in sorted(asked)],
        ),
    )


if __name__ == "__main__":
    main()
