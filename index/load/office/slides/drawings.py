"""What stands in the shapes of a slide: paragraphs with their bullets, and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from index.load.grid import Cell, table_lines
from index.load.numerals import NumeralStyle, numeral, raised
from index.load.office.package import (
    Element,
    attr,
    child,
    children,
    chosen,
    local,
    whole,
)
from index.types import BlockKind

_LEVELS = 9
_BULLETS = ("buNone", "buChar", "buAutoNum", "buBlip")
_COUNTED = {
    "alphaLc": (NumeralStyle.REPEATED, False), "alphaUc": (NumeralStyle.REPEATED, True),
    "romanLc": (NumeralStyle.ROMAN, False), "romanUc": (NumeralStyle.ROMAN, True),
}  # fmt: skip
_ON = ("1", "true")


class Said(NamedTuple):
    """A block of a slide."""

    kind: BlockKind
    text: str
    marker: str = ""


def _all(run: Element) -> bool:
    return True


def paragraphs(
    body: Element | None,
    styles: Sequence[Element] = (),
    is_seen: Callable[[Element], bool] = _all,
) -> Iterator[Said]:
    """The paragraphs of a text body; `styles` are the lists' levels it inherits, nearest first.

    Runs of letters that are not seen are passed over.
    """
    counts: dict[int, int] = {}
    own = child(body, "lstStyle")
    inherited = [*([] if own is None else [own]), *styles]
    for paragraph in children(body, "p"):
        look = child(paragraph, "pPr")
        text = paragraph_text(paragraph, is_seen)
        if not text.strip():
            continue
        level = 0 if look is None else min(max(whole(attr(look, "lvl")), 0), _LEVELS - 1)
        bullet = _bullet(look, (child(style, f"lvl{level + 1}pPr") for style in inherited))
        for deeper in [i for i in counts if i > level]:
            del counts[deeper]
        if bullet is None or local(bullet) == "buNone":
            counts.pop(level, None)
            yield Said(BlockKind.PARAGRAPH, text)
        elif local(bullet) == "buAutoNum":
            before = counts.get(level, whole(attr(bullet, "startAt"), 1) - 1)
            counts[level] = before + 1
            yield Said(BlockKind.ITEM, text, _number(counts[level], attr(bullet, "type")))
        else:
            yield Said(BlockKind.ITEM, text, "- ")


def paragraph_text(paragraph: Element, is_seen: Callable[[Element], bool] = _all) -> str:
    """The text of a DrawingML paragraph; a line break is a line end."""
    parts = []
    for run in paragraph:
        name = local(run)
        if name in ("r", "fld") and is_seen(run):
            text = child(run, "t")
            words = "" if text is None else (text.text or "").replace("\xad", "")
            look = child(run, "rPr")
            above = look is not None and whole(attr(look, "baseline").rstrip("%")) > 0
            parts.append(raised(words) if above else words)
        elif name == "br":
            parts.append("\n")
        elif name in ("AlternateContent", "m"):  # a formula
            formula = chosen(run) if name == "AlternateContent" else run
            found = () if formula is None else formula.iter("{*}t")
            parts.append("".join(t.text or "" for t in found))
    return "".join(parts).replace("\v", "\n")


def _bullet(look: Element | None, levels: Iterable[Element | None]) -> Element | None:
    for level in (look, *levels):
        for element in () if level is None else level:
            if local(element) in _BULLETS:
                return element
    return None


def _number(number: int, style: str) -> str:
    """ "arabicPeriod" is "1.", "alphaLcParenBoth" is "(a)"."""
    kinds = (kind for prefix, kind in _COUNTED.items() if style.startswith(prefix))
    shown_number = numeral(number, *next(kinds, (NumeralStyle.FIGURES, False)))
    if style.endswith("ParenBoth"):
        return f"({shown_number}) "
    end = ")" if style.endswith("ParenR") else "" if style.endswith("Plain") else "."
    return f"{shown_number}{end} "


def table(element: Element) -> Iterator[Said]:
    """The rows of an a:tbl."""
    look = child(element, "tblPr")
    headed = look is not None and attr(look, "firstRow") in _ON
    rows = [_cells(row, headed and i == 0) for i, row in enumerate(children(element, "tr"))]
    for line in table_lines(rows):
        yield Said(BlockKind.ROWS, line)


def _cells(row: Element, header: bool) -> list[Cell]:
    cells: list[Cell] = []
    for cell in children(row, "tc"):
        text = " ".join(" ".join(p.text for p in paragraphs(child(cell, "txBody"))).split())
        if attr(cell, "hMerge") in _ON and cells:
            cells[-1] = cells[-1]._replace(columns=cells[-1].columns + 1)
        elif attr(cell, "vMerge") in _ON:
            cells.append(Cell("", header=header, continues=True))
        else:
            cells.append(Cell(text, header=header))
    return cells
