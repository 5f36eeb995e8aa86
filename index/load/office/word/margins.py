"""Headers and footers of a Word document: what they say, once, where a section begins.

A line that states something ("Contract No. 2024-117", an address) can be quoted. A slogan or a
name alone is the page's; the numbers of pages are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from index.errors import UnreadableDocument
from index.language import word_count
from index.load.office.package import Element, Package, attr, child, children, is_on, link_id, local
from index.load.office.word.text import paragraphs
from index.types import BlockKind

_COUNTS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))  # fields
_PROSE = 7  # words


class MarginLine(NamedTuple):
    """A line of a header or a footer, and whether it states something (ROWS) or not (RULE)."""

    kind: BlockKind
    text: str


class Margins:
    """Gives what stands in the margins of each section in turn; `words_of` reads a paragraph."""

    def __init__(self, package: Package, words_of: Callable[[Element], str]) -> None:
        self._package, self._words_of = package, words_of
        self._sections = _sections(package)
        self._read: set[str] = set()
        self._said: set[str] = set()

    def turn(self) -> Iterator[MarginLine]:
        """The lines of the next section, without those that an earlier one has."""
        for part in next(self._sections, ()):
            if part in self._read:
                continue
            self._read.add(part)
            with suppress(UnreadableDocument):  # the text can be read without it
                yield from self._lines(self._package.shared(part))

    def _lines(self, root: Element) -> Iterator[MarginLine]:
        for paragraph in paragraphs(root):
            _take_out_counts(paragraph)
            for said in self._words_of(paragraph).split("\t"):  # left, in the middle, right
                line = " ".join(said.split())
                if line and line not in self._said:
                    self._said.add(line)
                    yield MarginLine(BlockKind.ROWS if _states(line) else BlockKind.RULE, line)


def _states(line: str) -> bool:
    """Whether a line says more than a name: it has a figure, an address, a label, or is prose."""
    marked = any(c.isdigit() or c in "@:" for c in line)
    return marked or word_count(line) >= _PROSE


def _sections(package: Package) -> Iterator[Sequence[str]]:
    """The parts of the headers and footers of each section; one that names none has the last's."""
    links = package.link_ids(package.main)
    part = package.linked(package.main, "settings")
    both = is_on(child(package.shared(part), "evenAndOddHeaders")) if part else False
    held: dict[tuple[str, str], str] = {}
    for section in package.root.iter("{*}sectPr"):
        parent = section.getparent()
        if parent is not None and local(parent) == "sectPrChange":
            continue
        shown = ["first"] * is_on(child(section, "titlePg")) + ["default"] + ["even"] * both
        for kind in ("header", "footer"):
            for named in children(section, f"{kind}Reference"):
                link = links.get(link_id(named))
                if link is not None and package.has(link.part):
                    held[kind, attr(named, "type") or "default"] = link.part
        keys = [(kind, pages) for kind in ("header", "footer") for pages in shown]
        yield list(dict.fromkeys(held[key] for key in keys if key in held))


def _take_out_counts(paragraph: Element) -> None:
    """Without the fields that number pages: "Page 3 of 7" is "Page of"."""
    for field in list(paragraph.iter("{*}fldSimple")):
        parent = field.getparent()
        if parent is not None and _is_count(attr(field, "instr")):
            parent.remove(field)
    said: list[str] = []  # the instructions of the fields that are open
    for run in list(paragraph.iter("{*}r")):
        marks = [attr(mark, "fldCharType") for mark in children(run, "fldChar")]
        said += [""] * marks.count("begin")
        if said:
            said[-1] += "".join(told.text or "" for told in children(run, "instrText"))
        if any(map(_is_count, said)):
            for text in list(children(run, "t")):
                run.remove(text)
        del said[len(said) - min(len(said), marks.count("end")) :]


def _is_count(instruction: str) -> bool:
    return not _COUNTS.isdisjoint(instruction.upper().split()[:1])
