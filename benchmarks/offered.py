"""Whether what is offered after an answer has to do with it: python -m benchmarks.offered [--keep]

Over one folder of many subjects: the bundled articles, the corpora of `benchmarks/asked` and
`benchmarks/broad`, and nine licences. Twenty questions of their sets are asked, those drawn by
chance that are answered; at most three questions are offered after each. By what they were judged,
and how each was: tests/judged/README.md and tests/judged/offers.jsonl. What was offered after the
first draw was looked at while the code was written; the second draw, --reported, was judged once,
when it was done. --keep adds what is not judged, as `"related": null`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.golden import QUESTIONS
from rag.answers import Answer
from rag.engine import Engine
from rag.suggestions import Suggester
from tests.judged import FOLDER, judged

HERE = Path(__file__).parent
LICENCES = Path("/usr/share/common-licenses")
TAKEN = tuple(
    "Apache-2.0 Artistic BSD CC0-1.0 GFDL-1.3 GPL-2 GPL-3 LGPL-3 MPL-2.0".split()  # noqa: SIM905
)
OF_LICENCES = {
    26: (
        "Can I charge a fee for the warranty of a copy?",
        "What is a Modified Version of a document?",
        "What must a contributor grant with regard to patents?",
    ),
    59: (
        "When does my licence end if I break its terms?",
        "What must a modified file carry?",
        "Who may publish new versions of the licence?",
    ),
}
SEEN, REPORTED = OF_LICENCES  # the seeds of the draws
OFFERED, ASKED, DRAWN = 3, 20, 6  # offers an answer, answers, and questions drawn of each set
JUDGED = FOLDER / "offers.jsonl"


def main() -> None:
    """Ask, offer, and count what was judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="add what is not judged yet")
    parser.add_argument("--reported", action="store_true", help="the second draw")
    args = parser.parse_args()
    known = {(row["asked"], row["offered"]): row["related"] for row in judged("offers")}
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine.open(mixed(Path(folder)))
        rows = list(offered(engine, REPORTED if args.reported else SEEN))
        abstained = sum(not engine.ask(row["offered"]) for row in rows)
    told = [known.get((row["asked"], row["offered"])) for row in rows]
    for row, related in zip(rows, told, strict=True):
        print(f"{'?' if related is None else 'yes' if related else 'no':4}{json.dumps(row)}")
    print("\n| offered | related | not judged | abstained from |\n|---|---|---|---|")
    print(f"| {len(rows)} | {told.count(True)} | {told.count(None)} | {abstained} |")
    if args.keep:
        new = [row for row, related in zip(rows, told, strict=True) if related is None]
        with JUDGED.open("a", encoding="utf-8") as file:
            for row in new:
                file.write(f"{json.dumps({**row, 'related': None}, ensure_ascii=False)}\n")


def mixed(folder: Path) -> Path:
    """A folder of many subjects."""
    ignored = shutil.ignore_patterns("*.py*")
    shutil.copytree(HERE.parent / "seeds", folder / "articles", ignore=ignored)
    for kind in ("asked", "broad"):
        for docs in sorted((HERE / kind).glob("*/docs")):
            shutil.copytree(docs, folder / docs.parent.name)
    (folder / "licences").mkdir()
    for name in TAKEN:
        shutil.copy(LICENCES / name, folder / "licences" / f"{name}.txt")
    return folder


def questions(seed: int) -> list[str]:
    """Some of each set, in an order that is drawn by chance and always the same.

    The second draw holds none of the first.
    """
    before = set(questions(SEEN)) if seed != SEEN else set()
    sets = [QUESTIONS, *sorted((HERE / "asked").glob("*/questions.jsonl"))]
    sets += [HERE / "broad" / "questions" / f"{n}.jsonl" for n in ("allotment", "harbour", "lumen")]
    chance = Random(seed)
    found = list(OF_LICENCES[seed])
    for path in sets:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        facts = [row["question"] for row in rows if row.get("kind") not in ("overview", "abstain")]
        facts = [question for question in facts if question not in before]
        found += chance.sample(facts, min(DRAWN, len(facts)))
    chance.shuffle(found)
    return found


def offered(engine: Engine, seed: int) -> Iterator[dict[str, Any]]:
    """What is offered after each of the first answers, with what these quote."""
    suggester = Suggester(engine)
    answers: list[Answer] = []
    seconds = []
    for question in questions(seed):
        if len(answers) == ASKED:
            break
        if not (answer := engine.ask(question)):
            continue
        answers.append(answer)
        start = time.perf_counter()
        found = suggester.follow_ups([answer], OFFERED)
        seconds.append(time.perf_counter() - start)
        for one in found:
            yield {"asked": question, "quoted": [c.quote for c in answer.citations], "offered": one}
    print(f"{len(answers)} answers, median {sorted(seconds)[len(seconds) // 2]:.1f} s\n")


if __name__ == "__main__":
    main()
