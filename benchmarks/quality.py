"""How good the answers are: python -m benchmarks.quality --data ../shared/data [--check]

Every figure comes with a 95% bootstrap interval over questions. All systems stand beside each
other in the same run, on the same passages: the trained reader, the first reader, our retrieval
before reading, and what people usually build (dense passages alone, BM25 alone, plain RRF of the
two). A figure is named set.figure.system. Draws risk_coverage.png and reliability.png. With
--check, fails when a figure is more than half a point worse than benchmarks/floor.toml says, or
was not measured.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from benchmarks import golden
from benchmarks.kit import (
    abstracts,
    curves,
    excerpts,
    squad2,
    two_facts,
    wiki,
)
from benchmarks.kit.asking import TRAINED, Readers, open_readers
from benchmarks.kit.metrics import Figure
from index.encoder import OnnxEncoder, open_encoder

FLOOR = Path(__file__).with_name("floor.toml")
SLACK = 0.005  # half a point
SETS: Mapping[str, Callable[[Path, OnnxEncoder, Readers], dict[str, Figure]]] = {
    "wiki": wiki.figures, "chroma": excerpts.figures, "scifact": abstracts.figures,
    "hotpot": two_facts.figures, "squad2": squad2.figures, "golden": golden.figures,
}  # fmt: skip
DRAWN = {
    "wiki": "wiki_even, with gold passages and without",
    "squad2": "SQuAD 2.0, articles 9 and 10",
}


def main() -> None:
    """Run the sets, print the tables, draw the curves, compare with the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--check", action="store_true", help="fail below the floor")
    parser.add_argument("--only", choices=list(SETS), help="one set; draws nothing")
    args = parser.parse_args()
    if not args.only and find_spec("matplotlib") is None:
        parser.error("the curves need matplotlib: pip install -c constraints.txt -e '.[bench]'")
    encoder, _ = open_encoder(None)
    readers = open_readers()
    if TRAINED not in readers:
        print("rag/reader holds no weights: the trained reader is not measured", file=sys.stderr)
    sets = [args.only] if args.only else list(SETS)
    figures: dict[str, Figure] = {}
    for name in sets:
        print(f"\n## {name}\n\n| figure | value | 95% interval |\n|---|---|---|", flush=True)
        for key, figure in SETS[name](args.data, encoder, readers).items():
            figures[f"{name}.{key}"] = figure
            print(figure.line(f"{name}.{key}"), flush=True)
    if not args.only:
        _draw(figures, readers)
    if args.check:
        values = {key: figure.value for key, figure in figures.items()}
        missed = shortfalls(values, tomllib.loads(FLOOR.read_text("utf-8")), sets)
        print("\n".join(["", *missed]))
        sys.exit(int(bool(missed)))


def _draw(figures: Mapping[str, Figure], readers: Readers) -> None:
    judged = {
        title: {reader: figures[f"{name}.calibration error.{reader}"].rows for reader in readers}
        for name, title in DRAWN.items()
    }
    curves.draw(judged, {name: reader.abstain for name, reader in readers.items()})


def shortfalls(
    values: Mapping[str, float], bounds: Mapping[str, Mapping[str, float]], sets: list[str]
) -> list[str]:
    """What of `bounds` ("floor", "ceiling") the figures of `sets` do not hold, in words.

    A figure that was not measured does not hold, nor does a set without a bound.
    """
    missed = []
    bounded = set()
    for side, sign in (("floor", 1), ("ceiling", -1)):
        for key, bound in bounds.get(side, {}).items():
            name = key.partition(".")[0]
            bounded.add(name)
            if name not in sets:
                continue
            if key not in values:
                missed.append(f"NOT MEASURED: {key}")
            elif not sign * (values[key] - bound) >= -SLACK:
                missed.append(f"BEYOND THE {side.upper()}: {key} = {values[key]:.4f}, {bound:.4f}")
    return missed + [f"NO BOUND: {name}" for name in sets if name not in bounded]


if __name__ == "__main__":
    main()
