"""PDF files with something lying on their page, written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from index.load.loading import Loaded, load_file
from tests.index.load.pdfs import pdf

Rect = tuple[float, float, float, float]


def lying(kind: str, rect: Rect, entries: str) -> str:
    """An annotation."""
    return f"<< /Type /Annot /Subtype /{kind} /Rect [{' '.join(map(str, rect))}] {entries} >>"


def text(rect: Rect, value: str, name: str = "Text1", more: str = "") -> str:
    """A field that is written in."""
    return lying("Widget", rect, f"/FT /Tx /T ({name}) /V ({value}) {more}")


def box(x: float, y: float, on: bool, name: str = "Box1", more: str = "") -> str:
    """A box to tick."""
    state = "Yes" if on else "Off"
    return lying("Widget", (x, y, x + 10, y + 10), f"/FT /Btn /T ({name}) /AS /{state} {more}")


def data(
    content: str,
    marks: Sequence[str],
    *,
    more: Sequence[str] = (),
    page: str = "",
    catalog: str = "",
) -> bytes:
    """A file of one page; `marks` are objects from number 10 on, `more` those that follow."""
    refs = " ".join(f"{n} 0 R" for n in range(10, 10 + len(marks)))
    form = catalog or f"/AcroForm << /Fields [{refs}] /NeedAppearances true >>"
    return pdf([content], page=f"/Annots [{refs}] {page}", catalog=form, more=[*marks, *more])


def load(content: str, marks: Sequence[str], **given: object) -> Loaded:
    """What is read of such a file."""
    return load_file(data(content, marks, **given), "form.pdf")  # type: ignore[arg-type]


def lines_of(content: str, marks: Sequence[str], **given: object) -> list[str]:
    """The lines of its text."""
    (document,) = load(content, marks, **given).documents
    return [line for line in document.text.splitlines() if line]
