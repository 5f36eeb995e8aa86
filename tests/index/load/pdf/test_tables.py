"""Tables by what rules them, by what stands under one another, and by tags: no cells are mixed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from index.load.loading import load_file
from index.load.pdf.extents import cut
from index.load.pdf.lattice import lattices
from index.load.pdf.lines import line_of
from index.load.pdf.rows import PlacedLine, row_lines
from index.load.pdf.sheet import Joint, Run, Stroke
from index.load.pdf.strokes import turned
from index.load.pdf.tagged import TaggedCell, tagged_table
from index.types import BlockKind
from tests.index.load.pdfs import line, lines, pdf

HIVES = [
    ("Hive", "Keeper", "Found in it", "Honey"),
    ("North wall", "Ines", "a queen and two frames of brood", "4.5 kg"),
    ("Orchard", "Tomke", "nothing that buzzes", "0.0 kg"),
    ("Old mill", "Ines", "wax moths, which were taken out", "1.2 kg"),
]
HIVE_LINES = [
    "Hive: North wall; Keeper: Ines; Found in it: a queen and two frames of brood; Honey: 4.5 kg",
    "Hive: Orchard; Keeper: Tomke; Found in it: nothing that buzzes; Honey: 0.0 kg",
    "Hive: Old mill; Keeper: Ines; Found in it: wax moths, which were taken out; Honey: 1.2 kg",
]
EDGES = (40, 110, 160, 250, 320)


def blocks(*pages: str) -> list[tuple[BlockKind, str]]:
    document = load_file(pdf(pages), "file.pdf").documents[0]
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def rows(*pages: str) -> list[str]:
    return [text for kind, text in blocks(*pages) if kind is BlockKind.ROWS]


def stroke(left: float, bottom: float, right: float, top: float) -> str:
    return f"0.5 w {left} {bottom} m {right} {top} l S"


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The strokes of a grid."""
    flat = (stroke(xs[0], y, xs[-1], y) for y in ys)
    return "\n".join([*flat, *(stroke(x, ys[0], x, ys[-1]) for x in xs)])


def table(
    rows_: Sequence[Sequence[str]], xs: Sequence[float], y: float, pitch: float, wrap: int = 18
) -> str:
    """Cells below one another, wrapped at so many letters."""
    drawn: list[str] = []
    for cells in rows_:
        depth = 1
        for x, cell in zip(xs, cells, strict=False):
            parts = [""]
            for word in cell.split():
                fits = len(parts[-1]) + len(word) < wrap
                parts[-1:] = [f"{parts[-1]} {word}".strip()] if fits else [parts[-1], word]
            drawn += [line(x + 3, y - 11 * i, part, 9) for i, part in enumerate(parts) if part]
            depth = max(depth, len(parts))
        y -= 11 * (depth - 1) + pitch
    return "\n".join(drawn)


def test_a_ruled_cell_that_wraps_is_one_cell() -> None:
    drawn = table(HIVES, EDGES, 340, 26)
    ruled = grid(EDGES, [354, 330, 293, 267, 230])
    assert rows(f"{drawn}\n{ruled}") == HIVE_LINES


def test_cells_that_meet_at_a_stroke_are_two() -> None:
    cells = [("Kunde", "Ort"), ("Malte Friedrichsen", "Husum"), ("Wiebke Carstensen", "Tönning")]
    drawn = [
        line(x, 300 - 20 * i, cell)
        for i, row in enumerate(cells)
        for x, cell in zip((40, 128.5), row, strict=True)
    ]
    ruled = grid((38, 126.5, 190), [314, 294, 274, 254])
    assert rows("\n".join([*drawn, ruled])) == [
        "Kunde: Ort",
        "Malte Friedrichsen: Husum",
        "Wiebke Carstensen: Tönning",
    ]


def test_boxes_rule_as_lines_do() -> None:
    boxes = "\n".join(
        f"{a} {y} {b - a} 24 re S" for y in (330, 306, 282) for a, b in pairwise(EDGES)
    )
    drawn = table([HIVES[0], HIVES[2], ("Barn", "Ole", "mice", "3.0 kg")], EDGES, 340, 24)
    assert rows(f"{boxes}\n{drawn}") == [
        HIVE_LINES[1],
        "Hive: Barn; Keeper: Ole; Found in it: mice; Honey: 3.0 kg",
    ]


def test_a_label_over_two_columns_is_said_with_each_of_them() -> None:
    drawn = [
        line(150, 340, "Sommer 1998"), line(43, 320, "Fähre"), line(123, 320, "hin"),
        line(183, 320, "zurück"), line(43, 300, "Sula"), line(123, 300, "410"),
        line(183, 300, "398"), line(43, 280, "Tern"), line(123, 280, "77"), line(183, 280, "81"),
    ]  # fmt: skip
    ruled = [
        *(stroke(40, y, 240, y) for y in (354, 314, 294, 274)), stroke(120, 334, 240, 334),
        *(stroke(x, 274, x, 354) for x in (40, 120, 240)), stroke(180, 274, 180, 334),
    ]  # fmt: skip
    assert rows("\n".join([*drawn, *ruled])) == [
        "Fähre: Sula; Sommer 1998 hin: 410; Sommer 1998 zurück: 398",
        "Fähre: Tern; Sommer 1998 hin: 77; Sommer 1998 zurück: 81",
    ]


@pytest.mark.parametrize("again", [True, False])
def test_a_table_on_two_pages_has_one_header(again: bool) -> None:
    head, *body = [
        ("Lamp", "Lit by", "Colour"),
        ("East pier", "Malte", "red"),
        ("West pier", "Wiebke", "green"),
        ("Bell rock", "nobody", "white"),
        ("Slip", "Malte", "amber"),
    ]
    first, second = [head, *body[:2]], [*([head] if again else []), *body[2:]]
    xs = (40, 120, 200, 280)
    pages = [
        f"{table(part, xs, 340, 20)}\n{grid(xs, [354 - 20 * i for i in range(len(part) + 1)])}"
        for part in (first, second)
    ]
    document = load_file(pdf(pages), "file.pdf").documents[0]
    found = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.ROWS]
    assert found == [f"Lamp: {a}; Lit by: {b}; Colour: {c}" for a, b, c in body]
    at = document.text.index("Bell rock")
    assert [page.name for page in document.pages if page.start <= at][-1] == "p. 2"


@pytest.mark.parametrize("head", [("Posten", "2021", "2022"), ("Posten", "Stück", "Preis")])
def test_a_row_of_values_is_no_header_though_each_page_begins_with_it(head: Sequence[str]) -> None:
    pages = []
    for second in (("Reuse", "2", "4,50"), ("Kescher", "3", "6,10"), ("Lot", "1", "9,90")):
        body = table([head, ("Grundpreis", "1", "10,00"), second], (40, 120, 200, 280), 340, 20)
        pages.append(f"{body}\n{grid((40, 120, 200, 280), [354, 334, 314, 294])}")
    found = rows(*pages)
    assert found[:2] == [
        f"{head[0]}: Grundpreis; {head[1]}: 1; {head[2]}: 10,00",
        f"{head[0]}: Reuse; {head[1]}: 2; {head[2]}: 4,50",
    ]
    assert found[::2] == [found[0]] * 3


def test_a_header_that_nothing_rules_and_every_page_repeats_is_no_running_line() -> None:
    head = ("Pump", "Litres", "Checked")
    pages = [
        table([head, *((f"No. {7 * n + i}", str(80 + i), "May") for i in range(4))],
              (40, 140, 220), 340, 18)
        for n in range(4)
    ]  # fmt: skip
    found = rows(*pages)
    assert len(found) == 16
    assert found[9] == "Pump: No. 15; Litres: 81; Checked: May"


def test_cells_that_wrap_where_nothing_is_ruled() -> None:
    assert rows(table(HIVES, EDGES, 340, 19)) == HIVE_LINES


def test_numbers_that_are_flush_right_are_under_their_label() -> None:
    drawn = [line(40, 300, "Ware"), line(120, 300, "Preis"), line(180, 300, "Lager")]
    for i, (name, price, place) in enumerate(
        [("Tau", "1.250,00", "Nord"), ("Anker", "90,50", "Süd"), ("Boje", "7,00", "Nord")], 1
    ):
        drawn += [
            line(40, 300 - 16 * i, name), line(170 - 5 * len(price), 300 - 16 * i, price),
            line(180, 300 - 16 * i, place),
        ]  # fmt: skip
    assert rows("\n".join(drawn)) == [
        "Ware: Tau; Preis: 1.250,00; Lager: Nord",
        "Ware: Anker; Preis: 90,50; Lager: Süd",
        "Ware: Boje; Preis: 7,00; Lager: Nord",
    ]


def test_prose_above_and_below_is_no_row() -> None:
    told = (
        "The keepers met in the barn and said what they had found in",
        "their hives since the lime trees were in bloom, and how much.",
    )
    found = blocks(f"{lines(*told, y=390)}\n{table(HIVES, EDGES, 340, 19)}\n{lines(*told, y=190)}")
    assert [text for kind, text in found if kind is BlockKind.ROWS] == HIVE_LINES
    assert [text for kind, text in found if kind is BlockKind.PARAGRAPH] == [" ".join(told)] * 2


def test_justified_prose_right_above_a_table_is_no_label() -> None:
    words = "(Im) -600 (Winter) -250 (war) -300 (die) -700 (Halle) -300 (nie) -250 (zu) -300 (kalt)"
    drawn = f"BT /F1 10 Tf 40 356 Td [{words}] TJ ET\n{table(HIVES, (40, 100, 180, 330), 340, 16)}"
    assert blocks(drawn)[0] == (BlockKind.PARAGRAPH, "Im Winter war die Halle nie zu kalt")
    assert rows(drawn) == HIVE_LINES


def test_a_row_that_is_one_text_object_is_parted_at_its_gaps() -> None:
    def kerned(y: float, *cells: str) -> str:
        return f"BT /F1 10 Tf 40 {y} Td [({') -4000 ('.join(cells)})] TJ ET"

    drawn = [
        kerned(300, "Tide", "Depth"), kerned(284, "12:10", "4.1 m"), kerned(268, "18:25", "0.9 m"),
        kerned(252, "00:40", "4.3 m"),
    ]  # fmt: skip
    assert rows("\n".join(drawn)) == [
        "Tide: 12:10; Depth: 4.1 m",
        "Tide: 18:25; Depth: 0.9 m",
        "Tide: 00:40; Depth: 4.3 m",
    ]


def test_titles_with_their_pages_are_rules() -> None:
    drawn = [
        line(x, 300 - 14 * i, text)
        for i, (title, page) in enumerate(
            [("Von Netzen", "3"), ("Von Reusen", "9"), ("Von Aalen", "21"), ("Von Ebbe", "40")]
        )
        for x, text in ((40, title), (300, page))
    ]
    found = blocks("\n".join(drawn))
    assert [kind for kind, _ in found if kind is not BlockKind.HEADING] == [BlockKind.RULE] * 4


def test_numbers_that_grow_are_no_pages_where_the_rows_are_no_titles() -> None:
    boats = [("Möwe", "Inga Thies", 312), ("Lachs", "Jan Bohn", 340), ("Dorsch", "Ole Wulf", 355),
             ("Aal", "Ute Kamp", 381), ("Butt", "Tom Feld", 402), ("Hecht", "Eva Moor", 433),
             ("Stint", "Kai Lund", 467), ("Barsch", "Ida Vogt", 498)]  # fmt: skip
    xs = (40, 140, 260)
    text = [(name, owner, str(number)) for name, owner, number in boats]
    assert len(rows(table(text[4:], xs, 340, 16))) == 4
    pairs = [(name, number) for name, _, number in text]
    first, rest = [("Boot", "Nummer"), *pairs[:4]], pairs[4:]
    assert rows(table(first, xs, 340, 16), table(rest, xs, 340, 16))[4:] == [
        f"Boot: {name}; Nummer: {number}" for name, number in rest
    ]
    built = [(name, str(1500 + int(number))) for name, number in pairs]
    assert len(rows(table(built[4:], xs, 340, 16))) == 4
    parts = [(f"{i}.{i}", title, page) for i, (title, page) in enumerate(pairs, 1)]
    assert rows(table(parts, xs, 340, 16)) == []


def test_boxes_of_a_drawing_are_no_table() -> None:
    boxes = [
        f"{x} {y} 60 30 re S\n{line(x + 4, y + 10, name, 8)}"
        for x, y, name in ((60, 300, "Sluice"), (180, 300, "Lake"), (180, 220, "Mill"))
    ]
    frame = "40 200 220 150 re S"
    arrows = [stroke(120, 315, 180, 315), stroke(210, 250, 210, 300)]
    assert rows("\n".join([*boxes, frame, *arrows])) == []


def test_columns_of_prose_with_a_stroke_between_them_are_no_table() -> None:
    left = ("The weir was raised by a foot in the", "year of the flood, and the eels that",
            "came up in June could not pass it.", "So a ladder of brushwood was laid.")  # fmt: skip
    right = ("It lasted for three years. The next", "one was made of tarred rope, and the",
             "last of them is of stone, with moss", "on it, which they seem to like.")  # fmt: skip
    drawn = f"{lines(*left, x=30)}\n{lines(*right, x=220)}\n{stroke(210, 300, 210, 370)}"
    assert [text for _, text in blocks(drawn)] == [" ".join(left), " ".join(right)]


def test_accents_that_tex_draws_before_their_letters_are_on_them() -> None:
    drawn = (
        "BT /F1 10 Tf 40 300 Td [(Fr) -111 (\xa8) 444 (uhling) -280 (im) -280 (Caf) -111 (\xb4) 444"
        " (e,) -280 (wie) -280 (geht\xb4s,) -280 (3 \xa8)] TJ ET"
    )
    assert [text for _, text in blocks(drawn)] == ["Frühling im Café, wie geht\xb4s, 3 ¨"]
    typed = line(40, 300, "Fr\xa8uhling im Garten")
    assert [text for _, text in blocks(typed)] == ["Fr\xa8uhling im Garten"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(12, 60), min_size=2, max_size=6),
    st.lists(st.integers(12, 40), min_size=2, max_size=6),
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6),
)
def test_each_square_of_a_lattice_is_in_one_cell(
    widths: list[int], heights: list[int], opened: set[tuple[int, int]]
) -> None:
    xs = [sum(widths[:i]) for i in range(len(widths) + 1)]
    ys = [sum(heights[:i]) for i in range(len(heights) + 1)]
    strokes = [Stroke(xs[0], y, xs[-1], y) for y in ys]
    for i, x in enumerate(xs):
        for k in range(len(ys) - 1):
            if not (0 < i < len(xs) - 1 and (i, k) in opened):
                strokes.append(Stroke(x, ys[k], x, ys[k + 1]))
    for lattice in lattices(strokes):
        squares = [
            (row, column)
            for cell in lattice.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        ]
        assert len(squares) == len(set(squares)) == (len(lattice.xs) - 1) * (len(lattice.ys) - 1)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "Tau", "4,50", "ein langes Wort", "2019"]), min_size=3,
                 max_size=3),
        min_size=2, max_size=9,
    ),
    st.sampled_from([11.0, 14.0, 22.0]),
    st.booleans(),
)  # fmt: skip
def test_no_cell_is_lost(cells: list[list[str]], pitch: float, ruled: bool) -> None:
    named = [[f"{c}q{i}z{k}" if c else "" for k, c in enumerate(r)] for i, r in enumerate(cells)]
    xs = (40, 150, 260, 370)
    drawn = table(named, xs, 360, pitch, wrap=99)
    frame = grid(xs, [372 - pitch * i for i in range(len(cells) + 1)]) if ruled else ""
    if not any(map(any, named)):
        return
    text = load_file(pdf([f"{drawn}\n{frame}"]), "file.pdf").documents[0].text
    for cell in (c for row in named[2:] for c in row if c):  # above them may be labels of nothing
        assert cell in text


def test_a_line_that_is_cut_again_is_cut_where_text_objects_meet() -> None:
    joints = (Joint(5, 50, 52), Joint(10, 90, 92), Joint(13, 110, 112))
    whole = line_of([Run("Mole Ebbe Tau7,50", 0, 140, 0, 10, joints=joints)], 0)
    once = cut(whole, lambda joint: joint.left == 52)
    assert [run.text for run in once.runs] == ["Mole", "Ebbe Tau7,50"]
    assert [run.text for run in cut(once, lambda j: j.left == 112).runs] == [
        "Mole", "Ebbe Tau", "7,50"
    ]  # fmt: skip
    again = cut(cut(once, lambda joint: joint.left == 92), lambda _: True)
    assert [(run.text, run.left, run.right) for run in again.runs] == [
        ("Mole", 0, 50), ("Ebbe", 52, 90), ("Tau", 92, 110), ("7,50", 112, 140)
    ]  # fmt: skip


def test_strokes_turn_with_the_page() -> None:
    upright = Stroke(10, 20, 10, 50)
    assert turned([upright], 0) == [upright]
    assert turned([upright], 1) == [Stroke(20, -10, 50, -10)]
    assert turned([upright], 2) == [Stroke(-10, -50, -10, -20)]
    assert turned([upright], 3) == [Stroke(-50, 10, -20, 10)]


def placed(y: float, *cells: str) -> PlacedLine:
    held = {
        column: line_of([Run(text, 100 * column, 100 * column + 5 * len(text), y, 10)], 0)
        for column, text in enumerate(cells)
        if text
    }
    return PlacedLine(held)


def test_a_line_that_reaches_into_others_is_of_their_row() -> None:
    middle = [
        placed(100, "Seil", "20"),
        placed(82, "", "30", "liegt seit"),
        placed(76, "Netz"),
        placed(70, "", "", "Mai hier"),
        placed(52, "Boje", "7"),
    ]
    found = [{c for part in row for c in part.cells} for row in row_lines(middle, 3)]
    assert found == [{0, 1}, {0, 1, 2}, {0, 1}]


def test_what_stands_in_the_middle_of_a_higher_cell_is_said_once() -> None:
    drawn = [line(x, 340, label, 9) for x, label in ((40, "Boot"), (120, "Befund"), (280, "Tage"))]
    for i, boat in enumerate(("Möwe", "Lachs", "Dorsch"), 1):
        y = 340 - 36 * i
        drawn += [
            line(40, y, boat, 9), line(280, y, str(4 * i), 9),
            line(120, y + 6, "Der Anstrich ist von unten her", 9),
            line(120, y - 6, "abgeblättert, bis auf das Holz.", 9),
        ]  # fmt: skip
    after = "Alle drei liegen seit dem ersten Frost in der Halle am Hafen."
    found = blocks("\n".join([*drawn, line(40, 190, after, 9)]))
    assert [text for kind, text in found if kind is not BlockKind.ROWS] == [after]
    assert len(found) == 4


def test_two_values_are_never_one_cell() -> None:
    even = [placed(100 - 12 * i, f"Teil {i}", str(i)) for i in range(4)]
    gapped = [*even, *(placed(40 - 12 * i, f"Teil {9 - i}", str(i)) for i in range(3))]
    assert all(len(row) == 1 for row in row_lines(gapped, 2))


def tagged(text: str, left: float = 0, columns: int = 1, rows: int = 1) -> TaggedCell:
    run = Run(text, left, left + 30, 100, 10)
    return TaggedCell((line_of([run], 0),) if text else (), columns, rows)


def said(cells: list[list[TaggedCell]]) -> list[list[tuple[str, int]]]:
    """The cells of a tagged table, each with the rows that it covers."""
    made = tagged_table(cells).rows
    return [[(" ".join(x.text for x in c.lines), c.rows) for c in row] for row in made]


def test_a_tagged_row_without_its_empty_cells_has_the_others_at_their_columns() -> None:
    made = [
        [tagged("a"), tagged("b", 100), tagged("c", 200)],
        [tagged("d"), tagged("e", 200)],
        [tagged("f"), tagged("g", 100, columns=2)],
    ]
    texts = [[text for text, _ in row] for row in said(made)]
    assert texts == [["a", "b", "c"], ["d", "", "e"], ["f", "g"]]
    assert tagged_table(made).rows[2][1].columns == 2


def test_cells_over_rows_push_others_aside_and_none_is_lost() -> None:
    two = [[tagged("Kai"), tagged("Kran")], [tagged("Ost", rows=2), tagged("7")]]
    assert said([*two, [tagged("West"), tagged("9")]])[1:] == [
        [("Ost", 2), ("7", 1), ("", 1)], [("West", 1), ("9", 1)],
    ]  # fmt: skip
    silent = [tagged("", rows=2)]
    assert said([*two, silent, [tagged("Nord")]])[1:] == [
        [("Ost", 1), ("7", 1)], [("Nord", 1), ("", 1)],
    ]  # fmt: skip
    both = [[tagged("Ost", rows=2), tagged("7", rows=2)], [tagged("West"), tagged("9")]]
    assert said(both) == [[("Ost", 1), ("7", 1)], [("West", 1), ("9", 1)]]
    assert said([both[0], [], both[1]]) == said(both)


def test_a_first_row_whose_cells_nearly_meet_is_one_of_the_table() -> None:
    """Its cells are no sentence, and the text below the table does not go on with them."""
    rows = [
        ("Repairs of our roof", "The landlord pays for the work and the bill"),
        ("and gutters", "goes to the insurer within thirty days."),
        ("Cleaning of", "The tenants take turns every week and"),
        ("all stairs", "write it on the list."),
        ("Heating in", "The rooms are warm until the days of"),
        ("winter", "April."),
    ]
    drawn = [
        line(x, 340 - 12 * (i + i // 2), text)
        for i, row in enumerate(rows)
        for x, text in zip((40, 130), row, strict=True)
    ]
    below = line(40, 210, "any change has to be made in writing by both.")
    document = load_file(pdf(["\n".join([*drawn, below])]), "file.pdf").documents[0]
    found = [document.text[b.start : b.end] for b in document.blocks]
    assert found[0] == ": ".join(rows[0])
    assert found[-1].startswith("any change")
