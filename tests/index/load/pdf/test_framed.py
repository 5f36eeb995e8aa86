"""Text in boxes: callouts, panels, and what is drawn around or behind something else."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, strategies as st

from index.load.loading import load_file
from index.load.pdf.framed import with_boxes
from index.load.pdf.sheet import PdfPage, Run, Stroke
from tests.index.load.pdfs import line, lines, pdf

ABOVE = (
    "The tide mill at Orre ground barley",
    "for two hundred years before the dam",
    "broke, and nobody had the money that",
)
BELOW = ("was needed for another one of oak,", "which is a wood that was dear then.")
WHOLE = " ".join([*ABOVE, *BELOW])
NOTE = (
    "A dam holds the flood back until",
    "the ebb, when the water turns the",
    "wheel on its way out to the sea.",
)
OTHER = (
    "Its stones lie in the yard of the",
    "school, where pupils sit on them",
    "when it is warm enough for that.",
)


def texts(content: str) -> list[str]:
    document = load_file(pdf([content]), "file.pdf").documents[0]
    return [document.text[b.start : b.end] for b in document.blocks]


def tinted(x: float, y: float, wide: float, high: float) -> str:
    return f"0.9 g {x} {y} {wide} {high} re f 0 g"


def framed(x: float, y: float, wide: float, high: float) -> str:
    return f"{x} {y} {wide} {high} re S"


def rounded(x: float, y: float, wide: float, high: float, r: float = 8) -> str:
    right, top = x + wide, y + high
    return (
        f"{x + r} {y} m {right - r} {y} l {right} {y} {right} {y} {right} {y + r} c "
        f"{right} {top - r} l {right} {top} {right} {top} {right - r} {top} c "
        f"{x + r} {top} l {x} {top} {x} {top} {x} {top - r} c {x} {y + r} l "
        f"{x} {y} {x} {y} {x + r} {y} c h S"
    )


@pytest.mark.parametrize("drawn", [tinted, framed, rounded])
def test_a_callout_parts_no_paragraph_and_comes_behind_it(drawn: object) -> None:
    assert callable(drawn)
    box = drawn(36, 252, 190, 50)
    told = [box, lines(*ABOVE, y=340), lines(*NOTE, y=286), lines(*BELOW, y=236)]
    assert texts("\n".join(told)) == [WHOLE, " ".join(NOTE)]


def test_without_a_box_around_it_the_same_text_is_three_blocks() -> None:
    told = [lines(*ABOVE, y=340), lines(*NOTE, y=286), lines(*BELOW, y=236)]
    assert texts("\n".join(told)) == [" ".join(ABOVE), " ".join(NOTE), " ".join(BELOW)]


def test_a_box_beside_the_text_comes_behind_the_lines_beside_it() -> None:
    told = [
        tinted(226, 306, 170, 46), lines(*NOTE, x=230, y=338, size=9), lines(*ABOVE, y=340),
        lines(*BELOW, y=304), lines(*OTHER, y=260),
    ]  # fmt: skip
    assert texts("\n".join(told)) == [WHOLE, " ".join(NOTE), " ".join(OTHER)]


def test_panels_that_are_drawn_across_keep_their_lines() -> None:
    """Line by line over both, as a scanner's program writes them."""
    rows = [
        line(x, 340 - 12 * i, text)
        for i, pair in enumerate(zip(NOTE, OTHER, strict=True))
        for x, text in zip((24, 218), pair, strict=True)
    ]
    boxes = [framed(20, 306, 180, 50), framed(214, 306, 180, 50)]
    assert texts("\n".join([*boxes, *rows])) == [" ".join(NOTE), " ".join(OTHER)]


def test_a_box_within_a_box_is_read_where_it_stands() -> None:
    told = [
        framed(36, 216, 200, 140), tinted(38, 252, 190, 50), lines(*ABOVE, y=340),
        lines(*NOTE, y=286), lines(*BELOW, y=236), lines(*OTHER, y=180),
    ]  # fmt: skip
    assert texts("\n".join(told)) == [WHOLE, " ".join(NOTE), " ".join(OTHER)]


def page(strokes: list[Stroke], runs: list[Run]) -> PdfPage:
    return PdfPage(0, "p. 1", tuple(runs), strokes=tuple(strokes))


def sides(left: float, bottom: float, right: float, top: float) -> list[Stroke]:
    return [
        Stroke(left, top, right, top), Stroke(left, bottom, right, bottom),
        Stroke(left, bottom, left, top), Stroke(right, bottom, right, top),
    ]  # fmt: skip


def prose(x: float, y: float, many: int = 4) -> list[Run]:
    return [Run("a line of the text in it", x, x + 100, y - 12 * i, 10) for i in range(many)]


def test_what_a_box_holds_is_one_run_until_the_order_is_known() -> None:
    inside, outside = prose(20, 100), prose(20, 300)
    sheet, boxes = with_boxes(page(sides(10, 50, 140, 115), [*outside, *inside]))
    (tag,) = boxes
    assert [run.tag for run in sheet.runs] == [-1] * 4 + [tag]
    assert boxes[tag].runs == tuple(inside)


@pytest.mark.parametrize(
    ("why", "strokes", "runs"),
    [
        ("it is around the whole page", sides(10, 50, 140, 115), prose(20, 100)),
        ("it has no left side", sides(10, 50, 140, 115)[:2], [*prose(20, 300), *prose(20, 100)]),
        ("a line runs out of it", sides(10, 50, 140, 115),
         [*prose(20, 300), *prose(20, 100), Run("over its edge", 120, 180, 70, 10)]),
        ("it is a table's row", sides(10, 50, 340, 115),
         [*prose(20, 300), *prose(20, 100, 3), *prose(180, 100, 3)]),
        ("a line or two are a label", sides(10, 50, 140, 115),
         [*prose(20, 300), *prose(20, 100, 2)]),
    ],
)  # fmt: skip
def test_what_is_no_box(why: str, strokes: list[Stroke], runs: list[Run]) -> None:
    assert with_boxes(page(strokes, runs))[1] == {}, why


@given(
    st.lists(
        st.tuples(st.floats(0, 300), st.floats(0, 300), st.floats(5, 200), st.floats(5, 200)),
        max_size=6,
    ),
    st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=40),
)
def test_every_run_is_in_one_box_or_in_none(
    boxes: list[tuple[float, float, float, float]], places: list[tuple[float, float]]
) -> None:
    strokes = [s for x, y, wide, high in boxes for s in sides(x, y, x + wide, y + high)]
    runs = [Run(f"run {i} of the page", x, x + 60, y, 10) for i, (x, y) in enumerate(places)]
    sheet, found = with_boxes(page(strokes, runs))
    held = Counter(run.text for run in sheet.runs if run.tag not in found)
    for framed_text in found.values():
        held.update(run.text for run in framed_text.runs if run.tag not in found)
    assert held == Counter(run.text for run in runs)
