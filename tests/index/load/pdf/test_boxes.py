"""Where the text of a PDF stands: pdfium finds the same letters in each box, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from benchmarks.kit.bounded import bare, opened, words_in
from index.boxes import PageBox
from index.load.loading import load_file
from index.pieces import Kind
from index.types import BlockKind, Document
from tests.index.load.pdf.forms import box, data, lying, text
from tests.index.load.pdf.test_tables import EDGES, HIVES, table
from tests.index.load.pdfs import line, lines, pdf

FORMATS = Path(__file__).parents[3] / "formats"
PROSE = (
    "The eels climb the ladder by night, when the gate is",
    "shut. In the morning the keeper counts them, one by",
    "one, and writes the num-",
    "ber into the book that lies in the hut.",
)
TURNED = "0 1 -1 0 400 0 cm"  # a quarter to the left, on a page of 400 points


def read(raw: bytes) -> Document:
    return load_file(raw, "file.pdf").documents[0]


def of(document: Document, words: str) -> list[PageBox]:
    start = document.text.index(words)
    return document.boxes.within(document.text, start, start + len(words))


def runs(document: Document) -> list[PageBox]:
    """Each run's box by itself."""
    spans = ((int(row["start"]), int(row["end"])) for row in document.boxes.rows)
    return [box for span in spans for box in document.boxes.within(document.text, *span)]


def assert_told_by_pdfium(raw: bytes, document: Document) -> None:
    """In each run's box, made a little smaller, are its letters."""
    with opened(raw) as file:
        for found in runs(document):
            said = bare(document.text[found.start : found.end])
            assert words_in(file, found, 0.5) == said


PAGES = {
    "as it is": "",
    "turned right": "/Rotate 90",
    "upside down": "/Rotate 180",
    "turned left": "/Rotate 270",
    "cropped": "/CropBox [30 30 390 380]",
    "cropped and turned": "/CropBox [30 20 390 380] /Rotate 90",
    "set off": "/MediaBox [-100 -50 300 350] /CropBox [-80 -40 280 340]",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_pdfium_finds_the_letters_of_a_run_in_its_box(page: str) -> None:
    raw = pdf([lines(*PROSE, x=35, y=250)], page=page)
    document = read(raw)
    assert len(document.boxes) == len(PROSE)
    assert_told_by_pdfium(raw, document)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_whose_text_is_drawn_sideways_has_boxes_along_its_lines(turns: int) -> None:
    turned = "\n".join([TURNED] * turns)
    raw = pdf([f"q\n{turned}\n{lines(*PROSE, x=60, y=250)}\nQ"])
    document = read(raw)
    assert_told_by_pdfium(raw, document)
    (found,) = of(document, "The eels climb the ladder")
    long = (found.bottom - found.top) / (found.right - found.left)
    assert long > 5 if turns % 2 else long < 0.2


def test_a_box_is_in_points_from_the_upper_left_of_the_page_as_it_is_shown() -> None:
    raw = pdf([line(60, 300, "Dues")], page="/MediaBox [0 0 400 500] /CropBox [20 100 220 400]")
    (found,) = of(read(raw), "Dues")
    assert (found.page, found.width, found.height) == (0, 200, 300)
    assert found.left == pytest.approx(40, abs=0.02)
    assert (found.top, found.bottom) == pytest.approx((92.5, 102.5), abs=0.02)
    assert found.right == pytest.approx(40 + 0.722 * 10 + 2 * 5.56 + 5, abs=0.02)  # Helvetica's


def test_a_quotation_is_cut_to_its_words_a_box_a_line() -> None:
    raw = pdf([lines(*PROSE, x=20)])
    document = read(raw)
    quote = "In the morning the keeper counts them, one by one, and writes the number into the book"
    found = of(document, quote)
    assert [document.text[b.start : b.end] for b in found] == [
        "In the morning the keeper counts them, one by",
        "one, and writes the num",
        "ber into the book",
    ]
    with opened(raw) as file:
        assert "".join(words_in(file, b, 0.5) for b in found) == bare(quote)


def test_columns_and_pages_keep_a_box_a_line() -> None:
    left = [f"The {word} keeper writes down" for word in ("first", "second", "third", "fourth")]
    right = [f"what the {word} eel weighs and" for word in ("fifth", "sixth", "seventh", "last")]
    raw = pdf([lines(*left, x=30) + "\n" + lines(*right, x=220), lines("is told nobody at all.")])
    document = read(raw)
    assert document.text.split() == " ".join([*left, *right, "is told nobody at all."]).split()
    found = document.boxes.within(document.text, 0, len(document.text))
    assert [b.page for b in found] == [0] * 8 + [1]
    assert all(b.right < 210 for b in found[:4])
    assert all(b.left > 210 for b in found[4:8])
    assert_told_by_pdfium(raw, document)


def test_a_word_that_a_page_parts_has_a_box_on_each() -> None:
    raw = pdf([lines(*PROSE[:3]), lines(*PROSE[3:])])
    document = read(raw)
    found = of(document, "writes the number into")
    assert [(b.page, document.text[b.start : b.end]) for b in found] == [
        (0, "writes the num"),
        (1, "ber into"),
    ]
    assert [document.page(b.start) for b in found] == ["p. 1", "p. 2"]


def test_each_cell_of_a_row_has_its_box_and_its_label_none() -> None:
    raw = pdf([table(HIVES, EDGES, 350, 14)])
    document = read(raw)
    row = "Hive: Orchard; Keeper: Tomke; Found in it: nothing that buzzes; Honey: 0.0 kg"
    found = of(document, row)
    with opened(raw) as file:
        said = [(document.text[b.start : b.end], words_in(file, b, 0.5)) for b in found]
    assert said == [(cell, bare(cell)) for cell, _ in said]
    assert " ".join(cell for cell, _ in said) == "Orchard Tomke nothing that buzzes 0.0 kg"


def test_a_marker_is_no_part_of_the_box_of_its_item() -> None:
    items = (
        "1. the keeper counts the eels;",
        "2. nobody counts the crabs;",
        "3. the gate is shut.",
    )
    raw = pdf([lines("What is done at night, as the book says:", *items, pitch=16)])
    document = read(raw)
    assert [b.kind for b in document.blocks][1:] == [BlockKind.ITEM] * 3
    (marked,), (other,) = of(document, items[0][3:]), of(document, "What is done at night")
    assert marked.left > other.left + 4
    with opened(raw) as file:
        assert words_in(file, marked, 0.5) == bare(items[0][3:])


def test_what_is_filled_in_has_the_box_of_its_field_and_label() -> None:
    marks = [text((100, 337, 200, 351), "Tor Lund"), box(100, 300, True)]
    (found,) = of(read(data(line(40, 340, "Name:"), marks)), "Name: Tor Lund")
    assert (found.left, found.right) == pytest.approx((40, 200), abs=0.02)
    assert (found.top, found.bottom) == pytest.approx((49, 63), abs=0.02)


@pytest.mark.parametrize("turn", ["", "/Rotate 90"])
def test_a_comment_has_the_box_of_its_note(turn: str) -> None:
    note = lying("Text", (300, 200, 320, 220), "/Contents (The gate leaks.) /T (Ida)")
    (found,) = of(read(data(lines(*PROSE), [note], page=turn)), "Comment by Ida: The gate leaks.")
    upright = (300, 180, 320, 200)
    expected = (200, 300, 220, 320) if turn else upright
    assert found[3:7] == pytest.approx(expected, abs=0.02)


def test_what_runs_along_the_pages_and_is_never_quoted_has_none() -> None:
    said = ("Frost lay on the gate.", "Many eels came.", "The hut burnt down.", "It rained.")
    pages = [
        "\n".join([line(40, 385, f"The Eel Book {n}"), line(40, 300, words)])
        for n, words in enumerate(said, 1)
    ]
    document = read(pdf(pages))
    assert of(document, "The Eel Book 2") == []
    assert [b.page for b in of(document, said[1])] == [1]


def test_what_a_crop_box_cuts_off_has_none() -> None:
    content = "\n".join([line(40, 300, "The gate is shut."), line(40, 40, "It was open.")])
    document = read(pdf([content], page="/CropBox [0 100 400 400]"))
    assert len(of(document, "The gate is shut.")) == 1
    assert "It was open." not in document.text or of(document, "It was open.") == []


@pytest.mark.parametrize("name", ["harbour-report.pdf", "lighthouse.pdf", "minutes-tagged.pdf"])
def test_of_files_by_real_programs_each_run_is_where_pdfium_has_its_letters(name: str) -> None:
    raw = (FORMATS / name).read_bytes()
    assert_told_by_pdfium(raw, read(raw))


@pytest.mark.parametrize("path", sorted(FORMATS.glob("*.pdf")), ids=lambda path: path.name)
def test_what_can_be_quoted_has_boxes_but_for_labels(path: Path) -> None:
    document = read(path.read_bytes())
    for piece in document.pieces:
        if piece.kind is Kind.SENTENCE:
            found = document.boxes.within(document.text, piece.start, piece.end)
            assert found, document.text[piece.start : piece.end]
            assert all(0 <= b.left < b.right <= b.width + 0.01 for b in found)
            assert all(0 <= b.top < b.bottom <= b.height + 0.01 for b in found)


def test_other_formats_have_none() -> None:
    for name in ("dredging-plan.docx", "eel-pass.pptx", "tide-mill.html", "faehrbuch.epub"):
        for document in load_file((FORMATS / name).read_bytes(), name).documents:
            assert len(document.boxes) == 0


@pytest.mark.slow
@given(st.lists(st.text("abcdefgh ilmnorst-,.", min_size=1, max_size=30), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_each_letter_that_is_read_has_one_box_on_its_own_line(printed: list[str]) -> None:
    document = read(pdf([lines("The gate is shut.", *printed, x=20, pitch=14)]))
    rows = document.boxes.rows
    placed = [i for row in rows for i in range(row["start"], row["end"])]
    assert len(placed) == len(set(placed))
    quotable = {
        i
        for block in document.blocks
        if block.kind is not BlockKind.RULE
        for i in range(block.body, block.end)
        if document.text[i] != " "
    }
    assert quotable <= set(placed)
    for found in runs(document):
        said = document.text[found.start : found.end]
        number = round((found.top - 42.5) / 14)
        assert bare(said) in bare(["The gate is shut.", *printed][number])


def test_lines_beside_a_large_letter_have_their_own_heights() -> None:
    """It reaches over all of them, and they are one line with it."""
    beside = ("Petra Holm", "Behind the dam 2", "4711 Varn")
    raw = pdf([f"{lines(*beside, y=374)}\n{line(300, 366, 'M', 72)}\n{lines(*PROSE, y=250)}"])
    document = read(raw)
    assert_told_by_pdfium(raw, document)
    heights = [box.bottom - box.top for text in beside for box in of(document, text)]
    assert max(heights) < 12  # points
