"""Whether the subjects of a brief fit: python -m benchmarks.subjects [--keep] [--closed]

The briefs of the twelve corpora of tests/judged/briefs.jsonl, ten statements each. Counted is how
many stand under a subject, instead of the title of their document, and how many of these were
judged to fit: tests/judged/README.md says by what, tests/judged/subjects.jsonl how each was. Every
other corpus, from the first, was looked at while the code was written; the others are closed.
--keep adds what is not judged, as `"fits": null`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from benchmarks.brief import TOP, MarkedCorpus, marked_corpora
from benchmarks.kit.corpora import encoded
from index import Encoder
from index.encoder import DEFAULT, open_encoder
from rag.brief import BriefRequest, brief
from tests.judged import FOLDER, judged

JUDGED = FOLDER / "subjects.jsonl"
_SHARED = " (in "  # behind the words of a subject: how many documents say them


def main() -> None:
    """Print the subjects, and count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="add what is not judged yet")
    parser.add_argument("--closed", action="store_true", help="the half that is not tuned on")
    args = parser.parse_args()
    known = {(row["subject"], row["quote"]): row["fits"] for row in judged("subjects")}
    encoder = open_encoder(DEFAULT)[0]
    counts: dict[str, tuple[int, int, int]] = {}
    new = []
    for corpus in marked_corpora()[int(args.closed) :: 2]:
        rows = list(subjects_of(corpus, encoder))
        told = [known.get((row["subject"], row["quote"])) for row in rows]
        new += [row for row, fits in zip(rows, told, strict=True) if fits is None]
        for row, fits in zip(rows, told, strict=True):
            print(f"{'?' if fits is None else 'yes' if fits else 'no':4}{json.dumps(row)}")
        counts[corpus.name] = (len(rows), told.count(True), told.count(None))
    sums = [sum(column) for column in zip(*counts.values(), strict=True)]
    print(f"\n| | {' | '.join(counts)} | all |\n|---|{'---|' * (len(counts) + 1)}")
    columns = zip(*counts.values(), sums, strict=True)
    for name, cells in zip(("under a subject", "that fits", "not judged"), columns, strict=True):
        print(f"| {name} | {' | '.join(map(str, cells))} |")
    if args.keep:
        with JUDGED.open("a", encoding="utf-8") as file:
            for row in new:
                file.write(f"{json.dumps({**row, 'fits': None}, ensure_ascii=False)}\n")


def subjects_of(corpus: MarkedCorpus, encoder: Encoder) -> Iterator[dict[str, Any]]:
    """Each statement of a brief that stands under a subject, with that."""
    contents, recalling = encoded(corpus.documents, encoder)
    retriever = contents.retriever(recalling)
    cited = brief(retriever, corpus.documents, BriefRequest(top=TOP), lambda passage, at: False)
    titles = {document.title or document.source for document in corpus.documents}
    quotes = {citation.number: citation.quote for citation in cited.cited.citations}
    for group in cited.cited.groups:
        if group.label in titles:
            continue
        for number in group.numbers:
            subject = group.label.partition(_SHARED)[0]
            yield {"corpus": corpus.name, "subject": subject, "quote": quotes[number]}


if __name__ == "__main__":
    main()
