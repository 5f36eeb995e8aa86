"""What is related to a quotation, and belongs there: python -m benchmarks.related [--unjudged]

Over the quotations of tests/judged/related.jsonl, each half of them in one folder of many subjects.
Half of the quotations were chosen and what belongs under them marked before there was a method;
the others were drawn by the sums of their words. What is shown was judged by reading, by who wrote
the code. Counted is how much of it belongs under its label, to how many quotations anything is
told, and how many of the marked statements are shown. The open half was for tuning.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.kit.corpora import encoded
from index import Document, Encoder, letters
from index.encoder import DEFAULT, open_encoder
from index.load import load_file
from index.search import Hybrid
from rag import Engine
from rag.citations import Citation
from rag.compose import cite_sentence
from rag.overview import Told, pool_of
from rag.reader import open_reader
from rag.related import RelatedLabel, cited_place, sentences_of
from rag.stance import relations

REPOSITORY, SHARE = Path(__file__).parents[1], Path("/usr/share")
MARKED = REPOSITORY / "tests/judged/related.jsonl"
DEBATED = "tests/judged/debated"
FOLDERS = {
    "open": (
        "seeds",
        *(
            f"{DEBATED}/{name}"
            for name in (
                "cats-indoors",
                "four-day-week",
                "homework",
                "late-fees",
                "night-train",
                "online-exams",
            )
        ),
        "benchmarks/broad/allotment/docs",
        "benchmarks/asked/recipes/docs",
        "benchmarks/asked/incidents/docs",
    ),
    "closed": (
        *(
            f"{DEBATED}/{name}"
            for name in ("orme-barrage", "rewrite-billing", "stretching", "verges", "wood-stoves")
        ),
        "benchmarks/broad/lumen/docs",
        "benchmarks/broad/harbour/docs",
        "benchmarks/broad/check/museum/docs",
        "benchmarks/asked/rules/docs",
        "benchmarks/asked/talks/docs",
    ),
}
LICENCES = {
    "open": ("GPL-2", "GPL-3", "LGPL-2.1", "LGPL-3", "Apache-2.0", "BSD", "Artistic"),
    "closed": ("MPL-1.1", "MPL-2.0", "GFDL-1.2", "GFDL-1.3", "CC0-1.0", "GPL-1", "LGPL-2"),
}
METHODS = ("related", "the nearest", "the nearest, labelled by the model alone")


class ShownStatement(NamedTuple):
    """A statement under a quotation: its label, its words and where they stand."""

    label: str
    source: str
    text: str


class RelatedScore(NamedTuple):
    """Of the statements shown how many were judged, and of those how many belong there."""

    shown: int
    judged: int
    belong: int
    quotations: int  # with a statement
    of: int
    found: int  # of the marked statements
    marked: int

    @property
    def row(self) -> str:
        """As cells of a table."""
        share = f"{self.belong} of {self.judged} ({self.belong / max(1, self.judged):.0%})"
        unjudged = f", {self.shown - self.judged} unjudged" if self.shown > self.judged else ""
        return f"{share}{unjudged} | {self.quotations} of {self.of} | {self.found} of {self.marked}"


def main() -> None:
    """Print both halves."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--unjudged", action="store_true", help="what nobody has judged, as JSON")
    parser.add_argument("--half", choices=list(FOLDERS), help="of one half alone")
    given = parser.parse_args()
    encoder = open_encoder(DEFAULT)[0]
    rows = [json.loads(line) for line in MARKED.read_text("utf-8").splitlines()]
    for half in [given.half] if given.half else list(FOLDERS):
        own = [row for row in rows if row["half"] == half]
        shown = shown_by(half, own, encoder)
        if given.unjudged:
            print(*unjudged(own, shown), sep="\n")
            continue
        print(f"\n| {half} | belong there | quotations with any | marked, and shown |")
        print("|---|---|---|---|")
        for method in METHODS:
            print(f"| {method} | {score(own, shown[method]).row} |")
        for label in RelatedLabel:
            part = [[one for one in each if one.label == label.value] for each in shown["related"]]
            print(f"| related: {label.value} | {score(own, part).row} |")


def shown_by(
    half: str, rows: Sequence[dict[str, Any]], encoder: Encoder
) -> dict[str, list[list[ShownStatement]]]:
    """What each method shows under each quotation."""
    documents = list(_documents(half))
    contents, recalling = encoded(documents, encoder)
    retriever = contents.retriever(recalling)
    engine = Engine(retriever, open_reader(), retriever.passages.documents)
    every = _every(retriever)
    found: dict[str, list[list[ShownStatement]]] = {method: [] for method in METHODS}
    for row in rows:
        source = _named(row["source"])
        own = [d for d in engine.documents if d.source == source]
        cited = cited_place(retriever, own, row["quote"])
        answer = engine.related(cited)
        labels = {n: group.label for group in answer.groups for n in group.numbers}
        found["related"].append([_shown(labels[c.number], c) for c in answer.citations])
        near = _nearest(retriever, every, cited)
        odds = relations([(cited.quote, near.quote)])[0]
        label = "Says the same" if odds.same > 0.5 else "Adds to it"
        label = "Goes against it" if odds.against > 0.5 else label
        found[METHODS[1]].append([_shown("", near)])
        found[METHODS[2]].append([_shown(label, near)])
    return found


def _documents(half: str) -> Iterator[Document]:
    for folder in FOLDERS[half]:
        for file in sorted((REPOSITORY / folder).rglob("*")):
            if file.suffix in (".md", ".txt", ".csv"):
                yield from load_file(
                    file.read_bytes(), file.relative_to(REPOSITORY).as_posix()
                ).documents
    for name in LICENCES[half]:
        file = SHARE / "common-licenses" / name
        yield from load_file(file.read_bytes(), _named(f"common-licenses/{name}")).documents


def _named(source: str) -> str:
    return f"{source}.txt" if source.startswith("common-licenses/") else source


def _every(retriever: Hybrid) -> tuple[list[Told], Any]:
    """Every sentence that may be quoted, and their vectors."""
    pools = [pool_of(retriever.stored, [row]) for row in range(len(retriever.passages))]
    pools = [pool for pool in pools if len(pool)]
    return [one for pool in pools for one in pool.told], np.concatenate([p.vectors for p in pools])


def _nearest(retriever: Hybrid, every: tuple[list[Told], Any], cited: Citation) -> Citation:
    """The sentence of another passage whose vector is nearest, and that has other letters."""
    told, vectors = every
    quoted = sentences_of(retriever, cited.document, cited.start, cited.end)[0]
    own = retriever.stored.vectors([quoted.row])[quoted.at]
    order = np.argsort(-(vectors @ own), kind="stable").tolist()
    said = letters(quoted.text)
    best = next(
        told[i] for i in order if told[i].row != quoted.row and letters(told[i].text) != said
    )
    return cite_sentence(best.passage, best.at)


def _shown(label: str, cited: Citation) -> ShownStatement:
    return ShownStatement(label, cited.document.source, " ".join(cited.quote.split()))


def score(
    rows: Sequence[dict[str, Any]], shown: Sequence[Sequence[ShownStatement]]
) -> RelatedScore:
    """What is shown under each quotation against what was judged and marked."""
    judged = belong = found = marked = 0
    for row, own in zip(rows, shown, strict=True):
        known = [b for one in own if (b := judgement(row, one)) is not None]
        judged += len(known)
        belong += sum(known)
        marks = [mark for mark in row["marks"] if mark["relation"] != "never"]
        marked += len(marks)
        found += sum(
            any(letters(mark["text"]) in letters(one.text) for one in own) for mark in marks
        )
    some = sum(1 for own in shown if own)
    return RelatedScore(sum(map(len, shown)), judged, belong, some, len(rows), found, marked)


def judgement(row: dict[str, Any], shown: ShownStatement) -> bool | None:
    """Whether a statement belongs under its label, "" being any; None where nobody judged it."""
    for one in row.get("judged", ()):
        if one["source"] == shown.source and letters(one["text"]) == letters(shown.text):
            return shown.label in one["belongs"] if shown.label else bool(one["belongs"])
    return None


def unjudged(
    rows: Sequence[dict[str, Any]], shown: dict[str, list[list[ShownStatement]]]
) -> Iterator[str]:
    """Each statement that nobody has judged, with its quotation."""
    for at, row in enumerate(rows):
        for one in dict.fromkeys(o._replace(label="") for m in METHODS[:2] for o in shown[m][at]):
            if judgement(row, one) is None:
                told = {"id": row["id"], "quote": row["quote"], "source": one.source}
                yield json.dumps({**told, "text": one.text, "belongs": []}, ensure_ascii=False)


if __name__ == "__main__":
    main()
