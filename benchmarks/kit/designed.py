"""Designed pages to print: what each says in which order is made here, and is the truth."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import sentencex

from seeds import FOLDER

LAYOUTS = ("columns", "sidebar", "float", "panels", "slides", "margin")
FLOW = ("title", "lead", "heading", "text")  # kinds that are read one after the other

_PLAIN = str.maketrans("’‘“”–—‑", "''\"\"---")  # not all programs print others
_WHO = ("Ada Holm", "Jon Berg", "Liv Moe", "Siri Dahl", "Per Eide")
_TITLES = (
    "The years in which nobody counted",
    "What stays when the ferry goes",
    "A house for every machine",
    "Slow water and quick decisions",
)
_HEADINGS = (
    "What was known before", "The second winter", "Who pays for it", "A door left open",
    "Numbers and doubts", "The view from outside", "Promises in writing", "Three ways to go on",
    "After the report", "Small steps",
)  # fmt: skip
_CAPTIONS = (
    "The old quay at Orre, seen from the mill, before the storm took its roof.",
    "Figure {n}. Ships that called at Varn in each year, by the kind of their cargo.",
    "Workers at the gate of the second hall; the man at the left is not known by name.",
    "Figure {n}: How the share of what was lent grew, while the interest fell.",
    "Photo: The reading room of the school on the day on which it was opened.",
)
_CALLOUTS = (
    "In short|The board meets on the first Monday of each month. Whoever wants to speak there "
    "writes to the secretary a week before.",
    "How it was counted|Every third household was asked by letter. Of those who did not answer, "
    "half were called upon at home.",
    "Where to write|Letters go to the office at the harbour. Calls are taken from nine to noon, "
    "except in July.",
    "The law|A permit holds for two years. It ends with the sale of the boat that it names.",
)
_QUOTES = (
    "We had the maps, but nobody had ever asked who drew them.",
    "It is a strange sort of saving that costs more each year.",
    "Nothing was hidden, and that is why nobody looked.",
)
_NOTES = (
    "{n} Letter of the board to the county, kept in the archive of the town hall.",
    "{n} The figures are those of the office for trade; later ones differ a little.",
)


class PageBlock(NamedTuple):
    """A text; `kind` is one of FLOW, callout, quote, figure, note, byline, row, address or date.

    A figure's text is its caption; a callout's begins with its own heading and a bar, a row's with
    what stands at its left. An address has lines.
    """

    kind: str
    text: str

    @property
    def texts(self) -> list[str]:
        """What it says, a paragraph each."""
        return self.text.split("|")


class PageLook(NamedTuple):
    """How a page is set: sizes in points; `tinted` and `framed` are the callouts."""

    columns: int
    size: float
    gap: float
    tinted: bool
    framed: bool
    justified: bool
    initial: bool
    indented: bool
    left: bool  # what stands beside the text does so at its left


class DesignedPage(NamedTuple):
    """A document that a program prints; it may go on on a second page."""

    name: str
    layout: str
    look: PageLook
    blocks: tuple[PageBlock, ...]

    def sections(self) -> Iterator[list[PageBlock]]:
        """Its blocks, parted before each heading."""
        held: list[PageBlock] = []
        for block in self.blocks:
            if block.kind == "heading" and held:
                yield held
                held = []
            held.append(block)
        yield held


def first_pages() -> list[DesignedPage]:
    """Those that the rules were made for."""
    return [
        _page(f"first-{layout}-{n}", layout, random.Random(f"first {layout} {n}"))
        for n, layout in product(range(8), LAYOUTS)
    ]


def other_pages() -> list[DesignedPage]:
    """Others, with other looks."""
    return [
        _page(f"other-{layout}-{n}", layout, random.Random(f"other {layout} {n}"))
        for n, layout in product(range(8), LAYOUTS)
    ]


def _page(name: str, layout: str, chance: random.Random) -> DesignedPage:
    return DesignedPage(name, layout, look_of(layout, chance), tuple(_blocks(layout, chance)))


def look_of(layout: str, chance: random.Random) -> PageLook:
    """How a page of a layout is set, by chance."""
    look = PageLook(
        columns=chance.choice((2, 2, 3)) if layout in ("columns", "sidebar") else 1,
        size=chance.choice((9, 9.5, 10, 11)),
        gap=chance.choice((14, 18, 24)),
        tinted=chance.random() < 0.6,
        framed=chance.random() < 0.5,
        justified=chance.random() < 0.5,
        initial=chance.random() < 0.4,
        indented=chance.random() < 0.4,
        left=chance.random() < 0.5,
    )
    if not (look.tinted or look.framed):
        look = look._replace(tinted=True)
    return look


def _blocks(layout: str, chance: random.Random) -> Iterator[PageBlock]:
    """A title, sections, and between their paragraphs what a designer puts there."""
    said = sentences()
    chance.shuffle(said)
    brief = layout in ("panels", "slides")
    if layout != "panels":
        yield PageBlock("title", chance.choice(_TITLES))
        if chance.random() < 0.6 and not brief:
            yield PageBlock("lead", f"{said.pop()} {said.pop()}")
        if chance.random() < 0.6 and not brief:
            yield PageBlock("byline", f"By {chance.choice(_WHO)}")
    callout, quote = chance.choice(_CALLOUTS), chance.choice(_QUOTES)
    caption = chance.choice(_CAPTIONS).format(n=chance.randint(1, 4))
    asides = [
        PageBlock("callout", callout),
        PageBlock("quote", quote),
        PageBlock("figure", caption),
    ]
    asides = chance.sample(asides, chance.randint(1, 3))
    for n, heading in enumerate(chance.sample(_HEADINGS, 4 if brief else 3)):
        if n or brief or layout == "margin":
            yield PageBlock("heading", heading)
        for _ in range(chance.randint(1, 2) if brief else chance.randint(2, 4)):
            yield PageBlock("text", " ".join(said.pop() for _ in range(chance.randint(2, 4))))
            if asides and not brief and chance.random() < 0.4:
                yield asides.pop()
    if not brief:
        yield from asides
        if chance.random() < 0.5:
            yield PageBlock("note", chance.choice(_NOTES).format(n=1))


def sentences() -> list[str]:
    """The sentences of the bundled articles that are whole ones, each once."""
    texts = (file.read_text("utf-8").translate(_PLAIN) for file in sorted(FOLDER.glob("*.txt")))
    held = [line for text in texts for line in text.splitlines() if len(line) > 80]
    found = dict.fromkeys(one.strip() for line in held for one in sentencex.segment("en", line))
    return [one for one in found if one[0].isupper() and one[-1] in ".!?" and len(one) > 40]
