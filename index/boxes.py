"""Where on its pages a document's text stands: a rectangle for each run of letters, as an array.

What shows a page with a quotation marked on it asks for them; what answers a question never does.
"""

from __future__ import annotations

import struct
from typing import NamedTuple
from unicodedata import combining, east_asian_width

import numpy as np
from numpy.typing import NDArray

# flags: the way that letters run, in quarter turns to the right, and that they are all as wide
TURNS, MONO = 4, 4
FULL = 65_535  # parts that a page's width is divided into, and its height
_HEAD = struct.Struct("<II")  # how many pages, how many rows
_ROW = np.dtype(
    [("start", "<u4"), ("end", "<u4"), ("page", "<u2"), ("flags", "<u2"), ("edges", "<u2", 4)]
)
_LARGEST = 1e6  # points
# shares of the letters' size: means of Helvetica's and Times' by their metrics files (AFM)
_WIDTHS = {
    char: width
    for width, chars in (
        (0.26, "ijl'’‘| .,;:!"),
        (0.31, "ftrI()[]{}-/\\"),
        (0.45, 'cszJ*"“”'),
        (0.5, "aekvxy"),
        (0.53, "bdghnopqu0123456789"),
        (0.6, "FLPSTZ"),
        (0.68, "ABCEKRVXY"),
        (0.73, "DGHNOQUw&"),
        (0.83, "mM"),
        (0.95, "W@%—…"),
    )
    for char in chars
}


class PageBox(NamedTuple):
    """Where characters `start` to `end` (exclusive) of a document's text stand, all on one line.

    In points, from the upper left corner of the page as it is shown, so turned and cropped as its
    file says, y downwards: as pictures of pages have it. PDF's own coordinates would be of use only
    to who knows that page's rotation and crop box. `page` counts from 0; `Document.page(start)` is
    what people call it. `width` and `height` are the page's: `left / width` is a place on a picture
    of any size.
    """

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float
    width: float
    height: float


class Boxes:
    """Rectangles of a document's text as an array (n,), in the order of the text.

    A row is start and end of the characters, the page, flags, and left, top, right and bottom in
    65,535ths of the page, from its upper left corner as it is shown. `sizes` (pages, 2), float32,
    are the widths and heights of the pages, in points. A run of letters takes 20 bytes.
    """

    def __init__(self, rows: NDArray[np.void], sizes: NDArray[np.float32]) -> None:
        self.rows, self.sizes = rows, sizes

    @classmethod
    def of(
        cls,
        spans: NDArray[np.int64],
        pages: NDArray[np.int64],
        flags: NDArray[np.int64],
        edges: NDArray[np.float64],
        sizes: NDArray[np.float32],
    ) -> Boxes:
        """Of `spans` (n, 2) of a text, in order, `pages` and `flags` (n,).

        `edges` (n, 4) are left, top, right and bottom as shares (0-1) of the page. What reaches
        back into a span before it has no box, nor has what a crop box cut off its page.
        """
        grid = np.nan_to_num(np.clip(edges, 0, 1)) * FULL
        rows = np.zeros(len(spans), _ROW)
        rows["start"], rows["end"] = spans.T
        rows["page"], rows["flags"] = pages, flags
        rows["edges"][:, :2], rows["edges"][:, 2:] = np.floor(grid[:, :2]), np.ceil(grid[:, 2:])
        ends = np.maximum.accumulate(rows["end"])
        after = rows["start"] >= np.concatenate([[0], ends])[:-1]
        wide = (rows["edges"][:, :2] < rows["edges"][:, 2:]).all(axis=1)
        return cls(rows[after & wide], sizes)

    @classmethod
    def from_bytes(cls, data: bytes, length: int) -> Boxes:
        """What `to_bytes` gave for a text of `length` characters, of which nothing is believed.

        Raises ValueError for what cannot be boxes of it.
        """
        if not data:
            return NOWHERE
        if len(data) < _HEAD.size:
            raise ValueError("boxes that are cut short")
        pages, count = _HEAD.unpack_from(data)
        if len(data) != _HEAD.size + 8 * pages + _ROW.itemsize * count:
            raise ValueError("boxes that are cut short")
        sizes = np.frombuffer(data, np.float32, 2 * pages, _HEAD.size).reshape(-1, 2)
        rows = np.frombuffer(data, _ROW, count, _HEAD.size + 8 * pages)
        edges = np.stack([rows["start"], rows["end"]], axis=1).astype(np.int64)
        order = np.concatenate([[0], edges.ravel(), [length]])
        if (order[1:] < order[:-1]).any() or (edges[:, 0] == edges[:, 1]).any():
            raise ValueError("boxes of what lies outside the text or over one another")
        if not ((sizes > 0) & (sizes < _LARGEST)).all() or (rows["page"] >= pages).any():
            raise ValueError("boxes on pages that there are not")
        sides = rows["edges"]
        if (sides[:, :2] >= sides[:, 2:]).any() or (rows["flags"] >= MONO + TURNS).any():
            raise ValueError("boxes without a width")
        return cls(rows, sizes)

    def to_bytes(self) -> bytes:
        """How many pages and rows, the sizes and the rows, little-endian; b"" for no boxes."""
        if not len(self):
            return b""
        head = _HEAD.pack(len(self.sizes), len(self))
        return b"".join([head, self.sizes.astype("<f4").tobytes(), self.rows.tobytes()])

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Boxes) and self.to_bytes() == other.to_bytes()

    def __hash__(self) -> int:
        return hash(self.to_bytes())

    def within(self, text: str, start: int, end: int) -> list[PageBox]:
        """The boxes of characters `start` to `end` of the document's `text`: one a line, in order.

        Runs are cut where they reach beyond, as `share_of` says; those beside one another on a line
        are made one.
        """
        first = int(np.searchsorted(self.rows["end"], start, "right"))
        stop = int(np.searchsorted(self.rows["start"], end, "left"))
        found: list[PageBox] = []
        for row in self.rows[first:stop]:
            box = self._cut(row, text, start, end)
            if found and _is_beside(found[-1], box, upright=int(row["flags"]) % 2 == 1):
                found[-1] = _joined(found[-1], box)
            else:
                found.append(box)
        return found

    def _cut(self, row: np.void, text: str, start: int, end: int) -> PageBox:
        """The part of a run that lies between two offsets, in points."""
        first, stop, page, flags = (int(row[name]) for name in ("start", "end", "page", "flags"))
        width, height = self.sizes[page].tolist()
        left, top, right, bottom = (row["edges"] / FULL).tolist()
        begin, over = max(first, start), min(stop, end)
        run, mono = text[first:stop], bool(flags & MONO)
        low, high = (share_of(run, offset - first, mono) for offset in (begin, over))
        if flags % TURNS > 1:  # it begins at the right, or below
            low, high = 1 - high, 1 - low
        if flags % 2:
            top, bottom = top + (bottom - top) * low, top + (bottom - top) * high
        else:
            left, right = left + (right - left) * low, left + (right - left) * high
        return PageBox(
            begin, over, page,
            left * width, top * height, right * width, bottom * height, width, height,
        )  # fmt: skip


NOWHERE = Boxes(np.zeros(0, _ROW), np.zeros((0, 2), np.float32))


def share_of(run: str, at: int, mono: bool = False) -> float:
    """How far along a run of letters its character `at` begins, 0-1, by letters' usual widths.

    `mono`: all are as wide.
    """
    if at in (0, len(run)):
        return float(at > 0)
    widths = [1.0 if mono else _width(char) for char in run]
    return sum(widths[:at]) / (sum(widths) or 1.0)


def _width(char: str) -> float:
    """About how wide a character is, as a share of the letters' size."""
    known = _WIDTHS.get(char)
    if known is None:
        known = 1.0 if east_asian_width(char) in "WF" else 0.0 if combining(char) else 0.5
    return known


def _is_beside(a: PageBox, b: PageBox, *, upright: bool) -> bool:
    """Whether two runs stand on one line, `upright` or not, with nothing but a space between."""
    if a.page != b.page or b.start - a.end > 1:
        return False
    if upright:
        a, b = (
            box._replace(left=box.top, top=box.left, right=box.bottom, bottom=box.right)
            for box in (a, b)
        )
    size = min(a.bottom - a.top, b.bottom - b.top)
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return 2 * shared > size > max(a.left, b.left) - min(a.right, b.right)


def _joined(a: PageBox, b: PageBox) -> PageBox:
    """The box around two."""
    return a._replace(
        end=b.end,
        left=min(a.left, b.left),
        top=min(a.top, b.top),
        right=max(a.right, b.right),
        bottom=max(a.bottom, b.bottom),
    )
