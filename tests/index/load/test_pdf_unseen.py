"""PDF: what no reader of a page sees is left out, and what is drawn, or laid over a scan, kept."""

from __future__ import annotations

import pytest

from index.errors import UnreadableDocument
from index.load.loading import Loaded, load_file
from tests.index.load.pdfs import line, lines, pdf, picture, stream

SEEN = "The ferry sails at nine every day of the week."
SECRET = "The secret harbour costs nine million crowns."
HERE = line(40, 200, SECRET)
BOX = "30 190 300 30 re f"
FONTS = "/Font << /F1 4 0 R >>"
PAGE = (
    f"/Resources << {FONTS} /ExtGState << /G1 10 0 R >> /XObject << /X1 13 0 R >> "
    "/Properties << /Off 11 0 R /On 12 0 R >> >>"
)
MORE = (
    "<< /Type /ExtGState /ca 0 /CA 0 >>",
    "<< /Type /OCG /Name (off) >>",
    "<< /Type /OCG /Name (on) >>",
    stream(HERE, f"/Type /XObject /Subtype /Form /BBox [0 0 400 400] /Resources << {FONTS} >>"),
)
LAYERS = "/OCProperties << /OCGs [11 0 R 12 0 R] /D << /OFF [11 0 R] /ON [12 0 R] >> >>"


def turned(a: int, b: int, c: int, d: int, x: int, y: int, more: str = "") -> str:
    return f"BT /F1 10 Tf {more} {a} {b} {c} {d} {x} {y} Tm ({SECRET}) Tj ET"


UNSEEN = {
    "not drawn": line(40, 200, SECRET, mode=3),
    "not drawn, over other words": line(40, 380, SECRET, mode=3),
    "white": f"1 g {HERE}",
    "nearly white": f"0.99 0.995 1 rg {HERE}",
    "white, turned": turned(0, 1, -1, 0, 200, 40, "1 g"),
    "white outlines": turned(1, 0, 0, 1, 40, 200, "1 G 1 Tr"),
    "white, in a form": "1 g /X1 Do",
    "a tenth of a point": line(40, 200, SECRET, 0.1),
    "ten points made small": f"q 0.01 0 0 0.01 0 0 cm {line(4000, 20000, SECRET)} Q",
    "left of the page": line(-400, 200, SECRET),
    "above the page": line(40, 500, SECRET),
    "far below the page": line(40, -9000, SECRET),
    "transparent": f"q /G1 gs {HERE} Q",
    "black on black": f"0 g 30 150 300 100 re f {HERE}",
    "under a white box": f"{HERE} 1 g {BOX}",
    "under a black box": f"{HERE} 0 g {BOX}",
    "under a grey box": f"{HERE} 0.5 g {BOX}",
    "on a layer that is off": f"/OC /Off BDC {HERE} EMC",
}
SEEN_SOMEHOW = {
    "plain": HERE,
    "grey": f"0.75 g {HERE}",
    "two points": line(40, 200, SECRET, 2),
    "white on a dark box": f"0.1 0.2 0.4 rg {BOX} 1 g {HERE}",
    "white on a picture": f"{picture(0, 150, 400, 100)} 1 g {HERE}",
    "not drawn, over a picture": f"{picture(0, 150, 400, 100)} {line(40, 200, SECRET, mode=3)}",
    "under a picture": f"{HERE} {picture(0, 150, 400, 100)}",
    "not drawn, over outlines of letters": "".join(
        f"{40 + 4 * i} 200 m {42 + 4 * i} 208 l S " for i in range(60)
    ) + line(40, 200, SECRET, mode=3),
    "on a layer that is on": f"/OC /On BDC {HERE} EMC",
    "pale, on a layer that is on": f"/OC /On BDC 0.9 g {line(40, 200, SECRET, 4)} EMC",
    "pale, on a pale box": f"0.95 g {BOX} 0.8 g {line(40, 200, SECRET, 3)}",
    "in a frame": f"{HERE} 0 G 30 190 300 30 re S",
    "half under a box": f"{HERE} 1 g 30 190 30 30 re f",
    "black outlines": turned(1, 0, 0, 1, 40, 200, "1 g 1 Tr"),
    "turned to the left": turned(0, 1, -1, 0, 200, 40),
    "turned to the right": turned(0, -1, 1, 0, 200, 300),
    "upside down": turned(-1, 0, 0, -1, 300, 200),
    "in a form": "/X1 Do",
}  # fmt: skip


def read(content: str, page: str = "") -> Loaded:
    content = f"{lines(SEEN, y=380)}\n{content}"
    return load_file(pdf([content], page=PAGE + page, more=MORE, catalog=LAYERS), "a.pdf")


@pytest.mark.parametrize("content", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_is_left_out_and_its_amount_named(content: str) -> None:
    loaded = read(content)
    assert [d.text for d in loaded.documents] == [SEEN]
    assert "secret harbour" in loaded.documents[0].meta["aside"]  # it may be asked for
    (failure,) = loaded.failures
    assert failure.partly
    assert failure.source == "a.pdf, p. 1"
    assert failure.reason == (
        f"a.pdf, p. 1: a stretch of text ({len(SECRET)} characters) that no reader of the document "
        "sees is left out; to have it read, make it visible and save the file again"
    )


@pytest.mark.parametrize("content", SEEN_SOMEHOW.values(), ids=SEEN_SOMEHOW)
def test_what_is_seen_or_laid_over_a_picture_is_kept(content: str) -> None:
    loaded = read(content)
    assert SECRET in loaded.documents[0].text
    assert loaded.failures == ()


@pytest.mark.parametrize("page", ["", " /Rotate 90", " /Rotate 180", " /Rotate 270 "])
@pytest.mark.parametrize("box", ["", " /CropBox [20 100 400 400]", " /MediaBox [-50 -50 450 450]"])
def test_a_page_is_looked_at_whichever_way_it_lies(page: str, box: str) -> None:
    assert [d.text for d in read(f"1 g {HERE}", page + box).documents] == [SEEN]
    assert SECRET in read(HERE, page + box).documents[0].text


def test_what_is_cut_off_the_page_is_not_seen() -> None:
    loaded = read(HERE, " /CropBox [0 250 400 400]")
    assert [d.text for d in loaded.documents] == [SEEN]
    assert loaded.failures[0].partly


def test_unseen_words_amid_a_line_are_left_out() -> None:
    words = "BT /F1 10 Tf 40 200 Td (Dues are) Tj 1 g ( not) Tj 0 g ( paid) Tj ( in May.) Tj ET"
    assert "Dues are paid in May." in read(words).documents[0].text
    assert "(3 characters)" in read(words).failures[0].reason


def test_a_font_that_is_not_there_hides_nothing() -> None:
    """This machine may have no Chinese font: white words on a dark box are drawn as nothing."""
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >>"
    )
    words = "<6E21 8F6E 6BCF 5929 4E5D 70B9>".replace(" ", "")
    content = f"0 0 0.4 rg {BOX} 1 g BT /F7 10 Tf 40 200 Td {words} Tj ET"
    page = "/Resources << /Font << /F1 4 0 R /F7 10 0 R >> >>"
    loaded = load_file(pdf([content], page=page, more=[font]), "a.pdf")
    assert loaded.documents[0].text == "渡轮每天九点"
    assert loaded.failures == ()


def test_what_stands_on_a_pattern_or_under_a_clear_box_is_kept() -> None:
    """Neither is drawn: a pattern of a million tiles takes minutes."""
    tile = (
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 1 "
        "/YStep 1 /Resources << >>"
    )
    page = (
        f"/Resources << {FONTS} /Pattern << /P1 10 0 R >> /ExtGState << /G1 11 0 R >> "
        "/XObject << /X1 12 0 R >> >>"
    )
    group = f"/Type /XObject /Subtype /Form /BBox [0 0 400 400] /Resources << {FONTS} >>"
    more = (
        stream("0 g 0 0 1 1 re f", tile),
        "<< /Type /ExtGState /ca 0.9 >>",
        stream(f"0 g {BOX} 1 g {HERE}", f"{group} /Group << /S /Transparency >>"),
    )
    for content in (
        f"q /Pattern cs /P1 scn {BOX} Q 0 g {HERE}",
        f"{HERE} /G1 gs 1 g {BOX}",
        "/X1 Do",
    ):
        loaded = load_file(pdf([content], page=page, more=more), "a.pdf")
        assert loaded.documents[0].text == SECRET
        assert loaded.failures == ()


def test_a_file_of_which_nothing_is_seen_is_refused() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        load_file(pdf([f"1 g {HERE}"]), "a.pdf")
    assert str(caught.value) == (
        "a.pdf: no reader of it sees any of its text; make it visible and save the file again"
    )
