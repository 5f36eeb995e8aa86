"""What stands where on a page: columns, paragraphs, lists, tables, and what is none of these."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings, strategies as st

from index.load.loading import load_file
from index.load.pdf.order import regions
from index.load.pdf.sheet import PdfPage, Run
from index.load.pdf.words import Vocabulary
from index.types import BlockKind
from tests.index.load.pdfs import line, lines, pdf, picture

LEFT = (
    "The tide mill at Orre ground barley",
    "for two hundred years before the dam",
    "broke, and nobody had the money that",
    "was needed for another one of oak.",
)
RIGHT = (
    "Its stones lie in the school’s yard,",
    "where the pupils sit on them when it",
    "is warm. The wheel is in the museum,",
    "under a roof of glass of its own.",
)
BOTH = [" ".join(LEFT), " ".join(RIGHT)]


def blocks(*pages: str) -> list[tuple[BlockKind, str]]:
    document = load_file(pdf(pages), "file.pdf").documents[0]
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def texts(*pages: str) -> list[str]:
    return [text for _, text in blocks(*pages)]


def beside(left: tuple[str, ...], right: tuple[str, ...], y: float = 300) -> list[str]:
    """The lines of two columns, by rows."""
    rows = zip(left, right, strict=True)
    return [
        line(x, y - 12 * i, text)
        for i, row in enumerate(rows)
        for x, text in zip((40, 226), row, strict=True)
    ]


def test_columns_that_are_drawn_one_after_the_other() -> None:
    drawn = beside(LEFT, RIGHT)
    assert texts("\n".join([*drawn[::2], *drawn[1::2]])) == BOTH


def test_columns_of_prose_that_are_drawn_line_by_line_across() -> None:
    assert texts("\n".join(beside(LEFT, RIGHT))) == BOTH


def test_the_right_column_may_be_drawn_first() -> None:
    drawn = beside(LEFT, RIGHT)
    assert texts("\n".join([*drawn[1::2], *drawn[::2]])) == BOTH


def test_what_reaches_across_ends_the_columns_above_it() -> None:
    above, below = beside(LEFT, RIGHT), beside(RIGHT, LEFT, 200)
    title = line(100, 330, "The mill and its wheel in the years of the dam", 12)
    across = line(
        40, 228, "What follows was told by the last miller’s grandson in the year 1964.", 12
    )
    drawn = [title, *above[::2], *above[1::2], across, *below[::2], *below[1::2]]
    assert [t for t in texts("\n".join(drawn)) if t in BOTH] == [*BOTH, BOTH[1], BOTH[0]]
    assert texts("\n".join(drawn))[3].startswith("What follows")


def test_a_large_line_at_the_left_heads_both_columns_below_it() -> None:
    above, below = beside(LEFT, RIGHT), beside(RIGHT, LEFT, 200)
    head = line(40, 225, "The wheel", 16)
    drawn = [*above[::2], *above[1::2], head, *below[::2], *below[1::2]]
    assert texts("\n".join(drawn)) == [*BOTH, "The wheel", BOTH[1], BOTH[0]]


def test_three_columns() -> None:
    third = tuple(text.upper() for text in LEFT)
    drawn = [
        line(x, 300 - 12 * i, text, 6)
        for x, column in ((20, LEFT), (150, RIGHT), (280, third))
        for i, text in enumerate(column)
    ]
    assert texts("\n".join(drawn)) == [*BOTH, " ".join(third)]


def test_columns_that_are_drawn_line_by_line_across_however_many_they_are() -> None:
    third = tuple(text.upper() for text in LEFT)
    drawn = [
        line(x, 300 - 12 * i, text, 6)
        for i, row in enumerate(zip(LEFT, RIGHT, third, strict=True))
        for x, text in zip((20, 150, 280), row, strict=True)
    ]
    assert texts("\n".join(drawn)) == [*BOTH, " ".join(third)]


def test_a_heading_of_the_left_column_alone_ends_no_columns() -> None:
    """Nothing is below it at the right, where the column has ended."""
    drawn = beside(LEFT, RIGHT)
    below = [
        line(40, 246, "The wheel", 14),
        *(line(40, 230 - 12 * i, t) for i, t in enumerate(LEFT)),
    ]
    found = texts("\n".join([*drawn[::2], *below, *drawn[1::2]]))
    assert found == [BOTH[0], "The wheel", *BOTH]


def test_a_quotation_pulled_out_in_one_column_ends_no_columns() -> None:
    """Its second line has nothing beside it; its first one does."""
    drawn = beside(LEFT, RIGHT)
    pulled = [line(40, 240, "Nobody had the", 16), line(40, 220, "money for it", 16)]
    below = beside(RIGHT, LEFT, 190)
    right = [*drawn[1::2], line(226, 240, "It was shut in May."), *below[1::2]]
    found = texts("\n".join([*drawn[::2], *pulled, *below[::2], *right]))
    assert found == [BOTH[0], "Nobody had the money for it", BOTH[1], BOTH[1],
                     "It was shut in May.", BOTH[0]]  # fmt: skip


def test_a_caption_beside_the_text_is_not_mixed_with_its_lines() -> None:
    """Though it is drawn line by line with them: its lines are closer to one another."""
    caption = ("The wheel, seen from", "the quay, before the", "storm took its roof.")
    drawn = [(300 - 12 * i, line(170, 300 - 12 * i, t)) for i, t in enumerate((*LEFT, *RIGHT))]
    drawn += [(297 - 9 * i, line(40, 297 - 9 * i, t, 7)) for i, t in enumerate(caption)]
    across = "\n".join(shown for _, shown in sorted(drawn, key=lambda one: -one[0]))
    assert texts(across) == [" ".join(caption), " ".join(BOTH)]


DUTIES = {
    ("Repairs of", "the roof"): (
        "The landlord pays for the work and",
        "sends the bill to the insurer within",
        "thirty days of the damage.",
    ),
    ("Cleaning of", "all stairs"): (
        "The tenants take turns every week",
        "and write their names on the list",
        "that hangs beside the door.",
    ),
    ("Heating in", "the winter"): (
        "The landlord keeps the rooms warm",
        "from October until April, and not",
        "so warm during the night.",
    ),
}


@pytest.mark.parametrize("size", [10, 8], ids=["of one size", "labels are smaller"])
@pytest.mark.parametrize("gap", [18, 26], ids=["close rows", "wide rows"])
@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("by_columns", [False, True])
def test_cells_in_the_middle_of_higher_ones_are_no_column(
    size: float, gap: int, ruled: bool, by_columns: bool
) -> None:
    """Their lines have none beside them; yet no label is read with another row's text."""
    drawn: list[str] = []
    labels: list[str] = []
    y = 350
    for label, cell in DUTIES.items():
        labels += [line(40, y - 6 - 12 * i, text, size) for i, text in enumerate(label)]
        drawn += [*([] if by_columns else labels)]
        drawn += [line(120, y - 12 * i, text) for i, text in enumerate(cell)]
        drawn += [f"40 {y - 24 - gap / 2} 260 0.7 re f"] * ruled
        labels = labels if by_columns else []
        y -= 24 + gap
    found = blocks("\n".join([*labels, *drawn]))
    for label in DUTIES:
        others = [one for other, cell in DUTIES.items() if other != label for one in cell]
        for kind, text in found:
            mixed = label[1] in text and any(one in text for one in others)
            assert kind is BlockKind.ROWS or not mixed, text


def test_a_letters_date_is_no_column_beside_what_it_says() -> None:
    said = ("Dear members, for a year there was no meeting of the", "board, which our rules want.")
    drawn = [
        lines("Petra Holm", "Behind the dam 2", "4711 Varn", y=380),
        lines("Member no. 17", "since the year 2001", x=300, y=373),
        line(300, 320, "12 October 2022"),
        lines(*said, y=290),
    ]
    assert texts("\n".join(drawn))[-2:] == ["12 October 2022", " ".join(said)]


def test_typewritten_lines_beside_one_another_stay_rows() -> None:
    options = [("-k print crop marks here", "-K pull in all comments"),
               ("-l the last page of all", "-L the last paper size"),
               ("-m feed paper by hand", "-M make no font at all")]  # fmt: skip
    drawn = [
        line(x, 300 - 12 * i, text, font="F3")
        for i, row in enumerate(options)
        for x, text in zip((20, 226), row, strict=True)
    ]
    assert texts("\n".join([lines(*LEFT), *drawn]))[1:] == [" ".join(row) for row in options]


def test_a_sentence_goes_on_in_the_next_column() -> None:
    drawn = beside(
        (*LEFT[:3], "was needed for another one made of"),
        ("oak. Nobody has been sorry for it,", *RIGHT[1:]),
    )
    (only,) = texts("\n".join([*drawn[::2], *drawn[1::2]]))
    assert "another one made of oak. Nobody" in only


def test_short_cells_side_by_side_are_rows_with_their_header() -> None:
    rows = [
        ("Year", "Eels", "Remark"),
        ("2019", "1,204", "dry"),
        ("2020", "3,871", ""),
        ("2021", "44", "wet"),
    ]
    drawn = [
        line(x, 300 - 16 * i, cell, font="F1" if i else "F2")
        for i, row in enumerate(rows)
        for x, cell in zip((40, 150, 250), row, strict=True)
        if cell
    ]
    found = blocks("\n".join([*drawn, lines("The eels were counted in a basket.", y=200)]))
    assert found[:3] == [
        (BlockKind.ROWS, "Year: 2019; Eels: 1,204; Remark: dry"),
        (BlockKind.ROWS, "Year: 2020; Eels: 3,871"),
        (BlockKind.ROWS, "Year: 2021; Eels: 44; Remark: wet"),
    ]


def test_a_table_without_a_header_that_can_be_told_has_its_cells_alone() -> None:
    rows = [("Mooring", "41,200", "43,950"), ("Rent", "18,000", "18,000")]
    drawn = [
        line(x, 300 - 14 * i, cell)
        for i, row in enumerate(rows)
        for x, cell in zip((40, 150, 250), row, strict=True)
    ]
    assert texts("\n".join(drawn)) == ["Mooring; 41,200; 43,950", "Rent; 18,000; 18,000"]
    assert texts("\n".join(drawn[i] for i in (0, 1, 3, 4))) == ["Mooring: 41,200", "Rent: 18,000"]


def test_a_cell_of_two_lines_stays_in_its_row() -> None:
    drawn = [
        line(40, 300, "Rent of the"), line(200, 300, "18,000"), line(40, 288, "fish market"),
        line(40, 266, "Repairs"), line(200, 266, "22,310"),
    ]  # fmt: skip
    assert texts("\n".join(drawn)) == ["Rent of the fish market: 18,000", "Repairs: 22,310"]


def test_paragraphs_are_parted_by_gaps_by_indents_and_by_short_lines() -> None:
    gap = [lines(*LEFT, y=350), lines(*RIGHT, y=290)]
    assert texts("\n".join(gap)) == BOTH
    full = "was needed for another one of oak now."
    indented = [
        lines(LEFT[0], x=52, y=350), lines(*LEFT[1:3], full, y=338),
        lines(RIGHT[0], x=52, y=302), lines(*RIGHT[1:], y=290),
    ]  # fmt: skip
    assert texts("\n".join(indented)) == [" ".join([*LEFT[:3], full]), BOTH[1]]
    short = lines(*LEFT[:3], "was needed.", *RIGHT)
    assert texts(short) == [" ".join([*LEFT[:3], "was needed."]), BOTH[1]]


def test_a_line_that_ends_with_a_name_goes_on_though_the_next_begins_large() -> None:
    told = (
        "The tide mill at Orre was sold to Mr",
        "Quillon, who had it mended and then",
        "sold it.",
    )
    assert texts(lines(*told)) == [" ".join(told)]


def test_items_have_their_markers_and_their_hanging_lines() -> None:
    drawn = [
        line(40, 300, "•"), line(50, 300, "the piles were drawn on a Sunday, when"),
        line(50, 288, "no ferry sails;"),
        line(40, 276, "•"), line(50, 276, "new ones of larch were driven."),
        line(40, 252, "1. They were capped with iron."), line(40, 240, "2. They were painted."),
    ]  # fmt: skip
    document = load_file(pdf(["\n".join(drawn)]), "file.pdf").documents[0]
    assert [
        (b.kind, document.text[b.start : b.body], document.text[b.body : b.end])
        for b in document.blocks
    ] == [
        (BlockKind.ITEM, "• ", "the piles were drawn on a Sunday, when no ferry sails;"),
        (BlockKind.ITEM, "• ", "new ones of larch were driven."),
        (BlockKind.ITEM, "1. ", "They were capped with iron."),
        (BlockKind.ITEM, "2. ", "They were painted."),
    ]


def test_a_number_that_begins_a_line_by_chance_is_no_marker() -> None:
    (only,) = texts(
        lines("The first eels came at dusk, on May the", "3. of the year, and climbed the ladder.")
    )
    assert only == "The first eels came at dusk, on May the 3. of the year, and climbed the ladder."


def test_code_keeps_its_lines_and_its_indents() -> None:
    code = "\n".join([
        line(40, 300, "def climb(eel):", font="F3"), line(64, 288, "return eel.up()", font="F3"),
        lines(*LEFT, y=250),
    ])  # fmt: skip
    assert blocks(code)[:2] == [
        (BlockKind.CODE, "def climb(eel):"),
        (BlockKind.CODE, "return eel.up()"),
    ]
    document = load_file(pdf([code]), "file.pdf").documents[0]
    assert "def climb(eel):\n    return eel.up()" in document.text


def test_a_document_that_is_all_typewritten_has_paragraphs() -> None:
    typed = "\n".join(line(40, 300 - 12 * i, text, font="F3") for i, text in enumerate(LEFT))
    assert blocks(typed) == [(BlockKind.PARAGRAPH, BOTH[0])]


def test_entries_of_a_table_of_contents_are_rules() -> None:
    entries = ("1 The moon" + " ." * 30 + " 3", "2 The water" + "." * 40 + "7")
    found = blocks(lines(*entries, "The moon draws the water."))
    assert [kind for kind, _ in found] == [BlockKind.RULE, BlockKind.RULE, BlockKind.PARAGRAPH]


def test_labels_in_a_drawing_are_rules() -> None:
    found = blocks(
        "\n".join([lines(*LEFT), line(100, 200, "Sluice", 5), line(200, 160, "Lake", 5)])
    )
    assert [text for kind, text in found if kind is BlockKind.RULE] == ["Sluice", "Lake"]


def test_text_that_is_turned_against_the_page_is_a_rule() -> None:
    up = "BT /F1 10 Tf 0 1 -1 0 20 100 Tm (arXiv:0000.0000 in the margin) Tj ET"
    askew = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 80 80 Tm (DRAFT) Tj ET"
    found = blocks("\n".join([up, lines(*LEFT), askew]))
    assert [text for kind, text in found if kind is not BlockKind.RULE] == [BOTH[0]]
    assert sorted(text for kind, text in found if kind is BlockKind.RULE)[0] == "DRAFT"


@pytest.mark.parametrize("turned", ["0 1 -1 0 100 40", "-1 0 0 -1 300 100", "0 -1 1 0 100 300"])
def test_a_page_that_is_turned_as_a_whole_is_read(turned: str) -> None:
    a, b, c, d, x, y = (float(n) for n in turned.split())
    shown = [
        f"BT /F1 10 Tf {a} {b} {c} {d} {x - 12 * i * c} {y - 12 * i * d} Tm ({text}) Tj ET"
        for i, text in enumerate(LEFT)
    ]
    assert texts("\n".join(shown)) == [BOTH[0]]


def test_what_ocr_lays_over_a_picture_has_one_size() -> None:
    sizes = (10, 12, 9.2, 11)
    laid = "\n".join(
        line(40, 300 - 12 * i, text, size, mode=3)
        for i, (text, size) in enumerate(zip(LEFT, sizes, strict=True))
    )
    assert blocks(f"{picture()}\n{laid}") == [(BlockKind.PARAGRAPH, BOTH[0])]


def test_an_initial_stands_before_its_word() -> None:
    first = (
        line(40, 288, "T", 30) + "\n" + line(62, 300, LEFT[0][1:]) + "\n" + line(62, 288, LEFT[1])
    )
    assert texts(first + "\n" + lines(*LEFT[2:], y=276)) == [BOTH[0]]


@pytest.mark.parametrize("initial", ["T", "“T"])
def test_an_initial_may_have_its_mark_with_it(initial: str) -> None:
    shown = initial.replace("“", '"')
    first = line(40, 288, shown, 30) + "\n" + line(72, 300, LEFT[0][1:])
    told = "\n".join([first, line(72, 288, LEFT[1]), lines(*LEFT[2:], y=276)])
    assert texts(told) == [shown + BOTH[0][1:]]


def test_a_heading_of_a_box_is_no_part_of_its_text_though_no_word_would_have_fitted() -> None:
    told = [line(40, 300, "How it was all counted here", font="F2"),
            *(line(40, 288 - 11 * i, t, 9.2) for i, t in enumerate(LEFT))]  # fmt: skip
    assert texts("\n".join(told)) == ["How it was all counted here", BOTH[0]]


def test_a_raised_number_clings_to_its_word() -> None:
    raised = "4 Ts /F1 6 Tf (1) Tj 0 Ts /F1 10 Tf"
    told = f"BT /F1 10 Tf 40 300 Td (The book) Tj {raised} (. It is old.) Tj ET"
    assert texts(told) == ["The book1. It is old."]


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(
            st.floats(0, 400),
            st.floats(0, 400),
            st.integers(1, 60),
            st.sampled_from([6.0, 10.0, 20.0]),
        ),
        max_size=60,
    )
)
@settings(max_examples=200, deadline=None)
def test_every_run_is_in_one_region(placed: list[tuple[float, float, int, float]]) -> None:
    runs = [
        Run(f"run{i}x" + "a" * n, left, left + n * size / 2, base, size)
        for i, (left, base, n, size) in enumerate(placed)
    ]
    found = " ".join(
        line.text for region in regions(runs, PdfPage(0, "p. 1", ())) for line in region
    )
    names = sorted(
        chain.from_iterable(part.split("x")[:1] for part in found.replace("run", " run").split())
    )
    assert names == sorted(f"run{i}" for i in range(len(runs)))


@pytest.mark.parametrize(
    ("lines_", "joined"),
    [
        (["the govern-", "ment of Varn"], "the government of Varn"),
        (["the govern\x02", "ment of Varn"], "the government of Varn"),
        (["a well-", "known mark"], "a well-known mark"),
        (
            ["the fish-", "market, not another fish-market"],
            "the fish-market, not another fish-market",
        ),
        (["the fish-", "market, not another fishmarket"], "the fishmarket, not another fishmarket"),
        (["the tide and the mill: a tide-", "mill"], "the tide and the mill: a tide-mill"),
        (["first-", "and second-class eels"], "first- and second-class eels"),
        (["the Varn-", "Holm ferry"], "the Varn-Holm ferry"),
        (["the TIDE-", "MILL"], "the TIDEMILL"),
        (["an AM-FM-", "Radio"], "an AM-FM-Radio"),
        (["from 1931-", "1964"], "from 1931-1964"),
        (["wind —", "and rain"], "wind — and rain"),
        (["wind—", "and rain"], "wind—and rain"),
        (["see example.org/", "eels"], "see example.org/eels"),
        (["潮汐", "水车"], "潮汐水车"),
        (["an end\x02", ""], "an end-"),
        (["a", "b", "c"], "a b c"),
    ],
)
def test_how_lines_are_joined(lines_: list[str], joined: str) -> None:
    text, starts = Vocabulary(lines_).join(line for line in lines_ if line)
    assert text == joined
    assert len(starts) == sum(map(bool, lines_))
    assert starts[0] == 0


def test_a_hyphen_at_a_lines_end_may_be_set_alone() -> None:
    """Neither half of the word is known as one then: both would be, and the hyphen would stay."""
    words = Vocabulary(["the govern", "\x02", "ment of Varn"])
    assert words.join(["the govern\x02", "ment of Varn"])[0] == "the government of Varn"


def test_a_document_that_parts_no_words_keeps_its_hyphens() -> None:
    held = [
        f"the {word}-like animal"
        for word in ("eel", "crab", "snail", "whelk", "cod", "gull", "seal", "ray")
    ]
    assert (
        Vocabulary([*held, "a newt-", "shaped stone"]).join(["a newt-", "shaped stone"])[0]
        == "a newt-shaped stone"
    )
    assert (
        Vocabulary(["a newt-", "shaped stone"]).join(["a newt-", "shaped stone"])[0]
        == "a newtshaped stone"
    )


@given(st.lists(st.text("ab-‐\x02 —é潮", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_a_line_begins_where_it_is_said_to(held: list[str]) -> None:
    text, starts = Vocabulary(held).join(held)
    assert starts == sorted(starts)
    for begun, start in zip(held, starts, strict=True):
        shown = begun.replace("\x02", "-")
        assert text[start : start + len(shown) - 1] == shown[:-1]  # a hyphen at its end may be gone


def test_outdented_lines_that_reach_across_are_no_column_of_their_own() -> None:
    """The chapters of a list, with their pages far to the right, over sections further in."""
    runs = []
    for line_number in range(44):
        base = 700.0 - 12 * line_number
        if line_number % 11 == 0:
            head = f"{line_number} The mills of the upper valley, and their wheels"
            runs += [Run(head, 40, 270, base, 9), Run(str(line_number), 460, 470, base, 9)]
        else:
            entry = f"{line_number} The mill at the weir ground rye for the nine farms above it"
            runs.append(Run(entry, 60, 470, base, 9))
    (region,) = regions(runs, PdfPage(0, "p. 1", ()))
    assert [int(one.text.split()[0]) for one in region] == list(range(44))
