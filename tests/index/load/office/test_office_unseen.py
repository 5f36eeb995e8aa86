"""Word, PowerPoint, Excel: what no reader sees is left out, and what may be seen is kept."""

from __future__ import annotations

import pytest

from index.failures import Failure
from index.load.loading import Loaded, load_file
from tests.index.load.office.office import (
    cells,
    para,
    replaced,
    shape,
    slides,
    style,
    styled,
    word,
    workbook,
)

SEEN = "The ferry sails at nine every day of the week."
SECRET = "The secret harbour costs nine million crowns."
WHITE = '<w:color w:val="FFFFFF"/>'
TINY = '<w:sz w:val="1"/>'


def shaded(fill: str, pattern: str = "clear") -> str:
    return f'<w:shd w:val="{pattern}" w:color="auto" w:fill="{fill}"/>'


def cell(inner: str, look: str = "") -> str:
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inner}</w:tc>"


def table(first: str, look: str = "") -> str:
    other = cell(para("Boats"))
    row = f"<w:tr>{cell(para('Day'))}{other}</w:tr>"
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tr>{first}{other}</w:tr>{row}</w:tbl>"


def box(inner: str) -> str:
    return f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"


STYLES = (
    style("Pale", "Pale", f"<w:rPr>{WHITE}</w:rPr>")
    + style("Paler", "Paler", "", "Pale")
    + style("Quiet", "Quiet", "<w:rPr><w:vanish/></w:rPr>")
    + style("Still", "Still", "", "Quiet")
    + style("Dark", "Dark", f"<w:pPr>{shaded('203040')}</w:pPr><w:rPr>{WHITE}</w:rPr>")
    + style("TOC1", "toc 1")
    + style("Grid", "Grid", f"<w:tblStylePr><w:tcPr>{shaded('203040')}</w:tcPr></w:tblStylePr>")
    + style("Plain", "Plain")
)
UNSEEN = {
    "vanish": para(SECRET, run="<w:vanish/>"),
    "vanish by a style": para(SECRET, styled("Still")),
    "vanish by a style of letters": para(SECRET, run='<w:rStyle w:val="Still"/>'),
    "webHidden": para(SECRET, run="<w:webHidden/>"),
    "white": para(SECRET, run=WHITE),
    "nearly white": para(SECRET, run='<w:color w:val="FDFDFD"/>'),
    "white on white": para(SECRET, shaded("FFFFFF"), WHITE),
    "black on black": para(SECRET, run=shaded("000000") + '<w:color w:val="000000"/>'),
    "white by a style": para(SECRET, styled("Paler")),
    "white in a cell": table(cell(para(SECRET, run=WHITE))),
    "white in a cell of a plain style": table(
        cell(para(SECRET, run=WHITE)), '<w:tblStyle w:val="Plain"/>'
    ),
    "half a point": para(SECRET, run=TINY),
    "in a hidden box": box(para(SECRET)).replace(
        "<w:txbxContent>", '<w:docPr hidden="1"/><w:txbxContent>'
    ),
    "no fill": para(SECRET, run="<w:textFill><w:noFill/></w:textFill>"),
}
SEEN_SOMEHOW = {
    "grey": para(SECRET, run='<w:color w:val="999999"/>'),
    "white on dark letters": para(SECRET, run=WHITE + shaded("203040")),
    "white on a dark paragraph": para(SECRET, shaded("203040"), WHITE),
    "white by a dark style": para(SECRET, styled("Dark")),
    "white on a pattern": para(SECRET, shaded("FFFFFF", "pct50"), WHITE),
    "white, marked": para(SECRET, run=WHITE + '<w:highlight w:val="blue"/>'),
    "white in a dark cell": table(cell(para(SECRET, run=WHITE), shaded("203040"))),
    "white in a table whose style is dark": table(
        cell(para(SECRET, run=WHITE)), '<w:tblStyle w:val="Grid"/>'
    ),
    "white in a box": box(para(SECRET, run=WHITE)),
    "white before a picture": para(SECRET, run=WHITE)
    + '<w:p><w:r><w:drawing><w:anchor behindDoc="1"/></w:drawing></w:r></w:p>',
    "vanish undone": para(SECRET, styled("Still"), '<w:vanish w:val="0"/>'),
    "black over a white style": para(SECRET, styled("Pale"), '<w:color w:val="auto"/>'),
    "four points": para(SECRET, run='<w:sz w:val="8"/>'),
    "a hidden end": para(SECRET, "<w:rPr><w:vanish/></w:rPr>"),
}


def read(body: str, **parts: str) -> Loaded:
    return load_file(word(para(SEEN) + body, styles=STYLES, **parts), "a.docx")


def named(loaded: Loaded, source: str) -> None:
    """What was left out is named, with its amount, and its words may be asked for."""
    assert "secret harbour" in loaded.documents[0].meta["aside"]
    (failure,) = loaded.failures
    assert failure == Failure(
        source,
        f"{source}: a stretch of text ({len(SECRET)} characters) that no reader of the document "
        "sees is left out; to have it read, make it visible and save the file again",
        True,
    )


@pytest.mark.parametrize("body", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_in_word_is_left_out_and_its_amount_named(body: str) -> None:
    loaded = read(body)
    assert "secret" not in loaded.documents[0].text
    assert SEEN in loaded.documents[0].text
    named(loaded, "a.docx")


@pytest.mark.parametrize("body", SEEN_SOMEHOW.values(), ids=SEEN_SOMEHOW)
def test_what_may_be_seen_in_word_is_kept(body: str) -> None:
    loaded = read(body)
    assert SECRET in loaded.documents[0].text
    assert loaded.failures == ()


def test_the_page_numbers_of_a_table_of_contents_are_no_secret() -> None:
    """Word writes them so: a web page has none."""
    number = "<w:r><w:rPr><w:webHidden/></w:rPr><w:tab/><w:t>12</w:t></w:r>"
    entry = f"<w:p><w:pPr>{styled('TOC1')}</w:pPr><w:r><w:t>Dues</w:t></w:r>{number}</w:p>"
    loaded = read(entry)
    assert "12" in loaded.documents[0].text
    assert loaded.failures == ()


def test_runs_that_follow_one_another_are_one_stretch() -> None:
    run = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r>"
    hidden = run.format("It is ") + run.format("not so.")
    loaded = read(f"<w:p>{hidden}<w:r><w:t>Dues are paid.</w:t></w:r>{hidden}</w:p>")
    assert "2 stretches of text (26 characters)" in loaded.failures[0].reason
    assert "Dues are paid." in loaded.documents[0].text


def looks(format_code: str = "General", font: str = "", fill: str = "") -> str:
    """Styles of cells, of which the second has this format, this font and this fill."""
    return (
        f'<numFmts><numFmt numFmtId="200" formatCode="{format_code}"/></numFmts>'
        f"<fonts><font/><font>{font}</font></fonts>"
        f"<fills><fill><patternFill/></fill><fill>{fill or '<patternFill/>'}</fill></fills>"
        '<cellXfs><xf/><xf numFmtId="200" fontId="1" fillId="1"/></cellXfs>'
    )


def book(styles: str, value: str = SECRET, after: str = "") -> Loaded:
    hidden = cells(2, "Dues", value).replace('r="B2"', 'r="B2" s="1"')
    rows = cells(1, "What", "How much") + hidden + cells(3, "Boats", "12")
    return load_file(workbook(f"<sheetData>{rows}</sheetData>{after}", styles=styles), "a.xlsx")


PALE = '<color rgb="FFFFFFFF"/>'


def solid(colour: str) -> str:
    return f'<patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill>'


@pytest.mark.parametrize(
    "styles",
    [
        looks(";;;"),
        looks(font=PALE),
        looks(font='<color theme="0"/>'),
        looks(font='<color indexed="9"/>', fill=solid("FFFFFFFF")),
        looks(font='<color rgb="FF102030"/>', fill=solid("FF102030")),
        looks(font='<sz val="1"/>'),
    ],
)
def test_a_cell_that_shows_nothing_is_left_out_and_its_amount_named(styles: str) -> None:
    loaded = book(styles)
    assert "secret" not in loaded.documents[0].text
    assert "Boats" in loaded.documents[0].text
    named(loaded, "a.xlsx")


@pytest.mark.parametrize(
    ("styles", "after"),
    [
        (looks(";;"), ""),  # of a number only
        (looks("&quot;&quot;;;;@"), ""),
        (looks(font=PALE, fill=solid("FF203040")), ""),
        (looks(font=PALE, fill="<gradientFill/>"), ""),
        (looks(font=PALE), "<conditionalFormatting/>"),
        (looks(font=PALE), "<tableParts><tablePart/></tableParts>"),
        (looks(font='<color theme="0" tint="-0.5"/>'), ""),
        (looks(font='<color theme="4"/>'), ""),
        (looks(font='<sz val="4"/>'), ""),
    ],
)
def test_a_cell_that_may_show_something_is_kept(styles: str, after: str) -> None:
    loaded = book(styles, after=after)
    assert SECRET in loaded.documents[0].text
    assert loaded.failures == ()


def test_a_number_that_its_format_silences_is_left_out() -> None:
    loaded = book(looks(";;"), "48000")
    assert "48000" not in loaded.documents[0].text
    assert "5 characters" in loaded.failures[0].reason


def test_hidden_sheets_are_named() -> None:
    data = workbook(cells(1, SEEN), cells(1, SECRET), Sheet2='name="B" state="veryHidden"')
    (failure,) = load_file(data, "a.xlsx").failures
    assert failure.partly
    assert failure.reason == (
        "a.xlsx: sheet B is hidden and left out; to have it read, unhide it and save the file"
    )


def drawn(run: str = "", look: str = "", text: str = SECRET, at: int = 1000) -> str:
    """A shape with a run of letters; `run` and `look` are the insides of a:rPr and p:spPr."""
    place = f'<a:xfrm><a:off x="{at}" y="5000"/><a:ext cx="3000" cy="500"/></a:xfrm>'
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name=""/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr>{place}{look}</p:spPr><p:txBody><a:p><a:r>"
        f'<a:rPr sz="{"100" if run == "tiny" else "1800"}">{"" if run == "tiny" else run}</a:rPr>'
        f"<a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def fill(colour: str, inside: str = "") -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}">{inside}</a:srgbClr></a:solidFill>'


def show(*shapes: str, paper: str = "FFFFFF") -> Loaded:
    size = '<p:sldSz cx="9000" cy="7000"/>'
    data = slides(shape(SEEN) + shape("Boats wait.") + "".join(shapes))
    ground = f"<p:cSld><p:bg><p:bgPr>{fill(paper)}</p:bgPr></p:bg>"
    data = replaced(data, "ppt/slide1.xml", b"<p:cSld>", ground.encode())
    listed = "<p:sldIdLst>"
    data = replaced(data, "ppt/presentation.xml", listed.encode(), (size + listed).encode())
    return load_file(data, "a.pptx")


@pytest.mark.parametrize(
    "body",
    [
        drawn(fill("FFFFFF")),
        drawn(fill("FFFFFF"), fill("FEFEFE")),
        drawn(fill("102030"), fill("102030")),
        drawn(fill("000000", '<a:alpha val="0"/>')),
        drawn("<a:noFill/>"),
        drawn("tiny"),
        drawn(at=-4000),
        drawn(at=9500),
        shape(SECRET, hidden=' hidden="1"'),
    ],
    ids=["white", "white on white", "dark on dark", "clear", "no fill", "tiny", "left of the slide",
         "right of the slide", "hidden"],
)  # fmt: skip
def test_what_nobody_sees_on_a_slide_is_left_out_and_its_amount_named(body: str) -> None:
    loaded = show(body)
    assert "secret" not in loaded.documents[0].text
    assert SEEN in loaded.documents[0].text
    named(loaded, "a.pptx")


PICTURE = (
    '<p:pic><p:nvPicPr/><p:spPr><a:xfrm><a:off x="0" y="4000"/><a:ext cx="5000" cy="2000"/>'
    "</a:xfrm></p:spPr></p:pic>"
)


@pytest.mark.parametrize(
    ("body", "paper"),
    [
        ((drawn(fill("808080")),), "FFFFFF"),
        ((drawn(fill("FFFFFF")),), "203040"),
        ((drawn(fill("FFFFFF"), fill("203040")),), "FFFFFF"),
        ((drawn(fill("FFFFFF"), "<a:gradFill/>"),), "FFFFFF"),
        ((PICTURE, drawn(fill("FFFFFF"))), "FFFFFF"),
        ((drawn(fill("FFFFFF")), drawn("", fill("203040"), "Dues")), "FFFFFF"),
        ((drawn(fill("FFFFFF", '<a:lumMod val="50000"/>')),), "FFFFFF"),
        ((drawn(at=8000),), "FFFFFF"),
        (("<p:grpSp><p:nvGrpSpPr/><p:grpSpPr/>", drawn(at=99_000), "</p:grpSp>"), "FFFFFF"),
    ],
    ids=["grey", "dark slide", "dark shape", "gradient", "picture", "dark shape behind", "changed",
         "half beside", "in a group"],
)  # fmt: skip
def test_what_may_be_seen_on_a_slide_is_kept(body: tuple[str, ...], paper: str) -> None:
    loaded = show(*body, paper=paper)
    assert SECRET in loaded.documents[0].text
    assert loaded.failures == ()


def test_hidden_slides_are_named() -> None:
    loaded = load_file(slides(shape(SEEN), "hidden:" + shape(SECRET)), "a.pptx")
    named(loaded, "a.pptx")


def test_of_two_titles_none_is_lost() -> None:
    title = '<p:ph type="title"/>'
    body = shape("Boats", holder=title) + shape("Dues", holder=title)
    assert load_file(slides(body), "a.pptx").documents[0].text == "Boats\n\nDues"
