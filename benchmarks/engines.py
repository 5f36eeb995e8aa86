"""Whether a collection in an engine answers as the same index on the disk does.

    python -m benchmarks.engines --data ../shared/data [--questions 500] [--only wiki]

Indexes the bundled articles, the corpora of `field`, those of chroma and the paragraphs of
SQuADShifts' new-wiki (even articles) into Milvus Lite, asks both the same questions, and says of
how many the best quotation is the same, of how many the whole answer with all of its evidence is,
what the search for passages alone takes, how much a reader keeps of each passage (compressed) and
fetches of one that is a candidate, and of each difference where it comes from. With --into, the
address of a server, `milvus://HOST:PORT/NAME`, it does so there.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import seeds
from benchmarks.answers import differences, told
from benchmarks.golden import QUESTIONS
from benchmarks.kit.sets import chroma, squad
from index import Query
from index.copies import Copies
from index.engines import Collection, RowPacker
from index.generation import base_of
from rag import Answer, Engine
from rag.reader import PASSAGES

WIKI = "squadshifts/new_wiki_even_articles.json"
Asked = Sequence[tuple[str, Sequence[str]]]  # questions, with those that were asked before


class ComparedSet(NamedTuple):
    """Documents and what is asked of them."""

    name: str
    documents: Sequence[Path]
    questions: Asked


def main() -> None:
    """Ask everything of both; print the shares and the differences."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="the folder of public sets")
    parser.add_argument("--questions", type=int, default=500, help="of the wiki, at most")
    parser.add_argument("--only", help="the sets whose names begin so")
    parser.add_argument("--into", type=Path, help="an address; NAME is the beginning of names")
    chosen = parser.parse_args()
    total = equal = same = 0
    with tempfile.TemporaryDirectory() as work:
        for number, one in enumerate(_sets(chosen.data, chosen.questions, Path(work))):
            if chosen.only and not one.name.startswith(chosen.only):
                continue
            place = Path(f"milvus+lite:{work}/{number}")
            if chosen.into is not None:
                place = Path(f"{chosen.into}_{number}")
            asked = _compare(one, Collection(place))
            total, equal, same = total + asked[0], equal + asked[1], same + asked[2]
    if total:
        print(f"| all | {total} | {equal} ({equal / total:.1%}) | {same} ({same / total:.1%}) |")


def _compare(one: ComparedSet, collection: Collection) -> tuple[int, int, int]:
    """How many questions were asked, for how many the best quotation and all else is the same."""
    report = collection.update(one.documents)
    there, here = (Engine.over(own.open()) for own in (collection, collection.working_copy))
    equal = same = 0
    seconds = [0.0, 0.0]
    for question, before in one.questions:
        answers = []
        for at, engine in enumerate((here, there)):
            answers.append(_answer(engine, question, before))
            begun = time.perf_counter()
            engine.retriever.search(Query(question), PASSAGES)
            seconds[at] += time.perf_counter() - begun
        local, other = answers
        quotes = [(a.best and (a.best.document.id, a.best.start, a.best.end)) for a in answers]
        found = [*differences(*(json.loads(json.dumps(told(a))) for a in answers))]
        equal += quotes[0] == quotes[1]
        same += not found
        if found:
            print(f"  {one.name}: {question}\n    {_reason(local, other)}; {found[0][:160]}")
    held, fetched = _sizes(collection)
    n = len(one.questions)
    print(
        f"| {one.name}: {report.passages:,} passages | {n} | {equal} | {same} | "
        f"{1000 * seconds[0] / n:.0f} and {1000 * seconds[1] / n:.0f} ms | "
        f"{held:,.0f} and {fetched:,.0f} bytes a passage |",
        flush=True,
    )
    return n, equal, same


def _answer(engine: Engine, question: str, before: Sequence[str]) -> Answer:
    history: list[Answer] = []
    for earlier in before:
        history.append(engine.ask(earlier, history=history))
    return engine.ask(question, history=history)


def _sizes(collection: Collection) -> tuple[float, float]:
    """Bytes a passage: what a reader keeps of all of them, and of a row that a question fetches."""
    opened = collection.open()
    parts = sum(len(opened.parts.get(name)) for name in opened.manifest.parts)
    contents = base_of(collection.working_copy.path).contents
    packer = RowPacker(contents, Copies.of(contents.passages, contents.digests))
    count = len(contents.passages)
    some = range(0, count, max(1, count // 200))
    rows = sum(len(packer.pack(number).content) for number in some) / len(some)
    return parts / count, rows


def _reason(local: Answer, other: Answer) -> str:
    """Where a difference comes from."""
    if local.asked_as != other.asked_as:
        return f"asked as {local.asked_as!r} and as {other.asked_as!r}: what words it does not know"
    places = [[(h.passage.document.id, h.passage.start) for h in a.hits] for a in (local, other)]
    if places[0] != places[1]:
        lacking = sum(place not in places[1] for place in places[0])
        return f"{lacking} of {len(places[0])} passages were no candidates, or in another order"
    if (local.unknown, local.unquoted) != (other.unknown, other.unquoted):
        return "the same passages; other words are said to stand nowhere"
    return "the same passages"


def _sets(data: Path | None, most: int, work: Path) -> Iterator[ComparedSet]:
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    yield ComparedSet("golden", [seeds.FOLDER], [(row["question"], ()) for row in rows])
    if data is None:
        return
    for file in sorted((data / "field").glob("*/questions.jsonl")):
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        asked = [(row["question"], row.get("history", ())) for row in rows]
        yield ComparedSet(f"field/{file.parent.name}", [file.parent / "docs"], asked)
    folder = data / "chroma_chunking"
    whole = sorted(folder.glob("*.md"))
    yield ComparedSet("chroma", whole, [(text, ()) for text, *_ in chroma(folder)])
    documents, questions = squad(data / WIKI)
    paragraphs = work / "wiki"
    paragraphs.mkdir()
    for number, document in enumerate(documents):
        (paragraphs / f"{number:05}.txt").write_text(document.text, "utf-8")
    step = max(1, len(questions) // most)
    asked = [(question.text, ()) for question in questions[::step][:most]]
    yield ComparedSet("wiki", [paragraphs], asked)


if __name__ == "__main__":
    main()
