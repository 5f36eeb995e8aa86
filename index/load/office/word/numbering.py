"""The numbers and bullets that Word sets before paragraphs: counted here, the file has none."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from index.load.numerals import NumeralStyle, numeral
from index.load.office.package import (
    Element,
    Package,
    attr,
    child,
    children,
    whole,
)
from index.load.office.word.styles import Styles

_LEVELS = 9
_STYLES = {
    "lowerLetter": (NumeralStyle.REPEATED, False), "upperLetter": (NumeralStyle.REPEATED, True),
    "lowerRoman": (NumeralStyle.ROMAN, False), "upperRoman": (NumeralStyle.ROMAN, True),
    "decimalZero": (NumeralStyle.TWO_FIGURES, False),
}  # fmt: skip


class Level(NamedTuple):
    """How one level of a list is counted."""

    style: str  # "bullet", "decimal", "lowerLetter", "none"
    pattern: str  # "%1.%2"
    start: int
    paragraphs: str  # the paragraph style that stands for this level, or ""


class Numbering:
    """The lists of a document; `marker` is to be asked once for each paragraph, in order."""

    def __init__(self, package: Package, styles: Styles) -> None:
        part = package.linked(package.main, "numbering")
        root = package.xml(part) if part else None
        self._styles = styles
        self._abstract = {attr(e, "abstractNumId"): e for e in children(root, "abstractNum")}
        self._lists = {attr(e, "numId"): e for e in children(root, "num")}
        self._known: dict[str, tuple[str, dict[int, Level]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def level_of(self, num_id: str, style_id: str) -> int:
        """The level of list `num_id` that a paragraph style stands for, else 0."""
        levels = self._levels(num_id)[1]
        return next((i for i, level in levels.items() if level.paragraphs == style_id), 0)

    def marker(self, num_id: str, ilvl: int) -> str:
        """What stands before the next paragraph of that list and level: "- ", "2. ", "1.3 ".

        "" when it is not of a list, or of one that shows nothing.
        """
        key, levels = self._levels(num_id)
        if ilvl not in levels:
            return ""
        counts = self._counts[key]
        self._begin(num_id, counts)
        counts[ilvl] = counts.get(ilvl, levels[ilvl].start - 1) + 1
        for deeper in range(ilvl + 1, _LEVELS):
            counts.pop(deeper, None)
        level = levels[ilvl]
        if level.style == "bullet":
            return "- " if level.pattern.strip() else ""

        def number(match: re.Match[str]) -> str:
            i = int(match[1]) - 1
            other = levels.get(i, level)
            style, upper = _STYLES.get(other.style, (NumeralStyle.FIGURES, False))
            return numeral(counts.get(i, other.start), style, upper)

        shown = "" if level.style == "none" else re.sub(r"%([1-9])", number, level.pattern).strip()
        return f"{shown} " if shown else ""

    def _begin(self, num_id: str, counts: dict[int, int]) -> None:
        """A list that shares its levels with another goes on counting unless it says otherwise."""
        for override in children(self._lists[num_id], "lvlOverride"):
            ilvl, start = whole(attr(override, "ilvl"), 0), child(override, "startOverride")
            if start is not None and (num_id, ilvl) not in self._begun:
                self._begun.add((num_id, ilvl))
                counts[ilvl] = whole(attr(start, "val"), 1) - 1

    def _levels(self, num_id: str) -> tuple[str, dict[int, Level]]:
        """The key under which a list is counted, and its levels."""
        if num_id not in self._known:
            self._known[num_id] = self._find(num_id, 0)
        return self._known[num_id]

    def _find(self, num_id: str, depth: int) -> tuple[str, dict[int, Level]]:
        listed = self._lists.get(num_id)
        named = child(listed, "abstractNumId")
        key = "" if named is None else attr(named, "val")
        abstract = self._abstract.get(key)
        elsewhere = child(abstract, "numStyleLink")
        if elsewhere is not None and depth < 5:  # "as that style counts"
            return self._find(self._styles.of(attr(elsewhere, "val")).num_id, depth + 1)
        levels = {whole(attr(e, "ilvl"), 0): _level(e) for e in children(abstract, "lvl")}
        for override in children(listed, "lvlOverride"):
            for own in children(override, "lvl"):
                levels[whole(attr(own, "ilvl"), 0)] = _level(own)
        return key, levels


def _level(element: Element) -> Level:
    def said(name: str, otherwise: str) -> str:
        found = child(element, name)
        return otherwise if found is None else attr(found, "val")

    return Level(
        said("numFmt", "decimal"),
        said("lvlText", "")[:40],
        whole(said("start", "1"), 1),
        said("pStyle", ""),
    )
