"""The structure tree of a tagged PDF: which text belongs to which paragraph, item or cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import byref, c_float, cast, create_string_buffer
from math import isfinite
from typing import Any

from index.load.pdf.sheet import Element, Path

HEADINGS = {"Title": 1, "H": 2, **{f"H{n}": n for n in range(1, 7)}}
_TEXTS = frozenset({"P", "Caption", "TOCI", "Note", "FENote", "BibEntry", "Formula", *HEADINGS})
_INLINE = frozenset({
    "Span", "Link", "Em", "Strong", "Quote", "Code", "Reference", "Annot", "Sub", "Ruby", "RB",
    "RT", "RP", "Warichu", "WT", "WP", "LBody",
})  # fmt: skip
_DEEPEST = 60
_MANY = 200
_SPAN = 200  # columns or rows that a cell may cover

Tag = tuple[Element, int]


class Tree:
    """Reads the tree of one page after the other."""

    def __init__(self, pdfium: Any) -> None:
        self._pdfium = pdfium
        self._first: dict[Path, int] = {}  # the first child of an element that the last page had

    def tags(self, page: Any) -> Iterator[Tag]:
        """The numbers of marked text on `page` in the tree's order, each with its block."""
        pdfium = self._pdfium
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        if not tree:
            return
        try:
            for i in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, i)
                if child:
                    yield from self._walk(child, (i,), Element((i,)))
        finally:
            pdfium.FPDF_StructTree_Close(tree)

    def _walk(self, node: Any, path: Path, around: Element) -> Iterator[Tag]:
        role = self._name(node, self._pdfium.FPDF_StructElement_GetType)
        if role == "P" and self._name(node, self._pdfium.FPDF_StructElement_GetRawType) == "Title":
            role = "Title"
        if role == "Artifact" or len(path) > _DEEPEST:
            return
        children = list(self._children(node, path))
        block = _block(role, path, around, all(child is None for _, child, _ in children))
        if block.cell == path:
            block = block._replace(columns=self._span(node, b"ColSpan"))
            block = block._replace(rows=self._span(node, b"RowSpan"))
            yield block, -1  # a cell counts where it is empty, too, and so does a row
        elif block.row == path:
            yield block, -1
        for i, child, tag in children:
            if child is None:
                yield block, tag
            else:
                yield from self._walk(child, (*path, i), block)

    def _children(self, node: Any, path: Path) -> Iterator[tuple[int, Any, int]]:
        """The elements of this page, and the numbers of its text, each with its place.

        A document's element has the children of all pages. They are looked for from where the
        last page had its first, until many in a row are of other pages.
        """
        pdfium = self._pdfium
        count = pdfium.FPDF_StructElement_CountChildren(node)
        last = None
        for i in range(self._first.get(path, 0) if count > _MANY else 0, count):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(node, i) or None
            tag = -1 if child else pdfium.FPDF_StructElement_GetChildMarkedContentID(node, i)
            if child or tag >= 0:
                if last is None:
                    self._first[path] = i
                last = i
                yield i, child, tag
            elif last is not None and i - last > _MANY:
                return

    def _span(self, node: Any, name: bytes) -> int:
        """How many columns or rows a cell says that it covers."""
        pdfium, number = self._pdfium, c_float()
        for i in range(pdfium.FPDF_StructElement_GetAttributeCount(node)):
            held = pdfium.FPDF_StructElement_GetAttributeAtIndex(node, i)
            value = pdfium.FPDF_StructElement_Attr_GetValue(held, name) if held else None
            if value and pdfium.FPDF_StructElement_Attr_GetNumberValue(value, byref(number)):
                return max(1, min(round(number.value), _SPAN)) if isfinite(number.value) else 1
        return 1

    def _name(self, node: Any, function: Callable[..., int]) -> str:
        name = create_string_buffer(64)
        size = function(node, cast(name, function.argtypes[1]), len(name))  # type: ignore[attr-defined]
        return name.raw[: max(0, min(size, len(name)) - 2)].decode("utf-16-le", "replace")


def _block(role: str, path: Path, around: Element, leaf: bool) -> Element:
    """The block that the text right below an element is in."""
    if role in _INLINE or (role == "NonStruct" and (leaf or around.role)):
        return around
    if role == "Lbl":
        return around._replace(label=bool(around.item))
    if role == "LI":
        return around._replace(path=path, role=role, item=path, label=False)
    if role == "Table":
        return Element(path, table=path)
    if role == "TR":
        return around._replace(path=path, row=path)
    if role in ("TD", "TH"):
        return around._replace(path=path, role=role, cell=path, head=role == "TH", item=())
    if role in _TEXTS and not (role == "P" and around.role in _TEXTS):
        return around._replace(path=path, role=role, label=False)
    return around if around.role in _TEXTS else around._replace(path=path, role="", label=False)
