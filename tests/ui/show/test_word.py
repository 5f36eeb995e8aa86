"""Answers and tables as files of Word, as another program reads them, and what is in the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings

from index.installed import installed_version
from index.load import load_file
from rag.answers import Answer
from rag.citations import Citation
from rag.kinds import CitationGroup, QuestionKind
from rag.replies import Reply, ReplyKind
from tests.strategies import citations
from tests.ui.handmade import hostile
from ui.page import conversation_docx
from ui.show import to_docx, visible

Golden = Callable[[str, str], None]


def read(data: bytes) -> str:
    """Each paragraph behind the name of its style, the rows of tables, and where links lead."""
    return "\n".join(_lines(docx.Document(io.BytesIO(data)))).replace(
        f"Ibid {installed_version()}.", "Ibid 0.1.0."
    )


def _lines(file: docx.document.Document) -> Iterator[str]:
    for block in file.iter_inner_content():
        if isinstance(block, docx.table.Table):
            for row in block.rows:
                yield " | ".join(cell.text.replace("\n", " / ") for cell in row.cells)
            continue
        marks = [b.get(qn("w:name")) for b in block._p.iter(qn("w:bookmarkStart"))]
        links = [h.get(qn("w:anchor")) for h in block._p.iter(qn("w:hyperlink"))]
        bold = "".join(f"*{run.text}*" for run in block.runs if run.bold)
        style = block.style.name if block.style is not None else ""
        yield f"{style}: {block.text} {bold}{marks or ''}{links or ''}".rstrip()


def test_each_look(answer: Answer, abstained: Answer, golden: Golden) -> None:
    groups = (CitationGroup("Key points", (1, 2)), CitationGroup("Names", (3,)))
    overview = replace(answer, kind=QuestionKind.OVERVIEW, groups=groups)
    golden("answer.docx.txt", read(to_docx([answer])))
    golden("groups.docx.txt", read(to_docx([overview])))
    golden("abstain.docx.txt", read(to_docx([abstained])))
    golden("conversation.docx.txt", read(conversation_docx([answer, abstained, answer])))


def test_every_number_leads_to_a_place_of_its_own(answer: Answer, abstained: Answer) -> None:
    file = docx.Document(io.BytesIO(conversation_docx([answer, abstained, answer])))
    marks = [b.get(qn("w:name")) for b in file.element.iter(qn("w:bookmarkStart"))]
    links = [h.get(qn("w:anchor")) for h in file.element.iter(qn("w:hyperlink"))]
    assert marks == links
    assert len(set(marks)) == 6
    ids = [b.get(qn("w:id")) for b in file.element.iter(qn("w:bookmarkStart"))]
    assert len(set(ids)) == 6


def test_a_reply_is_told(answer: Answer) -> None:
    said = replace(answer, citations=(), reply=Reply(ReplyKind.GREETING, ("Hello.", "- Ask.")))
    assert "Hello." in read(to_docx([said]))


def test_the_same_bytes_for_the_same_answer(answer: Answer) -> None:
    data = to_docx([answer])
    assert data == to_docx([answer])
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.testzip() is None
        names, core = file.namelist(), file.read("docProps/core.xml").decode()
    assert "python-docx" not in core
    assert "2013" not in core
    assert not [name for name in names if "customXml" in name and "item" not in name]


def test_nothing_hostile_is_alive_in_it() -> None:
    payload = "<w:p/> {{x}} \x1b[31m \u202egnp.exe \ufffe \udcff & =1+1 javascript:alert(1)"
    data = to_docx([hostile(payload)])
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        relations = [file.read(n).decode() for n in file.namelist() if n.endswith(".rels")]
    assert not [one for one in relations if 'TargetMode="External"' in one]
    text = read(data)
    assert visible("\x1b[31m") in text
    assert "<U+FFFE>" in text
    assert "\x1b" not in text


def test_it_is_read_again_as_any_document_is(answer: Answer) -> None:
    (document,) = load_file(to_docx([answer]), "answer.docx").documents
    for cited in answer.citations:
        assert " ".join(cited.quote.split()) in " ".join(document.text.split())


@pytest.mark.slow
@given(citations())
@settings(max_examples=25, deadline=None)
def test_any_quotation_can_be_written(cited: Citation) -> None:
    answer = Answer("What?", (cited,), (), 0.5)
    assert to_docx([answer]) == to_docx([answer])
