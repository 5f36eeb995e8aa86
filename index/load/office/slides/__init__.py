"""PowerPoint (.pptx, .pptm): each slide is a page, its speaker's notes another after it.

Hidden slides are left out, and so are the dates, footers and numbers of slides.

python-pptx leaves tables, groups and charts to its caller (69% of the words); markitdown keeps all,
with a fifth more words, in 277 MB (`python -m benchmarks.libraries`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from index.errors import UnreadableDocument
from index.failures import Failure
from index.layout import looks_like_heading
from index.load.aside import with_aside
from index.load.formats import Parsed
from index.load.office.package import (
    Package,
    attr,
    child,
    children,
    link_id,
    whole,
)
from index.load.office.properties import properties, stated
from index.load.office.slides.drawings import Said, paragraphs
from index.load.office.slides.shapes import Slide, role, said_in
from index.load.text import typed_marker
from index.load.unseen import Unseen
from index.load.writer import Writer
from index.types import Block, BlockKind

NAME = "pptx"
VERSION = 6


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The presentation's one text; a slide that is damaged among others is a Failure."""
    package = Package(data, source, "presentation")
    meta = properties(package)
    writer = Writer()
    unseen = Unseen()
    writer.add("\n".join(stated(package)), BlockKind.ROWS)
    title: str | None = None  # the first slide's, else what the properties say
    for number, part in _slides(package):
        try:
            slide = Slide(package, part, unseen)
            if slide.is_hidden:
                unseen.add(said_in(slide.root))
                continue
            heading, said = _headed(slide)
            notes = list(_notes(package, part))
        except UnreadableDocument as exc:
            where = f"{source}#{number}"
            yield Failure(where, where + str(exc).removeprefix(source))
            continue
        level = 1 if title is None else 2
        if title is None:
            title = heading = heading or meta["title"]
        writer.page(f"slide {number}")
        writer.add(heading, BlockKind.HEADING, level=level)
        _write(writer, said)
        writer.page(f"slide {number}, notes")
        _write(writer, notes)
    parsed = writer.parsed(meta)._replace(title=title or Path(source).stem)
    yield with_aside(parsed, unseen.texts)
    yield from unseen.failures(source)


def _slides(package: Package) -> Iterator[tuple[int, str]]:
    """The slides in order, each with the number that the program gives it."""
    links = package.link_ids(package.main)
    begin = whole(attr(package.root, "firstSlideNum"), 1)
    listed = children(child(package.root, "sldIdLst"), "sldId")
    for number, entry in enumerate(listed, begin):
        link = links.get(link_id(entry))
        if link is not None:
            yield number, link.part


def _headed(slide: Slide) -> tuple[str, list[Said]]:
    """The slide's title, and the rest; without a title's place the line above the others is it."""
    shapes = [shape for shape in slide.said() if shape]
    title = slide.title()
    if not title and len(shapes) > 1 and len(shapes[0]) == 1:
        kind, text, _ = shapes[0][0]
        if looks_like_heading(text, Block(kind, 0, len(text), 0)):
            title = text
            del shapes[0]
    return " ".join(title.split()), [said for shape in shapes for said in shape]


def _notes(package: Package, part: str) -> Iterator[Said]:
    notes = package.linked(part, "notesSlide")
    for shape in package.xml(notes).iter("{*}sp") if notes else ():
        if role(shape) == "body":
            yield from paragraphs(child(shape, "txBody"))


def _write(writer: Writer, said: list[Said]) -> None:
    for kind, text, marker in said:
        typed, words = ("", text) if kind is not BlockKind.PARAGRAPH else typed_marker(text)
        writer.add(words, BlockKind.ITEM if typed else kind, marker=marker or typed)
