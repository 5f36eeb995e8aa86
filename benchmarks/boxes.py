"""Boxes of PDFs: how many bytes they take, and whether pdfium finds the same letters in them.

    python -m benchmarks.boxes FILE.pdf ...

A run is right where pdfium finds in its box, half a point smaller on each side, its letters and no
others; a sentence where it finds them in its boxes, whose ends within a line are told by letters'
usual widths. A run is elsewhere where none of its letters are in its box. Rows of tables do not
count, since labels have no boxes. Where letters are set into one another, as those of "TEX", no
box is right.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

from benchmarks.kit.bounded import bare, opened, words_in
from index import Document, Parsers

INSET = 0.5  # points
ROW = 20  # bytes of a box
MOST = 3000  # runs, and sentences, of a file that are looked at


class Measured(NamedTuple):
    """Of one file: bytes a page of the boxes, and of one for each word; shares that are right.

    `elsewhere` is the share of the runs in whose boxes none of their letters are.
    """

    pages: int
    kept: float
    by_word: float
    runs: float
    elsewhere: float
    sentences: float


def measure(data: bytes, document: Document) -> Measured:
    """What is found of one file."""
    text, boxes = document.text, document.boxes
    runs = [(int(row["start"]), int(row["end"])) for row in boxes.rows[:MOST]]
    told = [p for p in document.pieces if p.kind.name == "SENTENCE" and p.role != "row"][:MOST]
    with opened(data) as file:

        def letters(start: int, end: int) -> tuple[str, str]:
            """What stands in the boxes, and what should."""
            found = boxes.within(text, start, end)
            return "".join(words_in(file, box, INSET) for box in found), bare(text[start:end])

        pages = len(file)
        pairs = [letters(*run) for run in runs]
        right = [said == meant for said, meant in pairs]
        elsewhere = [set(said).isdisjoint(meant) for said, meant in pairs]
        told_right = [said == meant for said, meant in (letters(p.start, p.end) for p in told)]
    return Measured(
        pages,
        len(boxes.to_bytes()) / pages,
        ROW * len(text.split()) / pages,
        sum(right) / max(1, len(right)),
        sum(elsewhere) / max(1, len(elsewhere)),
        sum(told_right) / max(1, len(told_right)),
    )


def main() -> None:
    """Print a line a file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    print("pages  bytes a page  a box a word  runs right  elsewhere  sentences right  file")
    with Parsers() as parsers:
        for path in parser.parse_args().files:
            data = path.read_bytes()
            for document in parsers.load(data, path.name).documents:
                found = measure(data, document)
                print(
                    f"{found.pages:5}  {found.kept:12.0f}  {found.by_word:12.0f}  "
                    f"{found.runs:10.1%}  {found.elsewhere:9.1%}  {found.sentences:15.1%}  "
                    f"{path.name}"
                )


if __name__ == "__main__":
    main()
