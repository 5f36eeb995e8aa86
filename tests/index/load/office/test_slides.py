"""PowerPoint: slides as pages, their text in the order in which it is read, notes after it."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest

from index.errors import UnreadableDocument
from index.language.alphanumerics import letters
from index.load.loading import load_file
from tests.index.load.office.office import (
    FORMATS,
    REL,
    lines,
    loaded,
    shape,
    slides,
)

TITLE = '<p:ph type="title"/>'
BODY = '<p:ph idx="1"/>'


def read(*inner: str, **parts: Any) -> list[str]:
    return lines(loaded(slides(*inner, **parts), "a.pptx"))


def pages(*inner: str, **parts: Any) -> list[str]:
    document = loaded(slides(*inner, **parts), "a.pptx")
    return [document.page(block.start) for block in document.blocks]


def test_python_pptx_reads_the_same_shapes() -> None:
    name = "eel-pass.pptx"
    oracle = pytest.importorskip("pptx").Presentation(io.BytesIO((FORMATS / name).read_bytes()))
    said = letters(loaded((FORMATS / name).read_bytes(), name).text)
    texts = []
    for slide in oracle.slides:
        shown = slide._element.get("show") != "0"
        texts += [(shown, s.text_frame.text) for s in slide.shapes if s.has_text_frame]
        for table in (s.table for s in slide.shapes if s.has_table):
            texts += [(shown, cell.text) for row in table.rows for cell in row.cells]
        if slide.has_notes_slide:
            texts.append((shown, slide.notes_slide.notes_text_frame.text))
    assert len(texts) > 15
    for shown, text in texts:
        for line in text.splitlines():
            assert (letters(line) in said) is shown, line


def test_what_python_pptx_writes_is_read() -> None:
    """Bullets that only the master has, a chart, merged cells, notes."""
    pptx = pytest.importorskip("pptx")
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    made = pptx.Presentation()
    first = made.slides.add_slide(made.slide_layouts[0])
    first.shapes.title.text = "Reed beds"
    first.placeholders[1].text = "What the wardens saw"
    second = made.slides.add_slide(made.slide_layouts[1])
    second.shapes.title.text = "Nests"
    frame = second.placeholders[1].text_frame
    frame.text = "Bitterns bred twice."
    frame.add_paragraph().text = "Once by the weir."
    frame.paragraphs[1].level = 1
    second.notes_slide.notes_text_frame.text = "Thank the wardens."
    third = made.slides.add_slide(made.slide_layouts[5])
    third.shapes.title.text = "Counts"
    chart_data: Any = CategoryChartData  # python-pptx leaves it untyped
    data = chart_data(number_format="0.0%")
    data.categories = ["Spring", "Autumn"]
    data.add_series("Bitterns", (0.125, 0.5))
    data.add_series("Herons", (0.25, None))
    box = (Inches(1), Inches(2), Inches(4), Inches(2))
    third.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box, data)
    table = third.shapes.add_table(3, 2, Inches(1), Inches(5), Inches(4), Inches(1)).table
    for i, text in enumerate(["Bed", "Area", "North", "3 ha", "", "4 ha"]):
        table.cell(i // 2, i % 2).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    out = io.BytesIO()
    made.save(out)
    document = loaded(out.getvalue(), "a.pptx")
    assert document.title == "Reed beds"
    assert lines(document) == [
        "heading1: Reed beds",
        "paragraph: What the wardens saw",
        "heading2: Nests",
        "item: - Bitterns bred twice.",
        "item: - Once by the weir.",
        "paragraph: Thank the wardens.",
        "heading2: Counts",
        "rows: Spring; Bitterns: 12.5%; Herons: 25.0%",
        "rows: Autumn; Bitterns: 50.0%",
        "rows: Bed: North; Area: 3 ha",
        "rows: Bed: North; Area: 4 ha",
    ]


def test_pages_are_slides_as_the_program_numbers_them() -> None:
    inner = (shape("One."), "hidden:" + shape("Two."), shape("Three."))
    made = slides(*inner, notes={3: shape("Say it.", holder='<p:ph type="body"/>')})
    document = loaded(made, "a.pptx")
    assert lines(document) == ["paragraph: One.", "paragraph: Three.", "paragraph: Say it."]
    named = [document.page(b.start) for b in document.blocks]
    assert named == ["slide 1", "slide 3", "slide 3, notes"]
    assert pages(*inner, numbered=' firstSlideNum="0"') == ["slide 0", "slide 2"]


def test_shapes_are_read_from_top_to_bottom_and_from_left_to_right() -> None:
    placed = [
        shape("Top right.", at=(110, 500)), shape("Bottom.", at=(900, 0)),
        shape("Top left.", at=(120, 0)), shape("Nowhere."), shape("Middle.", at=(500, 300)),
        shape("The title", holder=TITLE, at=(950, 0)),
    ]  # fmt: skip
    for seed in range(5):
        random.Random(seed).shuffle(placed)
        assert read("".join(placed)) == [
            "heading1: The title",
            "paragraph: Top left.",
            "paragraph: Top right.",
            "paragraph: Middle.",
            "paragraph: Bottom.",
            "paragraph: Nowhere.",
        ]


def test_a_group_is_read_where_it_stands() -> None:
    offset = '<a:off x="0" y="300"/>'
    inner = shape("Second in it.", at=(9000, 0)) + shape("First in it.", at=(20, 0))
    group = (
        "<p:grpSp><p:nvGrpSpPr><p:cNvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr><a:xfrm>{offset}</a:xfrm></p:grpSpPr>{inner}</p:grpSp>"
    )
    body = shape("Below it.", at=(600, 0)) + group + shape("Above it.", at=(0, 0))
    assert read(body) == [
        "paragraph: Above it.",
        "paragraph: First in it.",
        "paragraph: Second in it.",
        "paragraph: Below it.",
    ]


def test_a_place_is_inherited_from_the_layout_and_the_master() -> None:
    layout = shape("Prompt", holder='<p:ph idx="7"/>', at=(50, 0))
    master = shape("Prompt", holder='<p:ph type="body"/>', at=(800, 0))
    body = (
        shape("By the master.", holder='<p:ph idx="9"/>')
        + shape("Own.", at=(400, 0))
        + shape("By the layout.", holder='<p:ph idx="7"/>')
    )
    assert read(body, layout=layout, master=master) == [
        "paragraph: By the layout.",
        "paragraph: Own.",
        "paragraph: By the master.",
    ]


def bullet(kind: str, text: str, level: int = 0) -> str:
    return f'<a:p><a:pPr lvl="{level}">{kind}</a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>'


def test_bullets_and_numbers() -> None:
    def count(text: str, more: str = "", level: int = 0, style: str = "arabicPeriod") -> str:
        return bullet(f'<a:buAutoNum type="{style}"{more}/>', text, level)

    body = shape(
        bullet('<a:buChar char="•"/>', "dot"),
        bullet("<a:buNone/>", "none"),
        count("one"),
        count("two"),
        count("a", level=1, style="alphaLcParenBoth"),
        count("three"),
        bullet("", "between"),
        count("again", ' startAt="5"'),
        count("Roman", style="romanUcParenR", level=2),
        count("bare", style="arabicPlain", level=3),
        "(b) typed by hand",
    )
    assert read(body) == [
        "item: - dot",
        "paragraph: none",
        "item: 1. one",
        "item: 2. two",
        "item: (a) a",
        "item: 3. three",
        "paragraph: between",
        "item: 5. again",
        "item: I) Roman",
        "item: 1 bare",
        "item: (b) typed by hand",
    ]


def test_bullets_are_inherited() -> None:
    dot = '<a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr>'
    lists = f"<p:txStyles><p:bodyStyle>{dot}</p:bodyStyle></p:txStyles>"
    plain = "<a:lstStyle><a:lvl1pPr><a:buNone/></a:lvl1pPr></a:lstStyle>"
    layout = shape(plain, holder='<p:ph idx="7"/>')
    body = (
        shape("By the master.", holder=BODY)
        + shape("The layout has none.", holder='<p:ph idx="7"/>')
        + shape(f"{plain}<a:p><a:r><a:t>Its own has none.</a:t></a:r></a:p>", holder=BODY)
        + shape("A text box has none.")
    )
    assert read(body, layout=layout, lists=lists) == [
        "item: - By the master.",
        "paragraph: The layout has none.",
        "paragraph: Its own has none.",
        "paragraph: A text box has none.",
    ]


def test_what_is_no_text_of_the_slide_is_left_out() -> None:
    furniture = "".join(
        shape("17", holder=f'<p:ph type="{kind}"/>') for kind in ("sldNum", "dt", "ftr", "hdr")
    )
    body = shape("Seen.") + shape("Unseen.", hidden=' hidden="1"') + furniture
    assert read(body) == ["paragraph: Seen."]


def test_breaks_fields_raised_text_and_formulas() -> None:
    def run(text: str, look: str = "") -> str:
        return f"<a:r><a:rPr {look}/><a:t>{text}</a:t></a:r>"

    math = '<mc:Choice xmlns:m="m"><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></mc:Choice>'
    parts = (
        run("A "), run("reed"), "<a:br/><a:fld><a:t>bed</a:t></a:fld>", run(" of 3 m"),
        run("2", 'baseline="30000"'), run("2", 'baseline="-25000"'),
        f"<mc:AlternateContent>{math}</mc:AlternateContent>",
    )  # fmt: skip
    line = f"<a:p>{''.join(parts)}</a:p>"
    assert read(shape(line)) == ["paragraph: A reed bed of 3 m²2x=1"]


def test_alternate_shapes_are_read_once() -> None:
    both = (
        f"<mc:AlternateContent><mc:Choice>{shape('Seen.')}</mc:Choice>"
        f"<mc:Fallback>{shape('Seen.')}</mc:Fallback></mc:AlternateContent>"
    )
    assert read(both) == ["paragraph: Seen."]


def test_a_slide_without_a_place_for_a_title() -> None:
    headed = shape("Reed beds", at=(0, 0)) + shape("They are old.", at=(500, 0))
    assert read(headed, headed) == [
        "heading1: Reed beds",
        "paragraph: They are old.",
        "heading2: Reed beds",
        "paragraph: They are old.",
    ]
    sentence = shape("They are old.", at=(0, 0)) + shape("They are wet.", at=(500, 0))
    assert read(sentence) == ["paragraph: They are old.", "paragraph: They are wet."]


def test_the_title_is_the_first_slide_s_or_what_the_properties_say() -> None:
    first = shape("Beds", holder='<p:ph type="ctrTitle"/>') + shape("They are old.")
    later = shape("How we counted them all", holder=TITLE) + shape("By boat.")
    assert loaded(slides(first, later, title="Old name"), "a.pptx").title == "Beds"
    document = loaded(slides(shape("By boat."), later, title="Reed beds"), "a.pptx")
    assert (document.title, lines(document)[0]) == ("Reed beds", "heading1: Reed beds")
    junk = loaded(slides(shape("By boat."), title="PowerPoint Presentation"), "a.pptx")
    assert (junk.title, lines(junk)) == ("a", ["paragraph: By boat."])


FRAME = (
    '<p:graphicFrame xmlns:c="c" xmlns:dgm="dgm">'
    "<p:nvGraphicFramePr><p:cNvPr/></p:nvGraphicFramePr>"
    "<a:graphic><a:graphicData>{}</a:graphicData></a:graphic></p:graphicFrame>"
)


def test_a_diagram_s_labels_are_items() -> None:
    point = "<pt{}><t><p><r><t>{}</t></r></p></t></pt>"
    inner = point.format("", "Plan") + point.format(' type="pres"', "no") + point.format("", "Dig")
    frame = FRAME.format(f'<dgm:relIds xmlns:r="{REL}" r:dm="d"/>')
    assert read(frame, diagram=f"<dataModel>{inner}</dataModel>") == ["item: - Plan", "item: - Dig"]


def test_a_chart_s_numbers_are_rows_and_a_chart_without_its_part_is_nothing() -> None:
    frame = FRAME.format(f'<c:chart xmlns:r="{REL}" r:id="c"/>') + shape("Below.")
    points = "<{0}><cache><pt idx='0'><v>{1}</v></pt><pt idx='1'><v>{2}</v></pt></cache></{0}>"
    both = points.format("xVal", 2021, 2022) + points.format("yVal", 0.1, "many")
    series = f"<ser><tx><v>Eels</v></tx>{both}</ser>"
    title = "<title><tx><rich><p><r><t>Eels a year</t></r></p></rich></tx></title>"
    chart = f"<space><chart>{title}<plotArea><x>{series}</x></plotArea></chart></space>"
    assert read(frame, chart=chart) == [
        "paragraph: Eels a year",
        "rows: 2021; Eels: 0.1",
        "rows: 2022; Eels: many",
        "paragraph: Below.",
    ]
    assert read(frame) == ["paragraph: Below."]
    assert read(frame, chart="<space/>") == ["paragraph: Below."]


def test_a_presentation_without_a_word_is_refused() -> None:
    for inner in ((), ("hidden:" + shape("Unseen."),), (shape(""),)):
        with pytest.raises(UnreadableDocument, match=r"^a\.pptx: there is no text in it"):
            load_file(slides(*inner, title=""), "a.pptx")
