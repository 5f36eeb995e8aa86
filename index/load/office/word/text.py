"""The words of a Word paragraph as they are shown, and what hangs on it: notes and text boxes."""

from __future__ import annotations

from collections.abc import Iterator

from index.load.numerals import raised
from index.load.office.package import (
    Element,
    attr,
    child,
    chosen,
    is_on,
    local,
)
from index.load.office.word.sight import RunSight
from index.load.office.word.styles import ParagraphStyle, Styles

# what stands around runs and is read through; w:del and w:moveFrom are not among them
_WRAPPERS = {
    "hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent",
}  # fmt: skip
_BLOCKS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "tbl", "tr", "tc"}
_MATHS = {"f": "/", "sSup": "^", "sSub": "_"}  # "1/2" and "m^2", lest they read 12 and m2
# the Symbol font's letters, from its code 0x61 on, and those of its signs that change a meaning
_GREEK = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOLS = {
    **_GREEK, 0x44: "Δ", 0x46: "Φ", 0x47: "Γ", 0x4C: "Λ", 0x50: "Π", 0x51: "Θ", 0x53: "Σ",
    0x57: "Ω", 0x59: "Ψ", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xBB: "≈", 0xB1: "±", 0xB0: "°",
    0xB4: "×", 0xB8: "÷", 0xAE: "→", 0xAC: "←", 0xA5: "∞", 0xB7: "•", 0xD7: "⋅",
}  # fmt: skip


class ParagraphText:
    """What a paragraph says.

    `text` has a line end for each line break. `bold` says that all of it is. `notes` are the
    (kind, id) of its footnotes and endnotes, `boxes` the contents of its text boxes. `pages` is
    how many pages begin in it, `before` how many of them before its first word. `joined`: its end
    is deleted, so that the next paragraph goes on with it.
    """

    def __init__(
        self, paragraph: Element, style: ParagraphStyle, styles: Styles, sight: RunSight
    ) -> None:
        self.notes: list[tuple[str, str]] = []
        self.boxes: list[Element] = []
        self.pages = self.before = 0
        self.joined = child(paragraph, "pPr", "rPr", "del") is not None
        self._style, self._styles, self._sight = style, styles, sight
        self._missed = ""
        self._parts: list[str] = []
        self._bold: list[bool] = []
        self._begun = False
        for run in _runs(paragraph):
            self._add(run)
        sight.unseen.add(self._missed)
        self.text = "".join(self._parts)
        self.bold = bool(self._bold) and all(self._bold)

    def _add(self, run: Element) -> None:
        if local(run) != "r":
            self._parts.append(_maths(run))
            return
        look = child(run, "rPr")
        named = child(look, "rStyle")
        style = self._style if named is None else self._styles.of(attr(named, "val"))
        bold = child(look, "b")
        if self._sight.misses(run, look, style, self._style):
            self._missed += "".join(text.text or "" for text in run.iter("{*}t"))
            return
        text = "".join(self._content(run))
        if text.strip():
            self._sight.unseen.add(self._missed)
            self._missed = ""
        place = child(look, "vertAlign")
        if place is not None and attr(place, "val") == "superscript":
            text = raised(text)
        if text.strip():
            inherited = self._style.bold or style.bold
            self._bold.append(inherited if bold is None else is_on(bold))
        self._parts.append(text)

    def _content(self, run: Element) -> Iterator[str]:
        for part in run:
            name = local(part)
            if name == "t":
                self._begun = self._begun or bool((part.text or "").strip())
                yield (part.text or "").replace("\xad", "")
            elif name in ("tab", "ptab"):
                yield "\t"
            elif name in ("br", "cr"):
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                yield _symbol(part)
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append((name.removesuffix("Reference"), attr(part, "id")))
            elif name == "lastRenderedPageBreak":
                self.pages += 1
                self.before += not self._begun
            elif name == "ruby":  # its annotation says how to pronounce it
                for inner in _runs(child(part, "rubyBase")):
                    yield "".join(self._content(inner))
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                if self._sight.hides(part):
                    self._sight.unseen.add("".join(text.text or "" for text in part.iter("{*}t")))
                else:
                    self.boxes += _boxes(part)


def _runs(element: Element | None) -> Iterator[Element]:
    """The runs and formulas of a paragraph, changes accepted."""
    for part in () if element is None else element:
        name = local(part)
        if name in ("r", "oMath", "oMathPara"):
            yield part
        elif name in _WRAPPERS:
            yield from _runs(part)
        elif name == "sdt" and not is_placeholder(part):
            yield from _runs(child(part, "sdtContent"))
        elif name == "AlternateContent":
            yield from _runs(chosen(part))


def paragraphs(container: Element) -> Iterator[Element]:
    """The paragraphs of a cell, a note or a text box, those of tables in it too."""
    for part in container:
        name = local(part)
        if name == "p":
            yield part
        elif name == "AlternateContent":
            shown = chosen(part)
            yield from paragraphs(shown) if shown is not None else ()
        elif name in _BLOCKS and not (name == "sdt" and is_placeholder(part)):
            yield from paragraphs(part)


def is_placeholder(control: Element) -> bool:
    """Whether a content control shows "Click here to enter text"."""
    return is_on(child(control, "sdtPr", "showingPlcHdr"))


def _boxes(element: Element) -> Iterator[Element]:
    """The contents of the text boxes in a drawing, outermost ones only."""
    if local(element) == "txbxContent":
        yield element
        return
    shown = chosen(element) if local(element) == "AlternateContent" else element
    for part in () if shown is None else shown:
        yield from _boxes(part)


def _symbol(element: Element) -> str:
    """A character of a font of symbols; one that is not known shows as such, not as nothing."""
    try:
        code = int(attr(element, "char"), 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        known = _SYMBOLS if attr(element, "font") == "Symbol" else {}
        plain = attr(element, "font") == "Symbol" and 0x20 <= code - 0xF000 < 0x40
        return chr(code - 0xF000) if plain else known.get(code - 0xF000, "\ufffd")
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else ""


def _maths(element: Element) -> str:
    """A formula in one line."""
    name = local(element)
    if name == "t":
        return element.text or ""
    if name in ("del", "moveFrom"):
        return ""
    parts = [_maths(part) for part in element]
    return _MATHS.get(name, "").join(p for p in parts if p)
