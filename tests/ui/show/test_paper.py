"""A file of Word holds no more than what was written into it."""

from __future__ import annotations

import io
import zipfile

import docx

from ui.show.paper import WordPaper, xml_text


def test_what_xml_cannot_hold_is_written_out() -> None:
    assert xml_text("a\x00b\ufffec\ud800d\te") == "a␀b<U+FFFE>c<U+D800>d␉e"


def test_headings_quotes_and_tables_have_the_styles_that_word_knows() -> None:
    paper = WordPaper("Title")
    paper.heading("Label", 2)
    paper.quote(["Two strokes mean ", "keep away", "."], number=3, anchor="a1-3")
    paper.source("log.txt:3")
    paper.entry("a1-3", "[3] The Log")
    paper.table([[[("Document", "bold")]], [[("one", ""), ("two", "faint")]]], [9.0])
    file = docx.Document(io.BytesIO(paper.to_bytes()))
    styles = [(p.style.name if p.style is not None else "", p.text) for p in file.paragraphs]
    assert styles[:3] == [
        ("Title", "Title"),
        ("Heading 2", "Label"),
        ("Quote", "Two strokes mean keep away. [3]"),
    ]
    assert [run.text for run in file.paragraphs[2].runs if run.bold] == ["keep away"]
    (table,) = file.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Document"], ["one\ntwo"]]


def test_no_time_and_no_name_is_in_it() -> None:
    data = WordPaper("Title").to_bytes()
    assert data == WordPaper("Title").to_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        core = file.read("docProps/core.xml").decode()
    assert "2000-01-01" in core
    assert core.count("2000-01-01") == 2
