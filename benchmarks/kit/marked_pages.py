"""The twenty pages of tests/judged with marked dates and names, and how what is found scores."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.kit.corpora import encoded
from index import Document, Encoder
from index.encoder import open_encoder
from index.load import load_file
from index.search import Hybrid
from rag.evaluation import Share
from tests.judged import judged

REPOSITORY = Path(__file__).parents[2]
HALVES = ("tuning", "reported")


class MarkedPage(NamedTuple):
    """A page as it is read, what was marked on it, and of which half it is."""

    document: Document
    retriever: Hybrid
    marks: dict[str, Any]
    half: str


class MarkScore(NamedTuple):
    """How many of those found are right, of how many; and how many of those marked are found."""

    right: int
    found: int
    recalled: int
    marked: int

    @property
    def row(self) -> str:
        """Precision and recall with their 95% intervals, as cells of a table."""
        return f"{_share(self.right, self.found)} | {_share(self.recalled, self.marked)}"


def marked_pages(name: str, encoder: Encoder) -> list[MarkedPage]:
    """The pages with the marks of `tests/judged/NAME.jsonl`, ordered by the sha256 of their names.

    Every other one is for tuning.
    """
    rows = sorted(judged(name), key=lambda row: hashlib.sha256(row["document"].encode()).digest())
    return [_page(row, HALVES[i % 2], encoder) for i, row in enumerate(rows)]


def print_halves(
    name: str,
    about: str | None,
    head: str,
    row: Callable[[list[MarkedPage]], str],
    wrong: Callable[[MarkedPage], Iterable[str]],
) -> None:
    """A table, the `row` of each half of the pages; with --verbose what is `wrong` of tuning."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--verbose", action="store_true", help="also what is wrong, of tuning")
    verbose = parser.parse_args().verbose
    pages = marked_pages(name, open_encoder(None)[0])
    print(f"| half | {head} |")
    print("|---" * (2 + head.count(" | ")) + "|")
    for half in HALVES:
        print(f"| {half} | {row([page for page in pages if page.half == half])} |")
    if verbose:
        for line in (line for page in pages if page.half == "tuning" for line in wrong(page)):
            print(line)


def _page(row: dict[str, Any], half: str, encoder: Encoder) -> MarkedPage:
    path = REPOSITORY / row["document"]
    (document,) = load_file(path.read_bytes(), path.name).documents
    contents, recalling = encoded([document], encoder)
    return MarkedPage(document, contents.retriever(recalling), row, half)


def total(scores: Iterable[MarkScore]) -> MarkScore:
    """The sum."""
    return MarkScore(*map(sum, zip(*scores, strict=True)))


def _share(part: int, whole: int) -> str:
    if not whole:
        return "–"
    low, high = Share(part, whole).interval or (0.0, 1.0)
    return f"{part} of {whole}, {part / whole:.0%} ({low:.0%}–{high:.0%})"


def folded(text: str) -> str:
    """White space as single spaces."""
    return " ".join(text.split())


def overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]
