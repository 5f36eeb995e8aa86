"""What lies on pages among their blocks: values where they stand, notes behind their page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index.language import letters
from index.load.pdf.annotations import Note
from index.load.pdf.ink import Box
from index.load.pdf.sheet import HANGING, FilledField, Part, PdfPage, Run, TextLine
from index.types import BlockKind

PLACEHOLDER = (
    "it is an XFA form, and its page only says that another program has to show it; open it in "
    "Adobe Acrobat Reader and print it to a PDF file"
)
_XFA_ONLY, _XFA_TOO = 2, 3  # kinds of a form: its own pages are no fallback; they may be
_WAIT = "pleasewait"
_MOST = 1_000_000  # pairs of values and blocks on a page that are looked at


def is_placeholder(kind: int, sheets: Sequence[PdfPage]) -> bool:
    """Whether a form's only page asks its reader to wait for what draws the form itself."""
    if len(sheets) != 1 or sheets[0].entries or kind not in (_XFA_ONLY, _XFA_TOO):
        return False
    said = letters(" ".join(run.text for run in sheets[0].runs)[:200])
    return kind == _XFA_ONLY or said.startswith(_WAIT)


def noted(notes: Iterable[Note], runs: Iterable[Run]) -> tuple[Note, ...]:
    """What was written about a page, but for words copied from the page."""
    held = list(notes)
    marked = any(note.marked for note in held)
    page = letters(" ".join(run.text for run in runs)) if marked else ""
    return tuple(note for note in held if not (note.marked and letters(note.text) in page))


def placed(parts: Sequence[Part], sheets: Sequence[PdfPage]) -> list[Part]:
    """The blocks of all pages, with the values and the notes of each."""
    found: dict[int, list[Part]] = {}
    for part in parts:
        found.setdefault(part.lines[0].sheet, []).append(part)
    return [part for sheet in sheets for part in _page(found.get(sheet.number, []), sheet)]


def _page(parts: Sequence[Part], sheet: PdfPage) -> Iterator[Part]:
    behind: dict[int, list[FilledField]] = {}
    for entry in sorted(sheet.entries, key=lambda entry: -entry.base):
        many = len(parts) * len(sheet.entries) > _MOST
        behind.setdefault(len(parts) if many else _place(parts, entry), []).append(entry)
    for i in range(len(parts) + 1):
        for entry in behind.get(i, ()):
            yield _part(entry.text, BlockKind.ROWS, sheet.number, entry.box)
        if i < len(parts):
            yield parts[i]
    for note in sheet.notes:
        text = f"Comment{' by ' * bool(note.author)}{note.author}: {' '.join(note.text.split())}"
        yield _part(text, BlockKind.PARAGRAPH, sheet.number, note.box)


def _place(parts: Sequence[Part], entry: FilledField) -> int:
    """Behind which block a value stands: the nearest that begins above it, the last of several."""
    best, place = float("inf"), 0
    for i, part in enumerate(parts, 1):
        line = part.lines[0]
        apart = max(line.left - entry.right, entry.left - line.right, 0.0)
        if line.base > entry.base and line.base - entry.base + apart <= best:
            best, place = line.base - entry.base + apart, i
    return place


def _part(text: str, kind: BlockKind, sheet: int, box: Box) -> Part:
    """What lies on a page as a line that fills its box."""
    size = box.top - box.bottom
    base, right = box.bottom + HANGING * size, max(box.right, box.left + 1)
    return Part(kind, (TextLine(text, box.left, right, base, size, False, False, (), sheet),))
