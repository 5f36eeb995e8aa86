"""The lines of a region to paragraphs, list items and rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from index.layout import is_entry
from index.load.pdf.sheet import Part, TextLine
from index.load.pdf.words import HYPHENS
from index.load.text import MARKER
from index.types import BlockKind

_ENDS = re.compile(r"[.!?:;。！？…][\"'”’»)\]*†]*\Z|[^\W\d][.!?][\"'”’»)]*\d{1,3}\Z")
_NUMBERED = re.compile(r"[(\[]?(?:\d|[a-z][.)]|[ivx]+[.)])")
_BULLET = re.compile("[\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\ue000-\uf8ff\ufffd∗]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")  # what symbol fonts are mapped to
_ALIKE = 0.04  # times the size: letters that differ by less are of one size
_WORD = re.compile(r"\W*\w\S*")


class Usual(NamedTuple):
    """What is usual in a document: the size and look of its letters, and the pitch of its lines."""

    size: float
    bold: bool
    mono: bool
    pitches: dict[float, float]

    def pitch(self, size: float) -> float:
        """From base line to base line, for letters of a size."""
        return self.pitches.get(_half(size), 1.25 * size)


def usual(regions: Iterable[Sequence[TextLine]]) -> Usual:
    """The size most letters have; for each size the narrowest pitch that is common."""
    looks = Counter[tuple[float, bool, bool]]()
    pitches: dict[float, Counter[float]] = {}
    for lines in regions:
        for line in lines:
            looks[line.size, line.bold, line.mono] += len(line.text)
        for a, b in pairwise(lines):
            if _half(a.size) == _half(b.size) and a.base - b.base > 0.8 * a.size:
                pitches.setdefault(_half(a.size), Counter())[_half(a.base - b.base)] += 1
    size, bold, mono = looks.most_common(1)[0][0] if looks else (10.0, False, False)
    return Usual(size, bold, mono, {size: _common(n) for size, n in pitches.items()})


def _half(size: float) -> float:
    return round(size * 2) / 2


def _common(counts: Counter[float]) -> float:
    total = sum(counts.values())
    often = [pitch for pitch, n in counts.items() if n * 8 >= total]
    return min(often) if often else counts.most_common(1)[0][0]


def parts(lines: Sequence[TextLine], norm: Usual) -> Iterator[Part]:
    """The blocks of lines that are no table, in order."""
    held: list[TextLine] = []
    for line, edge in zip(lines, _edges(lines) if lines else (), strict=True):
        if held and _breaks(held, line, edge, norm):
            yield part(held, norm)
            held = []
        held.append(line)
    if held:
        yield part(held, norm)


def part(lines: Sequence[TextLine], norm: Usual) -> Part:
    """The block that lines make; a list item's marker is taken off its first line."""
    if all(line.mono for line in lines) and not norm.mono:
        return Part(BlockKind.CODE, tuple(lines))
    if is_entry(lines[-1].text) or _is_label(lines, norm):
        return Part(BlockKind.RULE, tuple(lines))
    marker = marker_of(lines[0])
    if not marker:
        return Part(BlockKind.PARAGRAPH, tuple(lines))
    first = lines[0]._replace(text=lines[0].text[len(marker) :].lstrip())
    return Part(BlockKind.ITEM, (first, *lines[1:]), marker=shown(marker))


def shown(marker: str) -> str:
    """A list's marker; one that no character is known for is a dot."""
    return _PRIVATE.sub("•", marker.strip()) + " "


def _is_label(lines: Sequence[TextLine], norm: Usual) -> bool:
    """Whether a few tiny words stand there, as in a drawing."""
    words = sum(len(line.text.split()) for line in lines)
    return words <= 4 and lines[0].size < 0.7 * norm.size and not ended(lines[-1])


def marker_of(line: TextLine) -> str:
    """What stands before a list's item, or ""."""
    match = MARKER.match(line.text)
    if match:
        return match[0]
    head, _, rest = line.text.partition(" ")
    if not rest or len(head) > 1:
        return ""
    gap = len(line.cells) > 1 and line.cells[0].text == head == "o"  # Word's second bullet
    return head + " " if gap or _BULLET.fullmatch(head) else ""


def ended(line: TextLine) -> bool:
    """Whether a sentence may end with the line."""
    return bool(_ENDS.search(line.text))


def _edges(lines: Sequence[TextLine]) -> list[float]:
    """For each line, where the lines around it with the same left edge end at the right."""
    region = _right(lines)
    edges: list[float] = []
    for _, group in groupby(lines, key=lambda line: round(line.left / 3)):
        run = list(group)
        own = _right(run)
        filled = sum(line.right > own - 3 * line.size for line in run)
        edges += [own if len(run) > 2 and filled * 2 >= len(run) else region] * len(run)
    return edges


def _right(lines: Sequence[TextLine]) -> float:
    """The right edge; two lines of eight or more may stick out."""
    ends = sorted((line.right for line in lines), reverse=True)
    return ends[2 if len(ends) >= 8 else 0]


def _breaks(held: Sequence[TextLine], b: TextLine, edge: float, norm: Usual) -> bool:
    """Whether `b` begins a block, after the lines of another."""
    a, width = held[-1], edge - held[-1].left
    if is_entry(a.text) or is_entry(b.text):
        return True
    if a.mono and b.mono and not norm.mono:
        return not 0 < a.base - b.base < 3 * a.size
    if abs(a.size - b.size) > 0.1 * max(a.size, b.size) or a.mono != b.mono:
        return True
    pitch, normal = a.base - b.base, norm.pitch(a.size)
    if _marks(held, b, edge) or not 0 < pitch < 1.3 * max(normal, a.size):
        return True
    if a.text[-1] in HYPHENS:
        return False
    if a.size > 1.15 * norm.size and len(held) < 4 and not ended(a):
        return False  # a heading in several lines
    full, end = not fits(a, b, edge), ended(a)
    if b.text[0].islower() and not end and a.right - a.left > 0.5 * width:
        return False
    unlike = a.bold != b.bold
    if unlike and (abs(a.size - b.size) > _ALIKE * a.size or fits(a, b, edge, spare=1.0)):
        return True
    if not full or (pitch > 1.15 * normal and end):
        return True
    return end and _indented(held, b)


def _indented(held: Sequence[TextLine], b: TextLine) -> bool:
    """Whether the left edge says that a block begins: an indent, or a hanging one's end."""
    step = (b.left - held[-1].left) / b.size
    if len(held) == 1:
        return step > 0.8 and not marker_of(held[0])
    return abs(step) > 0.8


def _marks(held: Sequence[TextLine], b: TextLine, edge: float) -> bool:
    """Whether `b` begins with a list's marker, not with a number that the text led to."""
    marker = marker_of(b)
    if not marker:
        return False
    if not (_NUMBERED.match(marker.strip()) or marker.strip() in "-–—*+·∙"):
        return True
    a = held[-1]
    return ended(a) or abs(b.left - a.left) > 0.5 * b.size or fits(a, b, edge)


def fits(a: TextLine, b: TextLine, edge: float, spare: float = 1.25) -> bool:
    """Whether the first word of `b` would have had room in the line before, `spare` times."""
    word = _WORD.match(b.text)  # a bracket stays with what it opens
    width = (b.right - b.left) / len(b.text) * ((word.end() if word else len(b.text)) + 1)
    return edge - a.right > spare * width + 0.3 * b.size
