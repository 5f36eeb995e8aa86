"""Names on twenty marked pages, found and told apart: python -m benchmarks.named [--verbose]

Of each name that who's who gives for a page: whether it is one that is marked, with no spelling
of another, and no second time; and, where it tells a kind, whether that is right. Of each person,
organisation, place and product that is marked: whether it is found. What is marked as neither
counts for nothing. One half of the pages, by the sha256 of their names, was looked at while the
code was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.kit.marked_pages import MarkedPage, MarkScore, folded, print_halves, total
from rag.names import NameKind, document_names

KINDS = {
    "person": NameKind.PERSON,
    "organisation": NameKind.ORGANISATION,
    "place": NameKind.PLACE,
    "product": NameKind.PRODUCT,
    "other": NameKind.OTHER,
}


class FoundName(NamedTuple):
    """A name of a page, its kind, and the numbers of the marks that it has spellings of."""

    spellings: frozenset[str]
    kind: NameKind
    marks: frozenset[int]


def main() -> None:
    """Print both halves."""
    print_halves(
        "named",
        __doc__,
        "names right, of those given | found, of those marked | kinds right",
        _row,
        wrong,
    )


def _row(pages: list[MarkedPage]) -> str:
    kinds = total(map(kinds_told, pages)).row.split(" | ")[0]
    return f"{total(map(score, pages)).row} | {kinds}"


def found_names(page: MarkedPage) -> list[FoundName]:
    """What is named on a page."""
    marks = page.marks["names"]
    found = []
    for one in document_names(page.retriever, page.document):
        spelled = frozenset(folded(page.document.cut(m.span)) for m in one.mentions)
        own = frozenset(i for i, m in enumerate(marks) if spelled & set(m["spellings"]))
        found.append(FoundName(spelled, one.kind, own))
    return found


def score(page: MarkedPage) -> MarkScore:
    """Names, whatever their kinds."""
    marks = page.marks["names"]
    wanted = {i for i, mark in enumerate(marks) if mark["kind"] != "other"}
    right: set[int] = set()
    given = 0
    for one in found_names(page):
        if one.marks and not one.marks & wanted:
            continue
        given += 1
        own = one.marks & wanted
        if len(own) == 1:
            right |= own
    return MarkScore(len(right), given, len(right), len(wanted))


def kinds_told(page: MarkedPage) -> MarkScore:
    """Kinds, of the names that are right and have one."""
    told = [
        (one.kind, KINDS[page.marks["names"][next(iter(one.marks))]["kind"]])
        for one in found_names(page)
        if len(one.marks) == 1 and one.kind is not NameKind.OTHER
    ]
    told = [pair for pair in told if pair[1] is not NameKind.OTHER]
    right = sum(one is other for one, other in told)
    return MarkScore(right, len(told), right, len(told))


def wrong(page: MarkedPage) -> Iterator[str]:
    """A line for each that is wrong or missed."""
    marks = page.marks["names"]
    found = found_names(page)
    for one in found:
        kinds = {KINDS[marks[i]["kind"]] for i in one.marks}
        if len(one.marks) != 1:
            yield f"wrong: {page.document.source}: {sorted(one.spellings)}"
        elif one.kind not in kinds | {NameKind.OTHER} and NameKind.OTHER not in kinds:
            yield f"kind: {page.document.source}: {sorted(one.spellings)} as {one.kind.value}"
        elif one.kind is NameKind.OTHER and NameKind.OTHER not in kinds:
            yield f"no kind: {page.document.source}: {sorted(one.spellings)}"
    for i, mark in enumerate(marks):
        if mark["kind"] != "other" and not any(i in one.marks for one in found):
            yield f"missed: {page.document.source}: {mark['spellings']}"


if __name__ == "__main__":
    main()
