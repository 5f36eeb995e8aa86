"""Blocks of a structure tree: lists, tables, and what goes on from one page to the next."""

from __future__ import annotations

from collections.abc import Sequence

from index.load.pdf.flow import blocks
from index.load.pdf.sheet import Element, Part, PdfPage, Run
from index.load.pdf.words import Vocabulary
from index.types import BlockKind

LONG = "The trough is cleaned on the first day of every month by two of the volunteers, " * 4


def parts(*pages: Sequence[tuple[Element, str]]) -> list[Part]:
    """The blocks of pages on which each element has a line of its own."""
    sheets = [
        PdfPage(
            number,
            f"p. {number + 1}",
            tuple(
                Run(text, 40, 40 + 4 * len(text), 300 - 15 * i, 10, tag=i)
                for i, (_, text) in enumerate(page)
                if text
            ),
            tuple((element, i) for i, (element, _) in enumerate(page)),
        )
        for number, page in enumerate(pages)
    ]
    return blocks(sheets, Vocabulary([]))[0]


def shown(*pages: Sequence[tuple[Element, str]]) -> list[tuple[BlockKind, str]]:
    return [
        (part.kind, part.marker + " ".join(line.text for line in part.lines))
        for part in parts(*pages)
    ]


def cell(row: int, column: int, head: bool = False) -> Element:
    path = (0, row, column)
    return Element(path, "TH" if head else "TD", (), False, (0,), (0, row), path, head)


def test_a_paragraph_is_what_its_element_holds_on_both_pages() -> None:
    first, second = Element((0, 0), "P"), Element((0, 1), "P")
    made = parts(
        [(first, "The pump runs."), (first, "It hums,")], [(first, "at night."), (second, "So?")]
    )
    assert [[line.text for line in part.lines] for part in made] == [
        ["The pump runs.", "It hums,", "at night."],
        ["So?"],
    ]
    assert [line.sheet for line in made[0].lines] == [0, 0, 1]


def test_a_heading_is_what_its_element_holds_on_both_pages() -> None:
    head, text = Element((0, 0), "H2"), Element((0, 1), "P")
    made = parts([(head, "How the pump was")], [(head, "mended at night"), (text, "It hums.")])
    assert [(part.kind, part.level, len(part.lines)) for part in made] == [
        (BlockKind.HEADING, 2, 2),
        (BlockKind.PARAGRAPH, 0, 1),
    ]


def test_two_elements_are_two_paragraphs_whatever_they_end_with() -> None:
    first, second = Element((0, 0), "P"), Element((0, 1), "P")
    assert len(shown([(first, "the pump hums and hums")], [(second, "at night it is silent")])) == 2


def test_items_have_the_marker_of_their_label_once() -> None:
    item = Element((0, 0), "LI", (0, 0))
    label = item._replace(label=True)
    more = Element((0, 0, 1), "P", (0, 0))
    drawn = Element((0, 1), "LI", (0, 1))
    wrong = Element((0, 2), "LI", (0, 2), label=True)
    assert shown(
        [
            (label, "a)"),
            (item, "Close the trough."),
            (more, "Wait."),
            (drawn, "Go."),
            (wrong, "Run."),
        ]
    ) == [
        (BlockKind.ITEM, "a) Close the trough."),
        (BlockKind.PARAGRAPH, "Wait."),
        (BlockKind.ITEM, "• Go."),
        (BlockKind.ITEM, "• Run."),
    ]


def test_a_header_serves_the_rows_on_the_next_page() -> None:
    first = [
        (cell(0, 0, True), "Year"),
        (cell(0, 1, True), "Eels"),
        (cell(1, 0), "2019"),
        (cell(1, 1), "4"),
    ]
    again = [
        (cell(2, 0, True), "Year"),
        (cell(2, 1, True), "Eels"),
        (cell(3, 0), ""),
        (cell(3, 1), "5"),
    ]
    assert shown(first, again) == [
        (BlockKind.ROWS, "Year: 2019; Eels: 4"),
        (BlockKind.ROWS, "Eels: 5"),
    ]


def test_a_table_that_only_places_text_is_text() -> None:
    assert shown([(cell(0, 0), LONG.strip()), (cell(0, 1), "Nobody else does.")]) == [
        (BlockKind.PARAGRAPH, LONG.strip()),
        (BlockKind.PARAGRAPH, "Nobody else does."),
    ]
    assert [kind for kind, _ in shown([(cell(0, 0), "One column.")])] == [BlockKind.PARAGRAPH]


def test_a_page_that_its_tree_hardly_knows_is_read_by_its_looks() -> None:
    element, other = Element((0,), "H1"), Element((1,), "H1")
    made = shown([(element, "Eels")], [(other, "Eels"), (Element((2,), "P"), "")])
    assert made[0] == (BlockKind.HEADING, "Eels")
    sheet = PdfPage(
        0,
        "p. 1",
        (Run("Eels", 40, 60, 300, 10, tag=0), Run(LONG, 40, 400, 280, 10)),
        ((element, 0),),
    )
    assert {part.kind for part in blocks([sheet], Vocabulary([]))[0]} == {BlockKind.PARAGRAPH}


def test_a_table_that_is_only_a_header_is_kept() -> None:
    head = [(cell(0, i, True), text) for i, text in enumerate(("Day", "Ferry", "Seats"))]
    assert shown(head) == [(BlockKind.ROWS, "Day; Ferry; Seats")]
    body = [(cell(1, i), text) for i, text in enumerate(("Monday", "Sula", "12"))]
    assert shown([*head, *body]) == [(BlockKind.ROWS, "Day: Monday; Ferry: Sula; Seats: 12")]
