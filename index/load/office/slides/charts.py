"""Charts and diagrams to text: the numbers that a chart was drawn from, a diagram's labels."""

from __future__ import annotations

import math
from collections.abc import Iterator

from index.load.grid import Cell, table_lines
from index.load.office.excel.number_formats import shown
from index.load.office.package import (
    Element,
    Package,
    attr,
    child,
    children,
    local,
    whole,
)
from index.load.office.slides.drawings import Said, paragraph_text
from index.types import BlockKind


def chart(package: Package, part: str) -> Iterator[Said]:
    """A chart's title, and a row for each of its categories."""
    root = child(package.xml(part), "chart")
    title, area = child(root, "title"), child(root, "plotArea")
    for paragraph in () if title is None else title.iter("{*}p"):
        yield Said(BlockKind.PARAGRAPH, paragraph_text(paragraph))
    series = [] if area is None else list(area.iter("{*}ser"))
    names = [_name(one) for one in series]
    columns = [_points(one, "val", "yVal") for one in series]
    categories = next(filter(None, (_points(one, "cat", "xVal") for one in series)), {})
    rows = [[Cell(""), *(Cell(name, header=True) for name in names)]]
    for i in sorted(set(categories).union(*columns)):
        rows.append([Cell(column.get(i, "")) for column in (categories, *columns)])
    for line in table_lines(rows) if len(rows) > 1 else ():
        yield Said(BlockKind.ROWS, line)


def diagram(package: Package, part: str) -> Iterator[Said]:
    """The texts of a SmartArt diagram."""
    for point in package.xml(part).iter("{*}pt"):
        if attr(point, "type") in ("", "node", "asst"):
            for paragraph in children(child(point, "t"), "p"):
                yield Said(BlockKind.ITEM, paragraph_text(paragraph), "- ")


def _name(series: Element) -> str:
    text = child(series, "tx")
    return "" if text is None else " ".join(v.text or "" for v in text.iter("{*}v"))


def _points(series: Element, *names: str) -> dict[int, str]:
    """The values of a series by their numbers, in the format that they are shown in."""
    data = next((e for e in series if local(e) in names), None)
    found: dict[int, str] = {}
    if data is None:
        return found
    code = next((e.text or "" for e in data.iter("{*}formatCode")), "")
    for at, point in enumerate(data.iter("{*}pt")):
        value = child(point, "v")
        text = "" if value is None else value.text or ""
        found[whole(attr(point, "idx"), at)] = _as_shown(text, code)
    return found


def _as_shown(text: str, code: str) -> str:
    try:
        value = float(text)
    except ValueError:
        return " ".join(text.split())
    return shown(value, code) if math.isfinite(value) else text
