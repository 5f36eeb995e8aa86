"""A PDF's pages through pdfium, which reads one file at a time: whoever comes second waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ctypes import byref
from itertools import islice
from threading import Lock
from typing import Any, NamedTuple

from index.errors import EmptyDocument, ProtectedDocument, UnreadableDocument
from index.forks import shared_ranges
from index.language import letters
from index.limits import MAX_PAGES
from index.load.formats import check_length
from index.load.pdf.annotations import Annotations, Marks
from index.load.pdf.calls import text_of
from index.load.pdf.celled import celled
from index.load.pdf.filled import filled
from index.load.pdf.placed import PLACEHOLDER, is_placeholder, noted
from index.load.pdf.runs import runs_of
from index.load.pdf.sheet import PdfPage
from index.load.pdf.tags import Tree
from index.load.pdf.undecoded import is_undecoded
from index.load.pdf.view import view_of

_LOCK = Lock()  # pdfium is not made for threads
_DRAWN = 40  # shapes on a page without text: letters that became curves
_LONGEST = 4000  # bytes of a title or a name
_PART = 16  # pages that one process reads, one after the other
_TITLES = 5000  # of an outline


class Book(NamedTuple):
    """A file as it is read: pages, what it says of itself, and its outline's titles.

    `outline` has the depth of a title by its page and its letters.
    """

    sheets: list[PdfPage]
    info: dict[str, str]
    outline: dict[tuple[int, str], int]


def read_book(data: bytes, source: str) -> Book:
    """The pages of a PDF; nothing stays open.

    Raises UnreadableDocument when it is damaged, protected, without pages or over 2,000 pages, and
    TooMuchText.
    """
    from pypdfium2 import raw

    if not data.strip():
        raise EmptyDocument(f"{source}: there is nothing in it; remove it")
    with _LOCK, _opened(raw, data, source) as document:
        names = _names(raw, document, _count(raw, document, source))
        info = {
            key: _text(raw.FPDF_GetMetaText, document, key.encode())
            for key in ("Title", "Author", "CreationDate")
        }
        info["Lang"] = _text(raw.FPDFCatalog_GetLanguage, document)
        with _form(raw, document) as form:
            pages = _Pages(raw, document, form, names)
            sheets = shared_ranges(pages.read, len(names), _PART)
        check_length(sum(map(_letters, sheets)))
        if is_placeholder(raw.FPDF_GetFormType(document), sheets):
            raise UnreadableDocument(f"{source}: {PLACEHOLDER}")
        return Book(sheets, info, dict(_outline(raw, document)))


@contextmanager
def _opened(raw: Any, data: bytes, source: str) -> Iterator[Any]:
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        code = raw.FPDF_GetLastError()
        if code == raw.FPDF_ERR_PASSWORD:
            raise ProtectedDocument(f"{source}: it is protected by a password; save it without one")
        if code == raw.FPDF_ERR_SECURITY:
            why = "its encryption is of a kind that cannot be read; save it without"
        else:
            why = "it is damaged, or no PDF; open it in a PDF viewer and save it anew"
        raise UnreadableDocument(f"{source}: {why}")
    try:
        yield document
    finally:
        raw.FPDF_CloseDocument(document)


@contextmanager
def _form(raw: Any, document: Any) -> Iterator[Any]:
    """pdfium's handle of a form; None where the file is none."""
    if raw.FPDF_GetFormType(document) == raw.FORMTYPE_NONE:
        yield None
        return
    calls = raw.FPDF_FORMFILLINFO(version=2)  # pdfium keeps its address
    form = raw.FPDFDOC_InitFormFillEnvironment(document, byref(calls))
    try:
        yield form
    finally:
        if form:
            raw.FPDFDOC_ExitFormFillEnvironment(form)


def _count(raw: Any, document: Any, source: str) -> int:
    count = int(raw.FPDF_GetPageCount(document))
    if count < 1:
        raise UnreadableDocument(f"{source}: there are no pages in it; save it anew, or remove it")
    if count > MAX_PAGES:
        why = f"it has {count:,} pages, and {MAX_PAGES:,} is the most that is read; split it"
        raise UnreadableDocument(f"{source}: {why}")
    return count


def _names(raw: Any, document: Any, count: int) -> list[str]:
    """What people call the pages: by their labels, with the running number where one recurs."""
    labels = [_text(raw.FPDF_GetPageLabel, document, n).strip() for n in range(count)]
    said = [label or str(n) for n, label in enumerate(labels, 1)]
    once = len(set(said)) == count
    return [
        f"p. {label}" if once or label == str(n) else f"p. {label} ({n} of {count})"
        for n, label in enumerate(said, 1)
    ]


class _Pages:
    """The pages of a document, of which several processes may each read some."""

    def __init__(self, raw: Any, document: Any, form: Any, names: Sequence[str]) -> None:
        self._raw, self._document, self._form, self._names = raw, document, form, names

    def read(self, numbers: range) -> list[PdfPage]:
        """Pages that follow one another; what is remembered of one helps only with these.

        Raises TooMuchText.
        """
        raw, document = self._raw, self._document
        tree = Tree(raw) if raw.FPDFCatalog_IsTagged(document) else None
        lying = Annotations(raw, self._form)
        sheets: list[PdfPage] = []
        size = 0
        for number in numbers:
            sheets.append(_sheet(raw, document, number, self._names[number], tree, lying))
            size += _letters(sheets[-1])
            check_length(size)
        return sheets


def _letters(sheet: PdfPage) -> int:
    return sum(len(run.text) for run in sheet.runs)


def _sheet(
    raw: Any, document: Any, number: int, name: str, tree: Tree | None, lying: Annotations
) -> PdfPage:
    try:
        with _page(raw, document, number) as page:
            marks = lying.marks(page)
            if not marks.drawn:
                return _read(raw, page, number, name, tree, marks)
            lying.draw(page)
        with _page(raw, document, number) as page:
            return _read(raw, page, number, name, tree, marks)
    except _Lost:
        return PdfPage(number, name, (), lost=True)


def _read(raw: Any, page: Any, number: int, name: str, tree: Tree | None, marks: Marks) -> PdfPage:
    runs, unseen, strokes, turn = runs_of(raw, page)
    unseen += tuple(marks.unseen)
    undecoded = is_undecoded(runs)
    tags = tuple(tree.tags(page)) if tree and runs and not undecoded else ()
    pictured = not (runs or unseen) and _is_drawn(raw, page)
    fields = [field._replace(box=turn.box(field.box)) for field in marks.fields]
    remarks = [note._replace(box=turn.box(note.box)) for note in marks.notes]
    if undecoded:
        runs = ()
    held, fields, celled_in = celled(runs, fields, () if tags else strokes)
    rest, entries = filled(held, fields)
    notes = noted(remarks, runs)
    return PdfPage(
        number, name, rest, tags, pictured, undecoded=undecoded, unseen=unseen,
        entries=(*celled_in, *entries), notes=notes, struck=0 if undecoded else marks.struck,
        strokes=strokes, view=view_of(raw, page, turn),
    )  # fmt: skip


class _Lost(Exception):
    """A page cannot be read."""


@contextmanager
def _page(raw: Any, document: Any, number: int) -> Iterator[Any]:
    page = raw.FPDF_LoadPage(document, number)
    if not page:
        raise _Lost
    try:
        yield page
    finally:
        raw.FPDF_ClosePage(page)


def _is_drawn(raw: Any, page: Any) -> bool:
    """Whether there is something on a page that is no text: a picture, or many shapes."""
    count = min(raw.FPDFPage_CountObjects(page), 1000)
    kinds = [raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, i)) for i in range(count)]
    pictures = {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}
    return not pictures.isdisjoint(kinds) or len(kinds) > _DRAWN


def _outline(raw: Any, document: Any) -> Iterator[tuple[tuple[int, str], int]]:
    """Its titles, each with its page and depth; an outline that leads in circles ends."""
    yield from islice(_below(raw, document, None, 1), _TITLES)


def _below(raw: Any, document: Any, mark: Any, depth: int) -> Iterator[tuple[tuple[int, str], int]]:
    child = raw.FPDFBookmark_GetFirstChild(document, mark)
    while child and depth < 20:
        target = raw.FPDFBookmark_GetDest(document, child)
        page = raw.FPDFDest_GetDestPageIndex(document, target) if target else -1
        yield (page, letters(_text(raw.FPDFBookmark_GetTitle, child))), depth
        yield from _below(raw, document, child, depth + 1)
        child = raw.FPDFBookmark_GetNextSibling(document, child)


def _text(function: Callable[..., int], *given: Any) -> str:
    """A title or a name; "" where it is very long."""
    return text_of(function, *given, most=_LONGEST)
