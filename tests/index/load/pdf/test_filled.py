"""Forms: a value stands behind its label, whatever draws it, and amid its sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings, strategies as st

from index.errors import UnreadableDocument
from index.layout import layout
from index.load.loading import load_file
from index.load.pdf.celled import celled
from index.load.pdf.fields import Field, FieldKind
from index.load.pdf.filled import filled
from index.load.pdf.ink import Box
from index.load.pdf.sheet import Run, Stroke
from tests.index.load.pdf.forms import Rect, box, data, lines_of, load, lying, text
from tests.index.load.pdf.test_tables import grid
from tests.index.load.pdfs import line, lines

AT = (150.0, 297.0, 300.0, 311.0)  # beside a line at 300
HEAD = line(40, 350, "The keeper reads the meter on the first of every month, at noon.")


def beside(label: str, *marks: str) -> list[str]:
    return lines_of(f"{HEAD}\n{line(40, 300, label)}", marks)[1:]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Keeper:", "Keeper: Tor Lund"),
        ("Keeper", "Keeper: Tor Lund"),
        ("Who keeps it?", "Who keeps it? Tor Lund"),
        ("Leuchtturmwärter*:", "Leuchtturmwärter*: Tor Lund"),
        ("Keeper: ______________________", "Keeper: Tor Lund"),
        ("Keeper ........................", "Keeper: Tor Lund"),
    ],
)
def test_a_value_stands_behind_the_label_at_its_left(label: str, said: str) -> None:
    assert beside(label, text(AT, "Tor Lund")) == [said]


def test_an_empty_field_leaves_the_page_as_it_is() -> None:
    content = f"{HEAD}\n{line(40, 300, 'Keeper: ________')}"
    assert lines_of(content, [text(AT, "")]) == lines_of(content, [])


def test_each_field_of_a_line_has_its_own_label() -> None:
    content = f"{HEAD}\n{line(40, 300, 'Lamp:')}\n{line(200, 300, 'Oil:')}"
    marks = [text((80, 297, 180, 311), "Fresnel"), text((230, 297, 300, 311), "rape", "Text2")]
    assert lines_of(content, marks)[1:] == ["Lamp: Fresnel", "Oil: rape"]


def test_a_label_may_stand_above_or_be_told_by_the_file_alone() -> None:
    content = f"{HEAD}\n{line(60, 312, 'Lamp', 7)}\n{line(200, 312, 'Oil', 7)}"
    marks = [
        text((60, 295, 180, 309), "Fresnel", "a1"),
        text((200, 295, 300, 309), "rape", "a2"),
        text((60, 200, 180, 214), "1893", "a3", "/TU (Year of building)"),
        text((60, 150, 180, 164), "Orre", "form1[0].page[0].townName[0]"),
        text((60, 100, 180, 114), "no label", "Text7"),
    ]
    assert lines_of(content, marks)[1:] == [
        "Lamp: Fresnel", "Oil: rape", "Year of building: 1893", "town Name: Orre", "no label",
    ]  # fmt: skip


def test_what_follows_a_value_says_what_it_is_counted_in() -> None:
    content = f"{HEAD}\n{line(40, 300, 'Height')}\n{line(133, 300, 'metres')}"
    assert lines_of(content, [text((80, 297, 130, 311), "31")])[1:] == ["Height: 31 metres"]


def test_fields_amid_a_sentence_are_part_of_it() -> None:
    content = "\n".join([
        HEAD, line(40, 300, "I,"), line(155, 300, ", keep the light of"), line(320, 300, "until"),
        line(40, 288, "the harbour board sends somebody else."),
    ])  # fmt: skip
    marks = [text((52, 297, 152, 311), "Tor Lund", "a"), text((245, 297, 316, 311), "Orre", "b")]
    assert lines_of(content, marks)[-1].endswith(
        "I, Tor Lund, keep the light of Orre until the harbour board sends somebody else."
    )


def test_the_rows_of_a_table_have_the_heads_of_their_columns() -> None:
    heads = [line(x, 320, head) for x, head in ((40, "Month"), (120, "Oil"), (220, "Wicks"))]
    rows = [line(40, 300 - 20 * i, month) for i, month in enumerate(("May", "June"))]
    marks = [
        text((x, 297 - 20 * i, x + 60, 311 - 20 * i), f"{10 * i + n}", f"t{i}{n}")
        for i in range(2)
        for n, x in enumerate((120, 220), 1)
    ]
    assert lines_of("\n".join([HEAD, *heads, *rows]), marks)[1:] == [
        "Month: May; Oil: 1; Wicks: 2", "Month: June; Oil: 11; Wicks: 12",
    ]  # fmt: skip


def cells(*rows: Sequence[str], y: int = 310, pitch: int = 16) -> str:
    """A table that nothing rules, its columns at 40, 140 and 220."""
    return "\n".join(
        line(x, y - pitch * i, cell)
        for i, row in enumerate(rows)
        for x, cell in zip((40, 140, 220), row, strict=False)
        if cell
    )


@pytest.mark.parametrize("brood", [("2", "31"), ("two", "much")])
def test_a_row_of_data_is_no_head_of_the_fields_below_it(brood: Sequence[str]) -> None:
    printed = cells(("Hive", "Frames", "Honey"), ("Orchard", "7", "12"), ("Mill", *brood), ("All",))
    marks = [text((138, 259, 214, 273), "9", "a"), text((218, 259, 294, 273), "43", "b")]
    assert lines_of(f"{HEAD}\n{printed}", marks)[1:] == [
        "Hive: Orchard; Frames: 7; Honey: 12",
        f"Hive: Mill; Frames: {brood[0]}; Honey: {brood[1]}",
        "Hive: All; Frames: 9; Honey: 43",
    ]


def test_heads_may_stand_right_below_a_title() -> None:
    printed = cells(("Honey of the year",), ("Hive", "Frames", "Honey"), ("Mill",))
    marks = [text((138, 275, 214, 289), "9", "a"), text((218, 275, 294, 289), "43", "b")]
    assert lines_of(f"{HEAD}\n{printed}", marks)[-1] == "Hive: Mill; Frames: 9; Honey: 43"


def test_a_cell_of_data_is_no_label_of_the_field_beside_it() -> None:
    printed = cells(("Hive", "Frames", "Honey"), ("Orchard", "7"), ("Mill", "2"))
    marks = [text((218, 291 - 16 * i, 294, 305 - 16 * i), v, f"h{i}") for i, v in enumerate("56")]
    assert lines_of(f"{HEAD}\n{printed}", marks)[1:] == [
        "Hive: Orchard; Frames: 7; Honey: 5", "Hive: Mill; Frames: 2; Honey: 6",
    ]  # fmt: skip


HIVES = (36, 136, 216, 296)
RULES = (240, 260, 280, 300)


def ruled(xs: Sequence[float], *rows: Sequence[str]) -> str:
    """A page with a ruled table."""
    said = [
        line(x + 4, 286 - 20 * i, cell)
        for i, row in enumerate(rows)
        for x, cell in zip(xs[:-1], row, strict=False)
        if cell
    ]
    return "\n".join([HEAD, grid(xs, RULES), *said])


def in_cell(xs: Sequence[float], row: int, column: int) -> Rect:
    return xs[column] + 2, 281 - 20 * row, xs[column + 1] - 2, 299 - 20 * row


def typed(rect: Rect, value: str) -> str:
    return lying("FreeText", rect, f"/Contents ({value}) /DA (/F1 10 Tf 0 g)")


@pytest.mark.parametrize("write", [text, typed])
@pytest.mark.parametrize("values", [("frames", "brood"), ("3", "4"), ("", "4")])
def test_a_field_in_a_cell_of_a_table_is_of_its_row(
    write: Callable[[Rect, str], str], values: Sequence[str]
) -> None:
    page = ruled(HIVES, ("Hive", "Kept by", "Held"), ("Orchard", "Ines"), ("Mill", "Tomke"))
    marks = [write(in_cell(HIVES, row, 2), value) for row, value in enumerate(values, 1)]
    held = [f"; Held: {value}" if value else "" for value in values]
    assert lines_of(page, marks)[1:] == [
        f"Hive: Orchard; Kept by: Ines{held[0]}", f"Hive: Mill; Kept by: Tomke{held[1]}",
    ]  # fmt: skip


def test_a_box_in_a_cell_of_a_table_is_of_its_row() -> None:
    page = ruled(HIVES, ("Hive", "Fed", "Moved"), ("Orchard",), ("Mill",))
    ticks = [(row, column, row == column) for row in (1, 2) for column in (1, 2)]
    marks = [
        box(HIVES[column] + 30, 285 - 20 * row, on, f"b{row}{column}") for row, column, on in ticks
    ]
    assert lines_of(page, marks)[1:] == [
        "Hive: Orchard; Fed: [x]; Moved: [ ]", "Hive: Mill; Fed: [ ]; Moved: [x]",
    ]  # fmt: skip


@pytest.mark.parametrize("write", [text, typed])
@pytest.mark.parametrize("xs", [(36, 136, 296), (36, 116, 196, 276, 356)])
def test_the_cell_at_the_left_labels_a_field(
    write: Callable[[Rect, str], str], xs: Sequence[float]
) -> None:
    page = ruled(
        xs, ("Keeper", "", "Since", ""), ("Bees", "", "Queen", ""), ("Town", "", "Street", "")
    )
    places = [(row, column) for row in range(3) for column in range(1, len(xs) - 1, 2)]
    marks = [write(in_cell(xs, *at), f"v{n}") for n, at in enumerate(places)]
    labels = ["Keeper", "Since", "Bees", "Queen", "Town", "Street"]
    labels = labels if len(xs) > 3 else labels[::2]
    assert lines_of(page, marks)[1:] == [f"{label}: v{n}" for n, label in enumerate(labels)]


def test_a_long_text_in_the_left_cell_is_no_label() -> None:
    long = lines(*["The mill of the town grinds rye and wheat."] * 8, x=40, y=296, pitch=11, size=9)
    page = "\n".join([HEAD, grid((36, 236, 396), (160, 180, 310)), long, line(40, 166, "Miller")])
    said = lines_of(
        page, [text((240, 280, 390, 300), "Tor"), text((240, 162, 390, 178), "Ole", "b")]
    )
    assert "Tor" in said
    assert "Miller: Ole" in said


@pytest.mark.parametrize(
    ("turn", "turned", "rect"),
    [
        (90, "0 1 -1 0 400 0", (141, 218, 159, 294)),
        (180, "-1 0 0 -1 400 400", (106, 141, 182, 159)),
        (270, "0 -1 1 0 0 400", (241, 106, 259, 182)),
    ],
)
def test_the_cells_of_a_page_on_its_side_hold_their_fields(
    turn: int, turned: str, rect: Rect
) -> None:
    page = ruled(HIVES, ("Hive", "Kept by", "Held"), ("Orchard", "Ines"), ("Mill", "Tomke"))
    said = lines_of(f"q {turned} cm\n{page}\nQ", [text(rect, "4")], page=f"/Rotate {turn}")
    assert said[1:] == ["Hive: Orchard; Kept by: Ines", "Hive: Mill; Kept by: Tomke; Held: 4"]


def test_paragraphs_of_a_long_value_are_its_own() -> None:
    value = "The lamp is out. Nobody\\nsaw it.\\n\\nThe wick is new."
    assert beside("Log:", text((40, 200, 300, 290), value, more="/Ff 4096")) == [
        "Log: The lamp is out. Nobody saw it.", "The wick is new.",
    ]  # fmt: skip


def test_of_a_list_what_is_shown_of_the_choice_is_read() -> None:
    options = "/FT /Ch /Ff 131072 /Opt [[(f) (Fixed)] [(o) (Occulting)]]"
    assert beside("Light:", text(AT, "o", more="").replace("/FT /Tx", options)) == [
        "Light: Occulting"
    ]


def test_passwords_and_buttons_are_not_read() -> None:
    marks = [
        text(AT, "opensesame", more="/Ff 8192"),
        text((150, 200, 300, 214), "press", "b").replace("/FT /Tx", "/FT /Btn /Ff 65536"),
    ]
    loaded = load(f"{HEAD}\n{line(40, 300, 'Password:')}", marks)
    assert loaded.documents[0].text.endswith("Password:")
    assert "opensesame" not in loaded.documents[0].meta.get("aside", "")
    assert loaded.failures == ()


def test_a_password_may_be_one_by_its_parent() -> None:
    parent = "<< /T (p) /FT /Tx /Ff 8192 /V (opensesame) /Kids [10 0 R] >>"
    kid = text(AT, "opensesame", more="/Parent 11 0 R")
    loaded = load(f"{HEAD}\n{line(40, 300, 'Word:')}", [kid], more=[parent])
    assert "opensesame" not in loaded.documents[0].text


def test_a_value_is_its_parents_where_the_field_has_none() -> None:
    parent = "<< /T (p) /FT /Tx /V (Tor Lund) /Kids [10 0 R] >>"
    kid = text(AT, "").replace("/V ()", "").replace("/FT /Tx", "/Parent 11 0 R")
    catalog = "/AcroForm << /Fields [11 0 R] >>"
    lines = lines_of(f"{HEAD}\n{line(40, 300, 'Keeper:')}", [kid], more=[parent], catalog=catalog)
    assert lines[1:] == ["Keeper: Tor Lund"]


@pytest.mark.parametrize(
    "mark",
    [
        text(AT, "Secret", more="/F 2"),
        text(AT, "Secret", more="/F 32"),
        text(AT, "Secret", more="/DA (/F1 10 Tf 1 g)"),
        text(AT, "Secret", more="/DA (/F1 0.1 Tf 0 g)"),
        text(AT, "Secret", more="/DA (1 1 1 rg /F1 10 Tf)"),
        text((150, 297, 150, 297), "Secret"),
    ],
)
def test_what_nobody_sees_in_a_form_is_named_and_not_read(mark: str) -> None:
    loaded = load(f"{HEAD}\n{line(40, 300, 'Keeper:')}", [mark])
    (document,), (failure,) = loaded.documents, loaded.failures
    assert "Secret" not in document.text
    assert document.meta["aside"] == "Secret"
    assert failure.reason.startswith("form.pdf, p. 1: a stretch of text (6 characters) that no")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_may_lie_on_its_side(turn: int) -> None:
    a, b, c, d, x, y, rect = {
        90: (0, 1, -1, 0, 100, 40, (90, 150, 104, 300)),
        180: (-1, 0, 0, -1, 360, 100, (100, 90, 250, 104)),
        270: (0, -1, 1, 0, 100, 360, (96, 100, 110, 250)),
    }[turn]
    content = f"BT /F1 10 Tf {a} {b} {c} {d} {x} {y} Tm (Keeper:) Tj ET"
    assert lines_of(content, [text(rect, "Tor Lund")], page=f"/Rotate {turn}") == [
        "Keeper: Tor Lund"
    ]


def test_a_form_that_only_its_values_say_is_read() -> None:
    assert lines_of("", [text(AT, "Tor Lund", more="/TU (Keeper)")]) == ["Keeper: Tor Lund"]


def test_a_form_of_which_the_page_only_asks_to_wait_is_refused() -> None:
    wait = line(40, 300, "Please wait... If this message is not replaced, get another viewer.")
    for catalog in ("/AcroForm << /Fields [] /XFA [] >>", "/AcroForm << /XFA [] >>"):
        for needs in ("", " /NeedsRendering true"):
            with pytest.raises(UnreadableDocument, match=r"an XFA form.*print it to a PDF"):
                load_file(data(wait, [], catalog=catalog + needs), "form.pdf")
    german = line(40, 300, "Bitte warten Sie, bis das Formular angezeigt wird.")
    with pytest.raises(UnreadableDocument, match="an XFA form"):
        load_file(data(german, [], catalog="/AcroForm << /XFA [] >> /NeedsRendering true"), "a.pdf")
    both = "/AcroForm << /Fields [10 0 R] /XFA [] >>"
    content = f"{HEAD}\n{line(40, 300, 'Keeper:')}"
    assert lines_of(content, [text(AT, "Tor Lund")], catalog=both)[1:] == ["Keeper: Tor Lund"]


ODD = {
    "a field that is its own parent": [text(AT, "x", more="/Parent 10 0 R /Kids [10 0 R]")],
    "a value that is the field": [text(AT, "x").replace("(x)", "10 0 R")],
    "no place": [text(AT, "x").replace("/Rect", "/Rekt")],
    "a place of no numbers": [text(AT, "x").replace("150", "(a)")],
    "an endless place": [text((-1e30, -1e30, 1e30, 1e30), "x")],
    "no kind": ["<< /Type /Annot /Subtype /Widget >>", "5", "null"],
    "a box of no state": [box(150, 297, on=True).replace("/AS /Yes", "")],
}


@pytest.mark.parametrize("marks", ODD.values(), ids=ODD)
def test_a_malformed_form_still_gives_its_page(marks: list[str]) -> None:
    (document,) = load(f"{HEAD}\n{line(40, 300, 'Keeper:')}", marks).documents
    assert "The keeper reads the meter" in document.text


numbers = st.floats(-500, 500, width=32)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    numbers, numbers, st.floats(0, 200), st.floats(0, 100),
)  # fmt: skip
fields = st.builds(
    Field, st.sampled_from(FieldKind), boxes, st.text("ab \n.:", max_size=12), st.booleans(),
    st.sampled_from(["", "a", "b"]), st.sampled_from(["", "told"]),
)  # fmt: skip
runs = st.builds(
    lambda text, left, width, base, size, aside: Run(
        text, left, left + width, base, size, aside=aside
    ),
    st.sampled_from(["Lamp:", "Oil", "a ____ b", "....", "☐", "x", "of the", ", and"]),
    numbers, st.floats(1, 100), numbers, st.floats(1, 20), st.booleans(),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=150)
@given(st.lists(runs, max_size=12), st.lists(fields, max_size=8), st.sampled_from((0, 3, 4)))
def test_no_word_of_the_page_is_lost_and_no_value(
    page: list[Run], lie: list[Field], columns: int
) -> None:
    ends = [300 * i for i in range(-2, columns - 1)] if columns else []
    strokes = [Stroke(-600, end, 600, end) for end in ends]
    strokes += [Stroke(end, -600, end, 600) for end in ends]
    rest, free, beside = celled(page, lie, strokes)
    held, entries = filled(rest, free)
    said = " ".join([*(run.text for run in held), *(e.text for e in (*beside, *entries))])
    for run in page:
        assert run.text.strip("☐_. ") in said or "____" in run.text
    for field in lie:
        if field.kind in (FieldKind.TEXT, FieldKind.TYPED):
            assert all(word in said for word in field.value.split())


def test_every_character_is_in_one_piece() -> None:
    marks = [text(AT, "Tor Lund"), box(40, 200, on=True)]
    content = f"{HEAD}\n{line(40, 300, 'Keeper:')}\n{line(55, 202, 'The lamp is lit')}"
    (document,) = load(content, marks).documents
    at = 0
    for piece in layout(document):
        assert not document.text[at : piece.start].strip()
        at = piece.end
    assert not document.text[at:].strip()
