"""Pages whose texts stand beside one another and are no columns: letters, terms, and tables."""

from __future__ import annotations

import html
import random
from collections.abc import Iterator
from itertools import product

from benchmarks.kit.designed import DesignedPage, PageBlock, look_of, sentences

LAYOUTS = ("letter", "terms", "table")

_LABELS = (
    "Repairs of the roof and the gutters",
    "Cleaning of stairs and yard",
    "Heating in winter",
    "Keys",
    "Locks of doors, and who may change them",
    "Boats that are moored over night",
    "Bicycles",
    "Noise after ten in the evening",
)
_WRITERS = (
    "Petra Holm\nBehind the dam 2\n4711 Varn",
    "Office for bridges\nThe quay 14\n4712 Orre\nSecond floor",
)
_ASIDES = ("Member no. 17\nsince the spring of 2001", "Our sign: HT-22\nClerk: Ida Moe")
_STYLE = """
.table { border-collapse: collapse; } .table td { vertical-align: middle; padding: 5pt 10pt; }
.ruled td { border-bottom: .7pt solid black; } .label { width: 3cm; } .said { width: 8cm; }
.terms { display: grid; grid-template-columns: 3.2cm 9cm; gap: 9pt 12pt; align-items: center; }
.head { display: flex; justify-content: space-between; align-items: center; margin: 0 0 2em; }
.date { text-align: right; margin: 0 0 1.5em; }
"""


def row_pages() -> list[DesignedPage]:
    """Those that are read after the rules were made."""
    return [
        _page(f"rows-{layout}-{n}", layout, random.Random(f"rows {layout} {n}"))
        for n, layout in product(range(8), LAYOUTS)
    ]


def _page(name: str, layout: str, chance: random.Random) -> DesignedPage:
    look = look_of(layout, chance)._replace(initial=False)
    return DesignedPage(name, layout, look, tuple(_blocks(layout, chance)))


def _blocks(layout: str, chance: random.Random) -> Iterator[PageBlock]:
    said = sentences()
    chance.shuffle(said)
    if layout == "letter":
        yield PageBlock("address", chance.choice(_WRITERS))
        yield PageBlock("address", chance.choice(_ASIDES))
        yield PageBlock("date", f"{chance.randint(1, 28)} October 2022")
    else:
        yield PageBlock("title", "Who does what")
        yield PageBlock("text", f"{said.pop()} {said.pop()}")
        for label in chance.sample(_LABELS, chance.randint(4, 7)):
            yield PageBlock("row", f"{label}|{' '.join(said.pop() for _ in range(2))}")
    for _ in range(2):
        yield PageBlock("text", " ".join(said.pop() for _ in range(3)))


def rows_body(page: DesignedPage) -> str:
    """Such a page as HTML, for what prints others."""
    found: list[str] = []
    kinds = [block.kind for block in page.blocks]
    for i, block in enumerate(page.blocks):
        first, last = block.kind not in kinds[:i], block.kind not in kinds[i + 1 :]
        opened, shut = _around(page, block.kind)
        found += [opened * first, _shown(page, block), shut * last]
    return f"<style>{_STYLE}</style>{''.join(found)}"


def _around(page: DesignedPage, kind: str) -> tuple[str, str]:
    """What a page's blocks of one kind stand in."""
    if kind == "address":
        return '<div class="head">', "</div>"
    if kind == "row" and page.layout == "terms":
        return '<div class="terms">', "</div>"
    if kind == "row":
        ruled = " ruled" if page.look.framed else ""
        return f'<table class="table{ruled}"><tr><th>Duty</th><th>What holds</th></tr>', "</table>"
    return "", ""


def _shown(page: DesignedPage, block: PageBlock) -> str:
    if block.kind == "address":
        return f"<div>{html.escape(block.text).replace(chr(10), '<br>')}</div>"
    first, *more = (html.escape(text) for text in block.texts)
    if block.kind == "row" and page.layout == "terms":
        return f"<div><b>{first}</b></div><div>{more[0]}</div>"
    if block.kind == "row":
        return f'<tr><td class="label">{first}</td><td class="said">{more[0]}</td></tr>'
    tag = "h1" if block.kind == "title" else "p"
    return f'<{tag} class="{block.kind}">{first}</{tag}>'
