"""Whether a change leaves the answers as they were.

    python -m benchmarks.answers --data ../shared/data --keep before.json      on the code before
    python -m benchmarks.answers --data ../shared/data --against before.json   on the code after

Of 639 questions (the golden ones of the bundled articles, chroma's, and `field`'s with their
histories) what was quoted, from where to where, in which order, what else an answer says, and the
exit code of `ibid ask` must be equal, scores and confidences to 1e-6. Each difference is printed;
the exit code is 1 where there is one.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import seeds
from benchmarks.golden import QUESTIONS
from benchmarks.kit.sets import chroma
from rag import Answer, Engine

TOLERANCE = 1e-6


def main() -> None:
    """Ask everything; keep it, or compare it with what was kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--keep", type=Path, metavar="FILE")
    what.add_argument("--against", type=Path, metavar="FILE")
    chosen = parser.parse_args()
    answers = {name: told(answer) for name, answer in _asked(chosen.data)}
    if chosen.keep:
        chosen.keep.write_text(json.dumps(answers, indent=1), "utf-8")
        print(f"{len(answers)} answers kept")
        return
    before = json.loads(chosen.against.read_text("utf-8"))
    found = list(differences(before, json.loads(json.dumps(answers))))
    print(*found, sep="\n")
    changed = len({line.split(":")[0] for line in found})
    print(f"{len(answers)} answers, {changed} of them differ")
    sys.exit(1 if found else 0)


def _asked(data: Path) -> Iterator[tuple[str, Answer]]:
    """The answer of each question, by set and place in it."""
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    golden = [(row["question"], ()) for row in rows]
    yield from _answers("golden", seeds.FOLDER, golden)
    folder = data / "chroma_chunking"
    documents = sorted(folder.glob("*.md"))
    yield from _answers("chroma", documents, [(text, ()) for text, *_ in chroma(folder)])
    for file in sorted((data / "field").glob("*/questions.jsonl")):
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        asked = [(row["question"], row.get("history", ())) for row in rows]
        yield from _answers(f"field/{file.parent.name}", file.parent / "docs", asked)


def _answers(
    name: str, documents: Path | Sequence[Path], asked: Sequence[tuple[str, Sequence[str]]]
) -> Iterator[tuple[str, Answer]]:
    """The answer of each question, after those of its history."""
    engine = Engine.open(documents)
    for number, (question, before) in enumerate(asked, 1):
        history: list[Answer] = []
        for earlier in before:
            history.append(engine.ask(earlier, history=history))
        yield f"{name}/{number}", engine.ask(question, history=history)


def told(answer: Answer) -> dict[str, Any]:
    """What an answer says, and the passages that were read for it, as JSON."""
    hits = [[h.passage.document.id, h.passage.start, h.passage.end, h.score] for h in answer.hits]
    return {
        "exit code": 0 if answer else 4 if answer.perhaps else 3,
        "hits": hits,
        **answer.to_dict(),
    }


def differences(before: Any, after: Any, place: str = "") -> Iterator[str]:
    """One line for each place where two pieces of JSON differ, numbers by more than 1e-6."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before | after:
            if key in before and key in after:
                yield from differences(before[key], after[key], f"{place}: {key}" if place else key)
            else:
                yield f"{place or key}: only {'before' if key in before else 'after'}"
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, pair in enumerate(zip(before, after, strict=True), 1):
            yield from differences(*pair, f"{place} {number}")
    elif isinstance(before, float) and isinstance(after, float):
        if not math.isclose(before, after, rel_tol=0, abs_tol=TOLERANCE):
            yield f"{place}: {before} -> {after}"
    elif before != after:
        yield f"{place}: {before!r} -> {after!r}"


if __name__ == "__main__":
    main()
