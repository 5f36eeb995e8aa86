"""Boxes are packed, believed only when they can be, found by offsets, and cut where words are."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index.boxes import FULL, MONO, NOWHERE, TURNS, Boxes, PageBox, share_of

TEXT = "The eel climbs the ladder by night."
SIZES = np.array([(400, 300), (300, 400)], np.float32)
SIDES = st.tuples(st.integers(0, FULL), st.integers(0, FULL)).filter(lambda two: two[0] < two[1])


@st.composite
def made(draw: st.DrawFn, length: int = len(TEXT)) -> Boxes:
    """Boxes of a text of so many characters."""
    edges = sorted(draw(st.sets(st.integers(0, length), min_size=2, max_size=9)))
    spans = [pair for pair in pairwise(edges) if draw(st.booleans())] or [(edges[0], edges[1])]
    n = len(spans)
    xs, ys = (draw(st.lists(SIDES, min_size=n, max_size=n)) for _ in range(2))
    return Boxes.of(
        np.array(spans),
        np.array(draw(st.lists(st.integers(0, 1), min_size=n, max_size=n))),
        np.array(draw(st.lists(st.integers(0, MONO + TURNS - 1), min_size=n, max_size=n))),
        np.array([(x[0], y[0], x[1], y[1]) for x, y in zip(xs, ys, strict=True)]) / FULL,
        SIZES,
    )


def one(flags: int = 0, start: int = 0, end: int = len(TEXT)) -> Boxes:
    """A run on the first page: from 40 to 240 points across, from 60 to 90 down."""
    edges = np.array([(0.1, 0.2, 0.6, 0.3)])
    return Boxes.of(np.array([(start, end)]), np.array([0]), np.array([flags]), edges, SIZES)


@given(made())
def test_what_is_packed_is_what_was_put_in(boxes: Boxes) -> None:
    over = Boxes.from_bytes(boxes.to_bytes(), len(TEXT))
    assert over == boxes
    assert (over.rows == boxes.rows).all()
    assert len(boxes.to_bytes()) == 8 + 8 * len(SIZES) + 20 * len(boxes)


def test_no_boxes_are_no_bytes() -> None:
    assert NOWHERE.to_bytes() == b""
    assert len(Boxes.from_bytes(b"", 0)) == 0
    assert NOWHERE.within(TEXT, 0, 7) == []


@given(made(), st.data())
def test_bytes_that_were_changed_are_boxes_of_the_text_or_refused(
    boxes: Boxes, data: st.DataObject
) -> None:
    raw = bytearray(boxes.to_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    for given_bytes in (bytes(raw), bytes(raw[:cut])):
        try:
            read = Boxes.from_bytes(given_bytes, len(TEXT))
        except ValueError:
            continue
        for box in read.within(TEXT, 0, len(TEXT)):
            assert 0 <= box.start < box.end <= len(TEXT)
            assert 0 <= box.left < box.right <= box.width * 1.0001
            assert 0 <= box.top < box.bottom <= box.height * 1.0001


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"end": len(TEXT) + 1}, "outside the text"),
        ({"end": 0}, "outside the text"),
        ({"page": 2}, "on pages that there are not"),
        ({"flags": MONO + TURNS}, "without a width"),
        ({"edges": (5, 5, 5, 9)}, "without a width"),
    ],
)
def test_what_cannot_be_boxes_of_a_text_is_refused(change: dict[str, object], why: str) -> None:
    boxes = one()
    for name, value in change.items():
        boxes.rows[name] = value
    with pytest.raises(ValueError, match=why):
        Boxes.from_bytes(boxes.to_bytes(), len(TEXT))


@pytest.mark.parametrize("size", [0.0, -1.0, float("nan"), float("inf")])
def test_a_page_without_a_size_is_refused(size: float) -> None:
    boxes = Boxes(one().rows, np.array([(size, 300)], np.float32))
    with pytest.raises(ValueError, match="on pages that there are not"):
        Boxes.from_bytes(boxes.to_bytes(), len(TEXT))


def test_runs_over_one_another_are_refused() -> None:
    boxes = one(end=9)
    twice = Boxes(np.concatenate([boxes.rows, boxes.rows]), SIZES)
    with pytest.raises(ValueError, match="over one another"):
        Boxes.from_bytes(twice.to_bytes(), len(TEXT))


def test_what_reaches_back_or_lies_beside_its_page_has_no_box() -> None:
    spans = np.array([(0, 9), (4, 12), (12, 15), (15, 18), (18, 20)])
    endless = (np.nan, 0.1, np.nan, np.inf)
    inside, beside, below = (0.1, 0.1, 0.2, 0.2), (1.1, 0.1, 1.2, 0.2), (0.1, -0.3, 0.2, -0.2)
    edges = np.array([inside, inside, beside, below, endless])
    boxes = Boxes.of(spans, np.zeros(5, int), np.zeros(5, int), edges, SIZES)
    assert [(box.start, box.end) for box in boxes.within(TEXT, 0, 35)] == [(0, 9)]


@given(made(), st.tuples(st.integers(0, 34), st.integers(1, 35)).filter(lambda s: s[0] < s[1]))
def test_the_boxes_of_a_span_are_of_its_characters_and_of_all_that_have_one(
    boxes: Boxes, span: tuple[int, int]
) -> None:
    placed = {i for row in boxes.rows for i in range(row["start"], row["end"])}
    found = boxes.within(TEXT, *span)
    covered = {i for box in found for i in range(box.start, box.end)}
    asked = set(range(*span))
    assert placed & asked <= covered <= asked
    assert all(a.end <= b.start for a, b in pairwise(found))
    for box in found:
        width, height = SIZES[box.page].tolist()
        assert (box.width, box.height) == (width, height)
        assert 0 <= box.left <= box.right <= width * 1.0001
        assert 0 <= box.top <= box.bottom <= height * 1.0001


@pytest.mark.parametrize("flags", [MONO, MONO + 1, MONO + 2, MONO + 3])
def test_a_run_is_cut_along_the_way_its_letters_run(flags: int) -> None:
    """Of ten letters as wide as one another the first three take three tenths."""
    boxes = one(flags, 0, 10)
    (whole,), (begin,), (end,) = (boxes.within(TEXT, *s) for s in ((0, 10), (0, 3), (7, 10)))
    whole_way, begun, ended = (
        box[5] - box[3] if flags % 2 == 0 else box[6] - box[4] for box in (whole, begin, end)
    )
    assert begun == pytest.approx(0.3 * whole_way) == pytest.approx(ended)
    sides = {MONO: 3, MONO + 1: 4, MONO + 2: 5, MONO + 3: 6}  # where its first letter begins
    for side in (3, 4, 5, 6):
        assert (begin[side] == pytest.approx(whole[side])) == (side != sides[flags ^ 2])
        assert (end[side] == pytest.approx(whole[side])) == (side != sides[flags])


def box(start: int, end: int, left: float, right: float, top: float = 0.2, page: int = 0) -> Boxes:
    edges = np.array([(left, top, right, top + 0.05)])
    return Boxes.of(np.array([(start, end)]), np.array([page]), np.array([0]), edges, SIZES)


def together(*parts: Boxes) -> list[PageBox]:
    return Boxes(np.concatenate([part.rows for part in parts]), SIZES).within(TEXT, 0, len(TEXT))


def test_runs_beside_one_another_on_a_line_are_one_box() -> None:
    (joined,) = together(box(0, 3, 0.1, 0.2), box(4, 7, 0.21, 0.3))
    assert (joined.start, joined.end) == (0, 7)
    assert [joined.left, joined.right] == pytest.approx([40, 120], abs=0.02)


def test_lines_columns_pages_and_what_a_label_stands_between_are_boxes_of_their_own() -> None:
    first = box(0, 3, 0.1, 0.2)
    assert len(together(first, box(4, 7, 0.1, 0.2, top=0.26))) == 2
    assert len(together(first, box(4, 7, 0.6, 0.7))) == 2
    assert len(together(first, box(4, 7, 0.21, 0.3, page=1))) == 2
    assert len(together(first, box(6, 9, 0.21, 0.3))) == 2


@given(st.text(min_size=1, max_size=40), st.booleans())
def test_letters_follow_one_another_from_one_end_of_a_run_to_the_other(
    run: str, mono: bool
) -> None:
    shares = [share_of(run, at, mono) for at in range(len(run) + 1)]
    assert (shares[0], shares[-1]) == (0, 1)
    assert shares == sorted(shares)


def test_wide_letters_take_more_of_a_run() -> None:
    assert share_of("Mill", 1) > share_of("Mill", 1, mono=True) == 0.25
    assert share_of("水 mill", 1) > share_of("w mill", 1)
    assert share_of("e\u0301l", 2) == share_of("el", 1)
