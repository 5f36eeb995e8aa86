"""Are designed pages read in their order, each paragraph whole and nothing spliced?

    python -m benchmarks.pages [--keep FOLDER] [--verbose]

Seeded pages (columns, text beside text, callouts, pull quotes, captions, panels, slides, notes in
the margin) are printed by nine programs, others (letters, terms beside their meaning, tables) by
one, with tags and without: what they were given is the truth. In order are neighbouring sentences
of the text, if no sentence of the text is read between them; whole is a block of the page that is
one of ours, and a row or a term with its meaning that stands in one of ours with nothing of
another; a sentence is kept if it stands in one block, word for word; spliced is a block of ours
that holds words of several of the page's.

What programs draw one after the other helps. So every page is also read as if it were drawn line by
line from its top to its bottom, across all that stands beside one another, and had no tags.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import sentencex

from benchmarks.kit.designed import FLOW, DesignedPage, PageBlock, first_pages, other_pages
from benchmarks.kit.designed_office import printers
from benchmarks.kit.designed_rows import row_pages
from index.load import load_file
from index.load.pdf.flow import blocks
from index.load.pdf.pdfium import read_book
from index.load.pdf.sheet import Run
from index.load.pdf.words import Vocabulary
from index.types import BlockKind

Reader = Callable[[Path], list[str]]
_Unit = tuple[str, ...]  # the texts that are to be read as one

_TELLS = 24  # characters of a sentence's or a block's start and end that say which it is


class PageScore(NamedTuple):
    """Of one page: counts of what is right, and of what there is."""

    printer: str
    layout: str
    ordered: int
    pairs: int
    whole: int
    blocks: int
    kept: int
    sentences: int
    spliced: int


def main() -> None:
    """Print, read, compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keep", type=Path, help="A folder to leave the printed files in.")
    parser.add_argument("--verbose", action="store_true", help="Print each block that is not whole")
    parser.add_argument("--half", choices=("first", "other", "rows"), help="Only these pages.")
    chosen = parser.parse_args()
    halves = {"first": first_pages(), "other": other_pages(), "rows": row_pages()}
    with tempfile.TemporaryDirectory() as folder:
        work = chosen.keep or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        for name, pages in halves.items():
            if chosen.half in (None, name):
                for way, reader in {"as drawn": read, "line by line": read_across}.items():
                    scores = list(scored(pages, work, reader, chosen.verbose))
                    for line in figures(f"{name}, {way}", scores):
                        print(line, flush=True)


def scored(
    pages: Sequence[DesignedPage], work: Path, reader: Reader, verbose: bool = False
) -> Iterator[PageScore]:
    """The score of each page, which the programs print in turn."""
    for i, page in enumerate(pages):
        able = list(printers(page.layout).items())
        name, make = able[i // 6 % len(able)]
        pdf = work / f"{page.name}.pdf"
        if not pdf.exists():
            make(page, pdf)
        yield score(page, name, reader(pdf), verbose)


def read(pdf: Path) -> list[str]:
    """The blocks of a document that are not furniture, their markers left out."""
    document = load_file(pdf.read_bytes(), pdf.name).documents[0]
    return [
        _plain(document.text[b.body : b.end])
        for b in document.blocks
        if b.kind is not BlockKind.RULE
    ]


def read_across(pdf: Path) -> list[str]:
    """The same of pages that say nothing of their order."""
    book = read_book(pdf.read_bytes(), pdf.name)
    sheets = [
        sheet._replace(tags=(), runs=tuple(sorted(sheet.runs, key=_across)))
        for sheet in book.sheets
    ]
    words = Vocabulary(run.text for sheet in book.sheets for run in sheet.runs)
    return [
        _plain(words.join(line.text for line in part.lines)[0])
        for part in blocks(sheets, words)[0]
        if part.kind is not BlockKind.RULE
    ]


def _across(run: Run) -> tuple[int, float]:
    return -round(run.base), run.left


def _plain(text: str) -> str:
    """Letters and figures alone: what hyphens and spaces a line's end has is not judged here."""
    return re.sub(r"[\W_]+", "", text).lower()


def score(page: DesignedPage, printer: str, found: Sequence[str], verbose: bool) -> PageScore:
    """How what was found compares with what was printed."""
    found = [block.removeprefix("1") for block in found]  # of a note, which may be its marker
    truth = [unit for b in page.blocks for unit in _units(b)]
    whole = [_is_whole(unit, truth, found) for unit in truth]
    said = [
        (_plain(one), b.kind)
        for b in page.blocks
        for text in b.texts
        for one in sentencex.segment("en", text.removeprefix("1 "))
    ]
    kept = sum(any(one in block for block in found) for one, _ in said)
    text = "\n".join(found)
    places = [_place(one, text) for one, kind in said if kind in FLOW]
    order = sorted(place for place in places if place >= 0)
    after = dict(pairwise(order))
    ordered = sum(after.get(a) == b for a, b in pairwise(places) if a >= 0)
    spliced = [block for block in found if (block,) not in truth and _held(block, truth) > 1]
    if verbose and (not all(whole) or spliced or ordered < len(places) - 1):
        print(f"  {page.name} {printer}: {ordered} of {len(places) - 1} in order")
        for unit, is_whole in zip(truth, whole, strict=True):
            print("" if is_whole else f"    not whole: {unit[0][:90]}\n", end="")
        for block in spliced:
            print(f"    spliced: {block[:60]} … {block[-60:]}")
    return PageScore(printer, page.layout, ordered, len(places) - 1, sum(whole), len(truth),
                     kept, len(said), len(spliced))  # fmt: skip


def _place(sentence: str, text: str) -> int:
    """Where a sentence begins, -1 where it does not: it may be parted further on."""
    place = text.find(sentence)
    return place if place >= 0 else text.find(sentence[:_TELLS])


def _units(block: PageBlock) -> list[_Unit]:
    """What of a block is to be read as one: a paragraph, or all cells of a row."""
    texts = [_plain(text.removeprefix("1 ")) for text in block.texts]
    return [tuple(texts)] if block.kind == "row" else [(text,) for text in texts]


def _is_whole(unit: tuple[str, ...], truth: Sequence[_Unit], found: Sequence[str]) -> bool:
    """Whether a block is the paragraph, or has all of a row, with labels or not, and no other."""
    if len(unit) == 1:
        return unit[0] in found
    return any(all(t in block for t in unit) and _held(block, truth) == 1 for block in found)


def _held(block: str, truth: Sequence[_Unit]) -> int:
    """How many of the page's paragraphs and rows have a beginning or an end in it."""
    return sum(
        any(text[:_TELLS] in block or text[-_TELLS:] in block for text in unit) for unit in truth
    )


def figures(name: str, scores: Sequence[PageScore]) -> Iterator[str]:
    """A line for all, and one for each layout and each program."""
    yield f"{name}: {_shares(scores)}"
    keys: dict[str, Callable[[PageScore], str]] = {
        "layout": lambda one: one.layout,
        "program": lambda one: one.printer,
    }
    for key, of in keys.items():
        for value in sorted({of(one) for one in scores}):
            yield f"  {key} {value}: {_shares([one for one in scores if of(one) == value])}"


def _shares(scores: Sequence[PageScore]) -> str:
    ordered = sum(s.ordered for s in scores) / max(1, sum(s.pairs for s in scores))
    whole = sum(s.whole for s in scores) / max(1, sum(s.blocks for s in scores))
    kept = sum(s.kept for s in scores) / max(1, sum(s.sentences for s in scores))
    spliced = sum(s.spliced for s in scores)
    return (
        f"{ordered:.1%} of the sentences in order, {whole:.1%} of the blocks whole, "
        f"{kept:.1%} of the sentences kept, {spliced} blocks spliced ({len(scores)} pages)"
    )


if __name__ == "__main__":
    main()
