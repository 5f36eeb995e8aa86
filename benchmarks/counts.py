"""Lists and counts: is the number that is told right? python -m benchmarks.counts --data DATA

Asks the questions of benchmarks/asked/counts.jsonl. A number is told where rows, values, items or
sentences are counted; quotations of prose, of which there may be more, and paragraphs are none.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.field import ASKED
from rag import Answer, Counted, Engine
from tests.office import write_office

FILE = ASKED / "counts.jsonl"
_NO_NUMBER = (Counted.QUOTATIONS, Counted.PARAGRAPHS)  # of what is asked for


class Counting(NamedTuple):
    """A question of a folder, and the number that a person counts; None for nothing to count."""

    folder: str
    question: str
    number: int | None

    def outcome(self, answer: Answer) -> str:
        """What became of it."""
        tally = answer.tally
        told = tally.number if tally and tally.of not in _NO_NUMBER else None
        if told == self.number:
            return "right" if told is not None else "rightly none"
        return (
            "not counted" if told is None else "another number" if self.number else "told wrongly"
        )


def main() -> None:
    """Ask everything, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    rows = map(json.loads, FILE.read_text("utf-8").splitlines())
    asked = [Counting(row["documents"], row["question"], row["number"]) for row in rows]
    outcomes: Counter[str] = Counter()
    with TemporaryDirectory() as office:
        folders = {one.folder: data / "field" / one.folder / "docs" for one in asked}
        folders["office"] = write_office(Path(office))
        engines = {name: Engine.open(folder) for name, folder in folders.items()}
        for one in asked:
            answer = engines[one.folder].ask(one.question)
            outcome = one.outcome(answer)
            outcomes[outcome] += 1
            if "right" not in outcome:
                print(f"{outcome}: {one.question} ({one.number}; {answer.tally})")
    print(f"{len(asked)} questions: {dict(outcomes.most_common())}")


if __name__ == "__main__":
    main()
