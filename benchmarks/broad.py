"""Overviews, lists, counts, comparisons, arguments: python -m benchmarks.broad --data DATA

Asks the questions of benchmarks/broad/questions of their corpora, and says by kind how often any
quotation is right, the list or the main points are quoted whole, each side is quoted, the count is
right, and the kind of the question was read right. benchmarks/broad/README.md says what is right.

One half of the questions (by the hash of their ids) is closed: it is asked with --closed alone, and
of it nothing but figures is printed. With --check, in place of them, those of
benchmarks/broad/check, of other documents: nothing is changed for what they show.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import numpy as np

import seeds
from benchmarks.field import ASKED, FieldQuestion, answered, judged
from benchmarks.kit.metrics import Figure
from index import Document, letters
from rag import Answer, Citation, Engine

BROAD = Path(__file__).with_name("broad")
CHECK = BROAD / "check"
LICENSES = Path("/usr/share/common-licenses")  # of Debian
CHECKED = ("Apache-2.0", "Artistic", "BSD", "GPL-3")
KINDS = ("overview", "list", "count", "comparison", "viewpoints")


@dataclass(frozen=True)
class WantedSide:
    """One side of a comparison or of a debate: the files that take it, the strings that say it."""

    sources: tuple[str, ...]
    wanted: tuple[str, ...]

    def is_said_by(self, citation: Citation) -> bool:
        """Whether the quotation is of this side."""
        said = letters(citation.quote)
        own = citation.document.source in self.sources
        return own and any(letters(w) in said for w in self.wanted)


@dataclass(frozen=True)
class BroadQuestion(FieldQuestion):
    """A question that no single sentence answers.

    `kinds` are those that it may be read as, `count` is how many there are, `stated` holds the
    strings that say so themselves, and `complete` says whether an answer can say that none is
    missing, None where that can be argued.
    """

    kinds: tuple[str, ...] = ()
    sides: tuple[WantedSide, ...] = ()
    count: int | None = None
    stated: tuple[str, ...] = ()
    complete: bool | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The question of a line of benchmarks/broad/questions."""
        sides = (
            WantedSide(tuple(s["sources"]), tuple(s["expected"])) for s in row.get("sides", ())
        )
        return replace(
            super().of(row),
            kinds=tuple(row.get("kinds", (row["kind"],))),
            sides=tuple(sides),
            count=row.get("count"),
            stated=tuple(row.get("stated", ())),
            complete=row.get("complete"),
        )

    def quoted_members(self, citations: Sequence[Citation]) -> int:
        """How many members, or main points, are quoted."""
        return sum(replace(self, members=(group,)).is_whole(citations) for group in self.members)

    def is_counted(self, citations: Sequence[Citation]) -> bool:
        """Whether the number is quoted, or that many are, each of the members among them."""
        if any(letters(stated) in letters(c.quote) for stated in self.stated for c in citations):
            return True
        counted = sum(len(c.members) or 1 for c in citations)
        return counted == self.count and self.is_whole(citations)

    def stand_apart(self, answer: Answer) -> bool:
        """Whether each side is quoted under a label that is its own."""
        by_number = {c.number: c for c in answer.citations}
        taken = (
            [g.label for g in answer.groups if any(s.is_said_by(by_number[n]) for n in g.numbers)]
            for s in self.sides
        )
        return any(len({*labels}) == len(self.sides) for labels in product(*taken))


@dataclass(frozen=True)
class BroadResult:
    """What became of a broad question; None where it is no matter of that."""

    kind: str
    any: bool
    quotations: int
    read: bool
    quoted: float | None = None  # the share of the members
    whole: bool | None = None
    sides: bool | None = None
    apart: bool | None = None
    counted: bool | None = None
    complete: bool | None = None  # said where it can be
    falsely: bool | None = None  # said where it cannot, or is not so


def main() -> None:
    """Ask everything and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="also the corpora of this folder's field/")
    parser.add_argument("--only", nargs="*", default=(), help="these corpora alone")
    parser.add_argument("--closed", action="store_true", help="the closed half")
    parser.add_argument("--check", action="store_true", help="those of benchmarks/broad/check")
    parser.add_argument("--verbose", action="store_true", help="print what is quoted and missed")
    given = parser.parse_args()
    with TemporaryDirectory() as kept:
        if given.check:
            asked = checks(Path(kept), given.only)
        else:
            asked = corpora(given.data, given.only, closed=given.closed)
        results = list(_asked(asked, parser, verbose=given.verbose and not given.closed))
    print(*table(results), sep="\n")


def _asked(
    asked: Mapping[Path, Sequence[BroadQuestion]],
    parser: argparse.ArgumentParser,
    *,
    verbose: bool,
) -> Iterator[BroadResult]:
    for folder, questions in asked.items():
        engine = Engine.open(folder)
        if lost := misplaced(questions, engine.documents):
            parser.error(f"{folder} does not say what is expected of it: {lost[0]}")
        for question in questions:
            answer = answered(engine, question)
            yield broadly_judged(question, answer)
            if verbose:
                print(*seen(question, answer), sep="\n")


def checks(kept: Path, only: Sequence[str] = ()) -> dict[Path, list[BroadQuestion]]:
    """The questions of benchmarks/broad/check; its licenses are copied into a folder, `kept`."""
    for name in CHECKED if LICENSES.is_dir() else ():
        (kept / f"{name}.txt").write_bytes((LICENSES / name).read_bytes())
    found = {}
    for file in sorted((CHECK / "questions").glob("*.jsonl")):
        folder = kept if file.stem == "licenses" else CHECK / file.stem / "docs"
        if any(folder.iterdir()) and (not only or file.stem in only):
            found[folder] = _questions(file)
    return found


def _questions(file: Path) -> list[BroadQuestion]:
    return [BroadQuestion.of(json.loads(row)) for row in file.read_text("utf-8").splitlines()]


def corpora(
    data: Path | None, only: Sequence[str] = (), *, closed: bool = False
) -> dict[Path, list[BroadQuestion]]:
    """The questions of each folder of documents that is at hand."""
    found = {}
    for file in sorted((BROAD / "questions").glob("*.jsonl")):
        folder = folder_of(file.stem, data)
        if folder and (not only or file.stem in only):
            found[folder] = [q for q in _questions(file) if q.is_closed == closed]
    return found


def folder_of(corpus: str, data: Path | None) -> Path | None:
    """Where the documents of a corpus are, None where they are not at hand."""
    if corpus == "articles":
        return seeds.FOLDER
    homes = [BROAD, ASKED, *([data / "field"] if data else [])]
    folders = (home / corpus / "docs" for home in homes)
    return next((folder for folder in folders if folder.is_dir()), None)


def misplaced(questions: Iterable[BroadQuestion], documents: Iterable[Document]) -> list[str]:
    """What is expected of documents, and does not stand there."""
    texts = {d.source: letters(d.text) for d in documents}
    lost = []
    for q in questions:
        everywhere = [q.source] if q.source else list(texts)
        given = [(everywhere, w) for w in (*(q.wanted or ()), *(w for g in q.members for w in g))]
        given += [(list(side.sources), w) for side in q.sides for w in side.wanted]
        lost += [
            f"{q.name}: {wanted!r}"
            for sources, wanted in given
            if not any(letters(wanted) in texts.get(source, "") for source in sources)
        ]
    return lost


def broadly_judged(question: BroadQuestion, answer: Answer) -> BroadResult:
    """Whether the answer is what was expected."""
    plain, citations = judged(question, answer), answer.citations
    result = BroadResult(
        kind=question.kind,
        any=plain.any,
        quotations=len(citations),
        read=answer.kind.name.lower() in question.kinds,
    )
    if question.members:
        share = question.quoted_members(citations) / len(question.members)
        result = replace(result, quoted=share, whole=plain.whole)
    if question.sides:
        said = [any(map(side.is_said_by, citations)) for side in question.sides]
        result = replace(result, sides=all(said), apart=question.stand_apart(answer))
    if question.count is not None:
        result = replace(result, counted=question.is_counted(citations))
    if question.complete is not None:
        true = question.complete and plain.whole
        result = replace(result, falsely=answer.complete and not true)
        if question.complete:
            result = replace(result, complete=answer.complete and plain.whole)
    return result


def seen(question: BroadQuestion, answer: Answer) -> Iterator[str]:
    """A question, how it was read, what is quoted, and which members and sides are not."""
    yield f"\n{question.name} {question.kind}, read as {answer.kind.value}: {question.text}"
    for citation in answer.citations:
        mark = "+" if question.is_right(citation) else "-"
        yield f"  {mark} {citation.score:5.2f} {citation.place}: {citation.quote[:150]!r}"
    for group in question.members:
        if not replace(question, members=(group,)).is_whole(answer.citations):
            yield f"  missed: {group[0]!r}"
    for side in question.sides:
        if not any(map(side.is_said_by, answer.citations)):
            yield f"  side missed: {side.wanted[0]!r}"


COLUMNS = {
    "any right": "any",
    "whole": "whole",
    "members quoted": "quoted",
    "sides right": "sides",
    "sides apart": "apart",
    "count right": "counted",
    "said to be complete, where it can be": "complete",
    "said to be complete falsely": "falsely",
    "kind read right": "read",
    "quotations": "quotations",
}


def table(results: Sequence[BroadResult]) -> Iterator[str]:
    """The figures with their intervals, then the kinds, as Markdown."""
    yield from ("| figure | value | 95% |", "|---|---|---|")
    for name, column in COLUMNS.items():
        if figure := figure_of(results, column):
            yield figure.line(f"{name} ({len(figure.rows)})")
    yield from (
        "",
        f"| kind | questions | {' | '.join(COLUMNS)} |",
        "|---" * (len(COLUMNS) + 2) + "|",
    )
    for kind in KINDS:
        own = [r for r in results if r.kind == kind]
        cells = (figure_of(own, column) for column in COLUMNS.values())
        shown = " | ".join(f"{cell.value:.2f}" if cell else "" for cell in cells)
        yield f"| {kind} | {len(own)} | {shown} |"


def figure_of(results: Iterable[BroadResult], column: str) -> Figure | None:
    """The mean of a field over the results that have it; None where none has."""
    rows = [value for r in results if (value := getattr(r, column)) is not None]
    return Figure(np.array(rows, np.float64)) if rows else None


if __name__ == "__main__":
    main()
