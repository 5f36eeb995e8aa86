"""Word: what a reader sees of it when all changes are accepted, and nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest

from index import limits
from index.errors import UnreadableDocument
from index.language.alphanumerics import letters
from index.load.loading import load_file
from tests.index.load.office.office import (
    FORMATS,
    W,
    lines,
    loaded,
    members,
    para,
    replaced,
    style,
    styled,
    word,
    zipped,
)

HEADINGS = style("H1", "heading 1") + style("H2", "heading 2", based_on="H1")


def read(body: str, **parts: str) -> list[str]:
    return lines(loaded(word(body, **parts), "a.docx"))


@pytest.mark.parametrize("name", ["dredging-plan.docx", "allotment-rules.docx"])
def test_python_docx_reads_the_same_paragraphs(name: str) -> None:
    oracle = pytest.importorskip("docx").Document(io.BytesIO((FORMATS / name).read_bytes()))
    document = loaded((FORMATS / name).read_bytes(), name)
    said = letters(document.text)
    cells = [cell.text for table in oracle.tables for row in table.rows for cell in row.cells]
    texts = [*(p.text for p in oracle.paragraphs), *cells]
    assert len(texts) > 15
    for text in texts:
        # it neither leaves out what is hidden nor what is inserted apart
        text = text.replace("This hidden note is for the editor alone.", "")
        assert letters(text) in said or "silt in" in text


def test_changes_are_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
    inserted = "<w:ins><w:r><w:t>new </w:t></w:r></w:ins>"
    moved = "<w:moveFrom><w:r><w:t>there </w:t></w:r></w:moveFrom>"
    arrived = "<w:moveTo><w:r><w:t>here</w:t></w:r></w:moveTo>"
    assert read(f"<w:p>{deleted}{inserted}{moved}{arrived}</w:p>") == ["paragraph: new here"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    assert read(para("The pier ", mark) + para("is long.")) == ["paragraph: The pier is long."]
    assert read(para("The pier ", mark)) == ["paragraph: The pier"]


def test_what_is_hidden_is_left_out() -> None:
    hidden = style("Quiet", "Quiet", "<w:rPr><w:vanish/></w:rPr>")
    body = (
        para("Seen.")
        + para("Unseen.", run="<w:vanish/>")
        + para("Unseen.", styled("Quiet"))
        + para("Seen too.", styled("Quiet"), '<w:vanish w:val="false"/>')
        + para("Unseen.", run='<w:rStyle w:val="Quiet"/>')
    )
    assert read(body, styles=hidden) == ["paragraph: Seen.", "paragraph: Seen too."]


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("{a}<w:tab/>{b}", "a b"),
        ("{a}<w:br/>{b}", "a b"),
        ("{co}<w:noBreakHyphen/>{op}", "co-op"),
        ("{har}<w:softHyphen/>{bour, wa\u00adter}", "harbour, water"),
        ('{5 }<w:sym w:font="Symbol" w:char="F06D"/>{g}', "5 μg"),
        ('{5 }<w:sym w:font="Symbol" w:char="F0A3"/>{ x}', "5 ≤ x"),
        ('{a}<w:sym w:font="Symbol" w:char="F02B"/>{b}', "a+b"),
        ('{a}<w:sym w:font="Wingdings" w:char="F04A"/>{b}', "a\ufffdb"),
        ('{a}<w:sym w:font="Arial" w:char="00E9"/>{b}', "aéb"),
        ('{a}<w:sym w:font="Arial" w:char="nonsense"/>{b}', "ab"),
        ("{a}<w:instrText>PAGE</w:instrText>{b}", "ab"),
        (
            "<w:ruby><w:rt><w:r>{kan}</w:r></w:rt><w:rubyBase><w:r>{漢}</w:r></w:rubyBase></w:ruby>",
            "漢",
        ),
    ],
)
def test_characters_that_are_elements(run: str, text: str) -> None:
    inner = re.sub(r"\{(.*?)\}", r'<w:t xml:space="preserve">\1</w:t>', run)
    assert read(f"<w:p><w:r>{inner}</w:r></w:p>") == [f"paragraph: {text}"]


def test_what_is_raised_stays_so_where_there_are_characters_for_it() -> None:
    up = '<w:vertAlign w:val="superscript"/>'
    body = "<w:p><w:r><w:t>40 m</w:t></w:r>{}</w:p>"
    for text, shown in [("2", "40 m²"), ("-1", "40 m⁻¹"), ("rd", "40 mrd")]:
        run = f"<w:r><w:rPr>{up}</w:rPr><w:t>{text}</w:t></w:r>"
        assert read(body.format(run)) == [f"paragraph: {shown}"]


def test_a_formula_is_said_in_one_line() -> None:
    m = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    power = (
        "<m:sSup><m:e><m:r><m:t>v</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    )
    gone = "<w:del><m:r><m:t>0</m:t></m:r></w:del>"
    formula = f'<m:oMath xmlns:m="{m}">{half}<m:r><m:t>m</m:t></m:r>{power}{gone}</m:oMath>'
    assert read(f"<w:p><w:r><w:t>It is </w:t></w:r>{formula}</w:p>") == ["paragraph: It is 1/2mv^2"]


def test_headings_are_found_by_their_style_in_any_language() -> None:
    styles = HEADINGS + "".join(
        (
            style("berschrift3", "Überschrift 3"),
            style("Own", "Chapter", based_on="H1"),
            style("Deep", "heading 9"),
            style("Plain", "heading 4", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
            style("Alias", "heading 5,h5,Punkt"),
            style("Loop", "Loop", based_on="Loop"),
        )
    )
    names = ["H1", "H2", "berschrift3", "Own", "Deep", "Plain", "Alias", "Loop", "Missing"]
    found = read("".join(para(name, styled(name)) for name in names), styles=styles)
    assert found == [
        "heading1: H1",
        "heading2: H2",
        "heading3: berschrift3",
        "heading1: Own",
        "heading6: Deep",
        "paragraph: Plain",
        "heading5: Alias",
        "paragraph: Loop",
        "paragraph: Missing",
    ]


def test_a_paragraph_s_own_outline_level_counts() -> None:
    body = para("Depths", '<w:outlineLvl w:val="1"/>') + para(
        "Not one", f'{styled("H1")}<w:outlineLvl w:val="9"/>'
    )
    assert read(body, styles=HEADINGS) == ["heading2: Depths", "paragraph: Not one"]


def test_a_long_text_in_a_heading_s_style_is_a_paragraph() -> None:
    text = "The pier was built by hand. " * 10
    assert read(para(text, styled("H1")), styles=HEADINGS) == [f"paragraph: {text.strip()}"]


def test_a_short_line_in_bold_above_text_is_a_heading_that_is_guessed() -> None:
    bold = "<w:b/>"
    body = (
        para("About the pier", run=bold)
        + para("It is long.")
        + para("It is old.", run=bold)  # a sentence
        + para("The end", run=bold)  # nothing below it
    )
    found = loaded(word(body), "a.docx")
    assert [(b.kind.value, b.level) for b in found.blocks] == [
        ("heading", 0),
        ("paragraph", 0),
        ("paragraph", 0),
        ("paragraph", 0),
    ]


def test_the_contents_are_in_the_text_and_never_quoted() -> None:
    styles = style("TOC1", "toc 1") + style("TOCH", "TOC Heading")
    body = para("Contents", styled("TOCH")) + para("1 Scope 3", styled("TOC1")) + para("It is.")
    assert read(body, styles=styles) == ["rule: Contents", "rule: 1 Scope 3", "paragraph: It is."]


def test_code_keeps_its_lines() -> None:
    code = (
        "<w:p><w:pPr>" + styled("C") + "</w:pPr><w:r><w:t>a  b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
    )
    assert read(code, styles=style("C", "HTML Preformatted")) == ["rows: a  b", "rows: c"]


def level(depth: int, numbers: str, pattern: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}">{more}<w:numFmt w:val="{numbers}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def counted(num_id: int, abstract: int, override: str = "") -> str:
    more = f'<w:lvlOverride w:ilvl="0">{override}</w:lvlOverride>' if override else ""
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def abstract(number: int, *inner: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(inner)}</w:abstractNum>'


NUMBERING = (
    abstract(
        1,
        level(0, "decimal", "%1", '<w:pStyle w:val="H1"/>'),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="H2"/>'),
        level(2, "lowerRoman", "(%3)"),
    )
    + abstract(
        2,
        level(0, "upperLetter", "%1.", '<w:start w:val="3"/>'),
        level(1, "bullet", "·"),
        level(2, "none", ""),
    )
    + abstract(3, '<w:numStyleLink w:val="Listed"/>')
    + counted(1, 1)
    + counted(2, 2)
    + counted(3, 2, '<w:startOverride w:val="1"/>')
    + counted(4, 3)
    + counted(5, 2, level(0, "decimalZero", "No. %1"))
)
NUMBERED = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
LISTED = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'


def item(text: str, num_id: int, level: int = 0) -> str:
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def test_numbers_are_counted_as_word_counts_them() -> None:
    styles = style("H1", "heading 1", NUMBERED) + style("H2", "heading 2", NUMBERED)
    styles += style("Listed", "Listed", LISTED) + style("B", "List Bullet 2")
    body = "".join(
        (
            para("Scope", styled("H1")),
            para("Area", styled("H2")),
            item("first", 1, 2),
            item("second", 1, 2),
            para("Time", styled("H2")),
            item("again", 1, 2),
            para("Costs", styled("H1")),
            item("third letter", 2),
            item("bullet", 2, 1),
            item("next letter", 2),
            item("no mark", 2, 2),
            item("started anew", 3),
            item("goes on", 3),
            item("as the style", 4),
            item("own level", 5),
            item("none", 0),
            item("of no list", 99),
            item("too deep", 1, 8),
            para("by name", styled("B")),
        )
    )
    assert read(body, styles=styles, numbering=NUMBERING) == [
        "heading1: 1 Scope",
        "heading2: 1.1 Area",
        "item: (i) first",
        "item: (ii) second",
        "heading2: 1.2 Time",
        "item: (i) again",
        "heading1: 2 Costs",
        "item: C. third letter",
        "item: - bullet",
        "item: D. next letter",
        "paragraph: no mark",
        "item: A. started anew",
        "item: B. goes on",
        "item: C. as the style",
        "item: No. 04 own level",
        "paragraph: none",
        "paragraph: of no list",
        "paragraph: too deep",
        "item: - by name",
    ]


def test_a_marker_that_was_typed_makes_an_item() -> None:
    found = read(para("(a) The pier is long.") + para("•\tIt is old.") + para("1987. It rained."))
    assert found == [
        "item: (a) The pier is long.",
        "item: • It is old.",
        "paragraph: 1987. It rained.",
    ]


def test_two_line_breaks_part_paragraphs() -> None:
    body = (
        "<w:p><w:r><w:t>One.</w:t><w:br/><w:br/><w:t>Two.</w:t><w:br/><w:t>Three.</w:t></w:r></w:p>"
    )
    assert read(body) == ["paragraph: One.", "paragraph: Two. Three."]


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def row(*cells: str, head: bool = False, look: str = "") -> str:
    mark = "<w:tblHeader/>" if head else ""
    made = (c if c.startswith("<w:tc>") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{mark}{look}</w:trPr>{''.join(made)}</w:tr>"


def cell(text: str, look: str = "") -> str:
    inner = text if text.startswith("<") else para(text)
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inner}</w:tc>"


def test_a_row_carries_the_labels_of_its_header() -> None:
    rows = [row("Port", "Depth", head=True), row("Velm", "5 m"), row("Hollin", ""), row("", "")]
    assert read(table(*rows)) == ["rows: Port: Velm; Depth: 5 m", "rows: Port: Hollin"]


def test_a_header_in_two_rows_and_merged_cells() -> None:
    wide = cell("Depth in", '<w:gridSpan w:val="2"/>')
    tall = cell("Port", '<w:vMerge w:val="restart"/>')
    rest = cell("", "<w:vMerge/>")
    rows = [
        row(tall, wide, head=True),
        row(rest, "2021", "2022", head=True),
        row(
            cell("Velm", '<w:vMerge w:val="restart"/>'),
            "5 m",
            cell("6 m", '<w:vMerge w:val="restart"/>'),
        ),
        row(rest, "7 m", rest),
        row(cell("Closed in winter", '<w:gridSpan w:val="3"/>')),
    ]
    assert read(table(*rows)) == [
        "rows: Port: Velm; Depth in 2021: 5 m; Depth in 2022: 6 m",
        "rows: Port: Velm; Depth in 2021: 7 m",
        "rows: Closed in winter",
    ]


def test_a_header_in_bold_and_a_table_without_one() -> None:
    bold = [cell(para(text, run="<w:b/>")) for text in ("Port", "Built")]
    assert read(table(row(*bold), row("Velm", "by monks"))) == ["rows: Port: Velm; Built: by monks"]
    pairs = table(row("Name", "Ada Holm"), row("Office", "harbour master"))
    assert read(pairs) == ["rows: Name: Ada Holm", "rows: Office: harbour master"]


def test_a_table_that_only_places_its_text_is_paragraphs() -> None:
    inner = table(row("Port", "Depth", head=True), row("Velm", "5 m"))
    body = table(row(cell(para("One.") + para("Two.")))) + table(row("Left.", cell(inner + para())))
    assert read(body) == [
        "paragraph: One.",
        "paragraph: Two.",
        "paragraph: Left.",
        "rows: Port: Velm; Depth: 5 m",
    ]


def test_rows_in_content_controls_and_deleted_rows() -> None:
    kept = f"<w:sdt><w:sdtContent>{row('Velm', '5 m')}</w:sdtContent></w:sdt>"
    gone = row("Hollin", "3 m", look="<w:del/>")
    body = table(row("Port", "Depth", head=True), kept, gone, row("Skarvik", "9 m"))
    assert read(body) == ["rows: Port: Velm; Depth: 5 m", "rows: Port: Skarvik; Depth: 9 m"]


def test_paragraphs_of_a_cell_are_one_line() -> None:
    several = cell(para("dredged in 1987") + para("dredged in 1999."))
    body = table(row("Port", "Work", head=True), row("Velm", several), row("Hollin", "none"))
    assert read(body)[0] == "rows: Port: Velm; Work: dredged in 1987, dredged in 1999."


def test_content_controls_without_their_prompts() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    prompt = "<w:showingPlcHdr/>"
    body = (
        control.format("", para("Kept."))
        + control.format(prompt, para("Click here."))
        + f"<w:p>{control.format('', '<w:r><w:t>In </w:t></w:r>')}<w:r><w:t>line.</w:t></w:r>"
        + f"{control.format(prompt, '<w:r><w:t>Click.</w:t></w:r>')}</w:p>"
    )
    assert read(body) == ["paragraph: Kept.", "paragraph: In line."]


def test_a_text_box_is_said_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{para('In the box.')}</w:txbxContent>"
    drawing = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
    both = f"<mc:AlternateContent>{drawing}<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r>{both}<w:t>Beside it.</w:t></w:r></w:p>"
    assert read(body) == ["paragraph: Beside it.", "paragraph: In the box."]
    in_cell = table(row("Port", "Note", head=True), row("Velm", cell(body)))
    assert read(in_cell) == ["rows: Port: Velm; Note: Beside it. In the box."]


NOTE = '<w:p><w:r><w:t>{}</w:t><w:footnoteReference w:id="{}"/></w:r></w:p>'
NOTES = "".join(f'<w:footnote w:id="{i}">{para(f"Note {i}.")}</w:footnote>' for i in (-1, 2, 3))


def test_notes_stand_after_their_paragraph() -> None:
    body = NOTE.format("One.", 2) + para("Two.") + NOTE.format("Three.", 3)
    assert read(body, footnotes=NOTES) == [
        "paragraph: One.",
        "paragraph: ¹ Note 2.",
        "paragraph: Two.",
        "paragraph: Three.",
        "paragraph: ² Note 3.",
    ]


def test_notes_wait_until_a_list_or_a_table_ends() -> None:
    listed = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr>'
    first = NOTE.format("a", 2).replace("<w:p>", f"<w:p><w:pPr>{listed}</w:pPr>")
    rows = table(row("Port", "Depth", head=True), row(cell(NOTE.format("Velm", 3)), "5 m"))
    body = first + item("b", 2, 1) + para("Then.") + rows
    assert read(body, footnotes=NOTES, numbering=NUMBERING) == [
        "item: - a",
        "item: - b",
        "paragraph: ¹ Note 2.",
        "paragraph: Then.",
        "rows: Port: Velm; Depth: 5 m",
        "paragraph: ² Note 3.",
    ]


def test_endnotes_and_a_note_that_is_not_there() -> None:
    body = NOTE.format("One.", 9) + NOTE.format("Two.", 4).replace("footnote", "endnote")
    notes = f'<w:endnote w:id="4">{para("At the end.")}{para("Still.")}</w:endnote>'
    assert read(body, endnotes=notes) == [
        "paragraph: One.",
        "paragraph: Two.",
        "paragraph: ¹ At the end. Still.",
    ]


BREAK = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>{}</w:t></w:r></w:p>"
INSIDE = "<w:p><w:r><w:t>On two </w:t><w:lastRenderedPageBreak/><w:t>pages.</w:t></w:r></w:p>"
SECTION = "<w:sectPr><w:pgNumType {}/></w:sectPr>"


@pytest.mark.parametrize(
    ("pages", "section", "told"),
    [("3", "", True), ("3", 'w:fmt="decimal"', True), ("4", "", False), ("", "", False),
     ("3", 'w:start="7"', False), ("3", 'w:fmt="lowerRoman"', False)],
)  # fmt: skip
def test_pages_are_told_where_each_of_them_was_marked(pages: str, section: str, told: bool) -> None:
    body = para("First.") + INSIDE + para("Second.") + BREAK.format("Third.")
    file = word(body + (SECTION.format(section) if section else ""), Pages=pages)
    document = loaded(file, "a.docx")
    named = [document.page(block.start) for block in document.blocks]
    assert named == (["p. 1", "p. 1", "p. 2", "p. 3"] if told else [""] * 4)


def test_the_title_of_the_properties_is_seen_in_the_text() -> None:
    missing = loaded(word(para("It is long."), title="The Pier"), "a.docx")
    assert (missing.title, lines(missing)) == (
        "The Pier",
        ["heading1: The Pier", "paragraph: It is long."],
    )
    there = loaded(word(para("THE PIER") + para("It is long."), title="The pier"), "a.docx")
    assert (there.title, lines(there)) == (
        "THE PIER",
        ["heading1: THE PIER", "paragraph: It is long."],
    )
    headed = word(para("Piers", styled("H1")) + para("Long."), styles=HEADINGS, title="Old name")
    assert loaded(headed, "a.docx").title == "Piers"


def test_a_paragraph_in_the_title_s_style_is_the_title() -> None:
    body = para("Kind regards to the reader", styled("H1")) + para("On  Piers", styled("T"))
    document = loaded(word(body + para("Long."), styles=HEADINGS + style("T", "Titel")), "a.docx")
    assert document.title == "On Piers"
    assert lines(document)[1] == "heading1: On Piers"


@pytest.mark.parametrize(
    "junk", ["Microsoft Word - pier.doc", "Document1", "pier_final.docx", "Untitled", "Dokument 2",
             "PowerPoint-Präsentation", "", "Normal Template"],
)  # fmt: skip
def test_a_title_that_a_program_gave_is_none(junk: str) -> None:
    assert loaded(word(para("It is long."), title=junk), "pier.docx").title == "pier"


def test_what_the_file_says_of_itself() -> None:
    said = {"creator": "Ada Holm", "created": "2012-01-01T00:00:00Z", "language": "de-AT"}
    meta = loaded(word(para("x"), modified="2023-05-11T16:20:00Z", **said), "a.docx").meta
    assert (meta["author"], meta["date"], meta["language"]) == ("Ada Holm", "2023-05-11", "de")
    junk = {"creator": "Windows User", "modified": "1601-01-01T00:00:00Z", "language": "klingon"}
    meta = loaded(word(para("x"), **junk), "a.docx").meta
    assert not {"author", "date"} & set(meta)
    assert "date" not in loaded(word(para("x"), created="yesterday"), "a.docx").meta


REAL = (FORMATS / "dredging-plan.docx").read_bytes()
KINDS = b"schemas.openxmlformats.org/officeDocument/2006/relationships"


def _strict() -> bytes:
    """With the other namespaces of the format, which Office writes if it is told to."""
    kinds = (KINDS, b"purl.oclc.org/ooxml/officeDocument/relationships")
    own = (W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    return zipped({k: v.replace(*own).replace(*kinds) for k, v in members(REAL).items()})


def _macros() -> bytes:
    plain = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main"
    macro = b"vnd.ms-word.document.macroEnabled.main"
    return replaced(REAL, "[Content_Types].xml", plain, macro)


def _dangling() -> bytes:
    end = b"</Relationships>"
    link = f'<Relationship Id="x" Type="{W}/image" Target="NULL"/>'.encode() + end
    return replaced(REAL, "word/_rels/document.xml.rels", end, link)


@pytest.mark.parametrize("made", [_strict, _macros, _dangling])
def test_strict_files_files_with_macros_and_dangling_links(made: Callable[[], bytes]) -> None:
    assert lines(loaded(made(), "a.docm")) == lines(loaded(REAL, "a.docx"))


def test_what_is_nested_deeply_is_read() -> None:
    deep = para("Deep down.")
    for _ in range(60):
        deep = table(row(cell(deep)))
    assert read(deep) == ["paragraph: Deep down."]
    inner = "<w:r><w:t>Deep.</w:t></w:r>"
    for _ in range(120):
        inner = f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    assert read(f"<w:p>{inner}</w:p>") == ["paragraph: Deep."]


def test_nesting_beyond_reason_is_refused() -> None:
    inner = "<w:r/>"
    for _ in range(400):
        inner = f"<w:ins>{inner}</w:ins>"
    with pytest.raises(UnreadableDocument, match=r"^a\.docx: word/document\.xml in it is damaged"):
        load_file(word(f"<w:p>{inner}</w:p>"), "a.docx")


def test_a_table_that_grows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_CHARS", 1000)
    rows = [
        row("Port", "A label of some length", head=True),
        *(row("Velm", "5") for _ in range(90)),
    ]
    with pytest.raises(
        UnreadableDocument, match=r"^a\.docx: over .* of text; split it into smaller"
    ):
        load_file(word(table(*rows)), "a.docx")
    monkeypatch.setattr(limits, "MAX_CHARS", 10)
    with pytest.raises(UnreadableDocument, match=r"^a\.docx: over .* of text; split it"):
        load_file(word(para("The pier is long.")), "a.docx")


def test_a_file_without_a_word_is_said_to_be_empty() -> None:
    with pytest.raises(UnreadableDocument, match=r"^a\.docx: there is no text in it"):
        load_file(word(para(), title="A title alone"), "a.docx")


def section(refers: str, inside: str = "") -> str:
    """The end of a section that refers to margins: "header1 footer2:even"."""
    made = ""
    for one in refers.split():
        part, _, pages = one.partition(":")
        kind = part.rstrip("0123456789")
        made += f'<w:{kind}Reference w:type="{pages or "default"}" r:id="{part}"/>'
    return f"<w:sectPr>{made}{inside}</w:sectPr>"


TITLED = para("Lease of the boathouse", styled("H1"))
LET = para("The landlord lets the boathouse to the club.")


def test_a_header_that_states_something_can_be_quoted_and_a_name_is_the_pages() -> None:
    body = TITLED + LET + section("header1 footer1")
    header = para("Vertrag Nr. 2024-117") + para("Confidential")
    footer = para("Harbour Club, Strandgate 3")
    found = read(body, styles=HEADINGS, header1=header, footer1=footer)
    assert found == [
        "rows: Vertrag Nr. 2024-117",
        "rule: Confidential",
        "rows: Harbour Club, Strandgate 3",
        "heading1: Lease of the boathouse",
        "paragraph: The landlord lets the boathouse to the club.",
    ]


def field(*instructions: str) -> str:
    """A run for each part of a field, and what it shows: 3."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    told = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in instructions)
    return f"{mark('begin')}{told}{mark('separate')}<w:r><w:t>3</w:t></w:r>{mark('end')}"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (f"<w:r><w:t>Page </w:t></w:r>{field(' PAGE ')}", ["rule: Page"]),
        (f"<w:r><w:t>Page </w:t></w:r>{field(' PA', 'GE ')}", ["rule: Page"]),
        ('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>7</w:t></w:r></w:fldSimple>', []),
        (field(" REF berth "), ["rows: 3"]),
        (f"<w:r><w:t>Berth 4</w:t><w:tab/></w:r>{field(' PAGE ')}", ["rows: Berth 4"]),
        ("<w:r><w:t>Berg AS</w:t><w:tab/><w:t>Tel: none</w:t></w:r>",
         ["rule: Berg AS", "rows: Tel: none"]),
    ],
)  # fmt: skip
def test_the_numbers_of_pages_are_left_out(said: str, found: list[str]) -> None:
    assert read(LET + section("header1"), header1=f"<w:p>{said}</w:p>")[:-1] == found


def test_a_section_says_its_margins_where_others_said_none_of_it() -> None:
    first = para("", section("header1"))
    body = f"{LET}{first}{LET}{para('', section('header1 footer1'))}{LET}{section('header2')}"
    margins = {"header1": "Berth 1", "header2": "Berth 2", "footer1": "Pier 9"}
    found = read(body, **{part: para(said) for part, said in margins.items()})
    assert [line for line in found if not line.startswith("p")] == [
        "rows: Berth 1",
        "rows: Pier 9",
        "rows: Berth 2",
    ]


@pytest.mark.parametrize(
    ("inside", "settings", "found"),
    [
        ("", "", ["Berth 1"]),
        ("<w:titlePg/>", "", ["Berth 2", "Berth 1"]),
        ("", "<w:evenAndOddHeaders/>", ["Berth 1", "Berth 3"]),
    ],
)
def test_other_margins_of_first_and_even_pages_count_where_they_are_shown(
    inside: str, settings: str, found: list[str]
) -> None:
    body = LET + section("header1 header2:first header3:even", inside)
    headers = {f"header{n}": para(f"Berth {n}") for n in (1, 2, 3)}
    said = read(body, settings=settings, **headers)
    assert said[:-1] == [f"rows: {line}" for line in found]


def test_a_running_title_is_no_line_of_its_own() -> None:
    body = para("2 Costs", styled("H1")) + LET + section("header1")
    assert read(body, styles=HEADINGS, header1=para("2 Costs"))[0] == "rule: 2 Costs"


def test_a_header_that_is_not_there_or_damaged_costs_no_text() -> None:
    assert read(LET + section("header1 header2"), header1="<")[-1].endswith("to the club.")
