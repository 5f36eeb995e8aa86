"""Keeping an index up to date: its cost beside that of building it, and that nothing is lost.

    python -m benchmarks.update --data ../shared/data

10,000 files of 2-4 KB are made of paragraphs of public sets, seeded. After each change the index is
compared with one that is built afresh: the same documents, passages, offsets and order, scores to
1e-5, for 50 questions. The builds afresh recall the vectors of texts that the first one encoded;
the updates do not.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.kit.sets import natural_questions, squad
from index.encoder import Remembering, open_encoder
from index.generation import open_index
from index.language import Query
from index.library import Index, Recipe, UpdateReport

FILES = 10_000
SHARE = 0.01
BYTES = (2_000, 4_000)
QUESTIONS = 50
DEPTH = 20  # passages compared for a question
WIKI = "squadshifts/new_wiki_even_articles.json"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--files", type=int, default=FILES)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in measured(chosen.data, Path(folder), chosen.files):
            print(line, flush=True)


def measured(data: Path, work: Path, files: int) -> Iterator[str]:
    """The figures, a line each, as they come."""
    folder, index = work / "files", work / "index"
    chance = random.Random(0)
    texts, questions = material(data)
    _write(folder, texts, files, chance)
    encoder, compiled = open_encoder(None)
    recalling = Remembering(encoder, work / "recalled")
    recipe = Recipe(open_encoder=lambda model, tell: (recalling, compiled))

    def afresh(into: Path) -> UpdateReport:
        return Index(into, recipe).update(folder)

    start = time.perf_counter()
    report = afresh(index)
    first = time.perf_counter() - start
    yield f"first build: {first:.1f} s, {files:,} files, {report.passages:,} passages"
    for name, change in _changes(folder, texts, max(1, round(files * SHARE)), chance):
        change()
        start = time.perf_counter()
        report = Index(index).update(folder)
        seconds = time.perf_counter() - start
        shutil.rmtree(work / "afresh", ignore_errors=True)
        afresh(work / "afresh")
        (places, scores), (fresh, exact) = (
            _answers(i, questions) for i in (index, work / "afresh")
        )
        same = places == fresh and bool(np.allclose(scores, exact, rtol=0, atol=1e-5))
        yield (
            f"{name}: {seconds:.2f} s, {seconds / first:.4f} of the first build; "
            f"{report.added} added, {report.changed} changed, {report.renamed} renamed, "
            f"{report.removed} removed; answers as built afresh: {'yes' if same else 'NO'}"
        )


def material(data: Path) -> tuple[list[str], list[str]]:
    """Paragraphs, each once, and questions that some of them answer."""
    wiki, asked = squad(data / WIKI)
    documents = [
        *wiki,
        *squad(data / "squadshifts" / "amazon_reviews.json")[0],
        *squad(data / "squadshifts" / "reddit.json")[0],
        *natural_questions(data / "nq_oracle" / "nq-open-oracle.jsonl")[0],
    ]
    texts = {d.text: None for d in documents}
    for part in ("scifact", "hotpotqa/beir_pooled500"):
        with (data / part / "corpus.jsonl").open(encoding="utf-8") as lines:
            texts |= {json.loads(line)["text"]: None for line in lines}
    return [text for text in texts if text.strip()], [q.text for q in asked[:QUESTIONS]]


def _write(folder: Path, texts: Sequence[str], files: int, chance: random.Random) -> None:
    """Files of whole paragraphs; every second one has a heading, the others only a name."""
    for i in range(files):
        file = folder / f"{i // 100:03}" / f"{i:05}.{'md' if i % 2 else 'txt'}"
        file.parent.mkdir(parents=True, exist_ok=True)
        wanted = chance.randint(*BYTES)
        parts = [f"# Notes, part {i}"] if i % 2 else []
        while sum(map(len, parts)) < wanted:
            parts.append(chance.choice(texts)[: BYTES[1]])
        file.write_text("\n\n".join(parts), "utf-8")


def _changes(
    folder: Path, texts: Sequence[str], count: int, chance: random.Random
) -> Iterator[tuple[str, Callable[[], object]]]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    chance.shuffle(files)
    changed, renamed, removed = (files[i * count : (i + 1) * count] for i in range(3))

    def rewrite() -> None:
        for file in changed:
            parts = file.read_text("utf-8").split("\n\n")
            parts[-1] = chance.choice(texts)
            file.write_text("\n\n".join(parts), "utf-8")

    def rename() -> None:
        for file in renamed:
            file.rename(file.with_stem(f"{file.stem}-new"))

    def remove() -> None:
        for file in removed:
            file.unlink()

    yield "nothing changed", lambda: None
    yield "1% changed", rewrite
    yield "1% renamed", rename
    yield "1% removed", remove


def _answers(index: Path, questions: Sequence[str]) -> tuple[list[Any], list[float]]:
    """The documents and what is found for each question, in order; and all of its scores."""
    opened = open_index(index)
    found: list[Any] = [(d.source, d.id, d.title) for d in opened.documents]
    scores: list[float] = []
    for question in questions:
        for hit in opened.retriever.search(Query(question), DEPTH):
            assert hit.evidence is not None
            passage = hit.passage
            found.append((passage.document.source, passage.start, passage.end, dict(hit.ranks)))
            scores += [hit.score, hit.evidence.cosine]
            scores += [*hit.evidence.similarity, *hit.evidence.lexical]
    return found, scores


if __name__ == "__main__":
    main()
