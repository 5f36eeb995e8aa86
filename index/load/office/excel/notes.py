"""What is written beside a sheet's cells: comments and notes on them, and text boxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from index.load.grid import CellNote
from index.load.office.excel.places import place_of
from index.load.office.package import Element, Package, attr, child, children, whole

Notes = Mapping[int, Sequence[CellNote]]  # by the number of the row beside which they stand


def notes_of(package: Package, part: str) -> Notes:
    """What stands beside the cells of a sheet. Raises UnreadableDocument.

    A thread of comments is kept twice in a file; the older way tells to get a newer program.
    """
    found: dict[int, list[CellNote]] = defaultdict(list)
    links = [link for link in package.links(part) if package.has(link.part)]
    kinds = {link.kind for link in links}
    for link in links:
        if link.kind == "threadedComment":
            placed = _comments(package.xml(link.part), "threadedComment")
        elif link.kind == "comments" and "threadedComment" not in kinds:
            placed = _comments(child(package.xml(link.part), "commentList"), "comment")
        elif link.kind == "drawing":
            placed = _boxes(package.xml(link.part))
        else:
            continue
        for row, note in placed:
            if note.text:
                found[row].append(note)
    return found


def _comments(listed: Element | None, name: str) -> Iterator[tuple[int, CellNote]]:
    for comment in children(listed, name):
        place = place_of(attr(comment, "ref"))
        if place is not None:
            yield place.row, CellNote(place.column, _said(child(comment, "text")))


def _boxes(drawing: Element) -> Iterator[tuple[int, CellNote]]:
    """The text boxes, those in groups too, beside the row that their upper edge is in."""
    for anchor in drawing:
        row = child(anchor, "from", "row")
        number = whole(row.text or "") + 1 if row is not None else 1
        for shape in anchor.iter("{*}sp"):
            properties = child(shape, "nvSpPr", "cNvPr")
            if properties is None or attr(properties, "hidden") not in ("1", "true"):
                yield number, CellNote(None, _said(child(shape, "txBody")))


def _said(element: Element | None) -> str:
    """All its text in one line."""
    if element is None:
        return ""
    parts = list(element.iter("{*}p")) or [element]
    texts = ("".join(t.text or "" for t in part.iter("{*}t")) or part.text or "" for part in parts)
    return " ".join(" ".join(texts).split())
