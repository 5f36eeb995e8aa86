"""What a Word document's styles say of a paragraph, whatever language they are named in."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from index.load.office.package import (
    Element,
    Package,
    attr,
    child,
    children,
    is_on,
    whole,
)

_DEEP = 30  # styles based on one another; a circle ends too
_HEADING = re.compile(
    r"(?i)(?:heading|überschrift|titre|título|titolo|titel|kop|rubrik|overskrift|otsikko|nagłówek"
    r"|nadpis|cím(?:sor)?|naslov|başlık|заголовок|επικεφαλίδα|見出し|标题|標題|제목) ?(\d)"
)
_TITLE = re.compile(
    r"(?i)title|titel|titre|título|titolo|tittel|otsikko|rubrik|tytuł|název|cím|naslov|konu başlığı"
    r"|название|τίτλος|表題|标题|標題|제목"
)
_CONTENTS = re.compile(
    r"(?i)(?:toc|contents|index|user index|verzeichnis|tm|sommario|tdc) ?(?:\d|heading)"
    r"|table of (?:figures|authorities)|(?:illustration|table|figure|object) index.*"
)
_LIST = re.compile(r"(?i)(?:list (?:bullet|number)|aufzählungszeichen|liste à puces).*")
_CODE = re.compile(r"(?i)preformatted text|html preformatted|(?:source )?code(?: block)?|quelltext")


class ParagraphStyle(NamedTuple):
    """A paragraph's style. `level` is a heading's, 0 for other text; `ilvl` is -1 where unsaid."""

    level: int = 0
    title: bool = False
    contents: bool = False
    listed: bool = False
    code: bool = False
    hidden: bool = False
    bold: bool = False
    num_id: str = ""
    ilvl: int = -1
    web_hidden: bool = False
    size: int = 0  # in half points, 0 where unsaid
    colour: str = ""
    fill: str = ""


class Styles:
    """The styles of a document, each with what it takes over from those it is based on."""

    def __init__(self, package: Package) -> None:
        part = package.linked(package.main, "styles")
        found = list(children(package.xml(part), "style")) if part else []
        self._styles = {attr(e, "styleId"): e for e in found}
        self._default = next(
            (
                attr(e, "styleId")
                for e in found
                if attr(e, "default") in ("1", "true") and attr(e, "type") == "paragraph"
            ),
            "",
        )
        self.of = cache(self._of)

    def _of(self, style_id: str) -> ParagraphStyle:
        """The style of that id, the default one for ""."""
        chain = self._chain(style_id or self._default)
        names = [_name(e) for e in chain]
        head = names[0] if names else ""
        num_id, ilvl = (_numbering(chain, name) for name in ("numId", "ilvl"))
        return ParagraphStyle(
            _level(chain, names),
            bool(_TITLE.fullmatch(head)),
            any(map(_CONTENTS.fullmatch, names)),
            any(map(_LIST.fullmatch, names)),
            any(map(_CODE.fullmatch, names)),
            _switch(chain, "vanish"),
            _switch(chain, "b"),
            num_id,
            whole(ilvl, -1),
            _switch(chain, "webHidden"),
            whole(_said(chain, "sz", "val")),
            _said(chain, "color", "val"),
            _said(chain, "shd", "fill").replace("auto", ""),
        )

    def fills(self, style_id: str) -> bool:
        """Whether a table's style fills cells."""
        return any(next(e.iter("{*}shd"), None) is not None for e in self._chain(style_id))

    def _chain(self, style_id: str) -> list[Element]:
        """The style and those it is based on, itself first."""
        found: list[Element] = []
        while (style := self._styles.get(style_id)) is not None and len(found) < _DEEP:
            found.append(style)
            base = child(style, "basedOn")
            style_id = "" if base is None else attr(base, "val")
        return found


def heading_level(outline: Element) -> int:
    """The level of a w:outlineLvl: 1-6, or 0 for body text."""
    level = whole(attr(outline, "val"), 9) + 1
    return 0 if level > 9 else min(level, 6)


def _name(style: Element) -> str:
    name = child(style, "name")
    return "" if name is None else attr(name, "val").split(",")[0].strip()


def _level(chain: list[Element], names: list[str]) -> int:
    """The first of the chain that says something of it counts: by outline level or by its name."""
    for style, name in zip(chain, names, strict=True):
        outline = child(style, "pPr", "outlineLvl")
        if outline is not None:
            return heading_level(outline)
        if match := _HEADING.fullmatch(name):
            return min(max(int(match[1]), 1), 6)
    return 0


def _numbering(chain: list[Element], name: str) -> str:
    said = (child(e, "pPr", "numPr", name) for e in chain)
    return next((attr(e, "val") for e in said if e is not None), "")


def _said(chain: list[Element], name: str, value: str) -> str:
    """What the first style that has an element of that name says, of its runs or paragraphs."""
    said = (child(e, part, name) for e in chain for part in ("rPr", "pPr"))
    return next((attr(e, value) for e in said if e is not None), "")


def _switch(chain: list[Element], name: str) -> bool:
    said = (child(e, "rPr", name) for e in chain)
    return is_on(next((e for e in said if e is not None), None))
