"""A saved answer renewed: what stands is cut anew, the rest is left out and named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from index.errors import CitationError
from index.load.loading import load_text
from index.types import Document, Span
from rag.answers import Answer
from rag.citations import Citation
from rag.kinds import CitationGroup
from rag.proof import Status, renew, verify
from rag.table import AnswerCell, AnswerTable, TableColumn
from rag.table.cells import DocumentRow
from tests.doubles import EELS, HARBOUR


def load(text: str, source: str = "harbour.txt") -> Document:
    return load_text(text.encode(), source)


def cite(document: Document, quote: str, number: int, score: float = 1.0) -> Citation:
    start = document.text.index(quote)
    span = Span(start, start + len(quote))
    emphasis = (Span(start, start + len(quote.split()[0])),)
    return Citation(document, *span, None, score, number, (), (span,), emphasis=emphasis)


@pytest.fixture
def answer() -> Answer:
    harbour, eels = load(HARBOUR), load(EELS, "eels.md")
    cited = (
        cite(harbour, "It took eleven months.", 1, 2.0),
        cite(eels, "Turbines at the weir kill one eel in five.", 2),
        cite(harbour, "Its lamp was electrified in 1923.", 3),
    )
    groups = (CitationGroup("One", (1, 3)), CitationGroup("Other", (2,)))
    return Answer("How long?", cited, (), 0.7, groups=groups, complete=True)


def test_what_did_not_change_is_the_same(answer: Answer) -> None:
    documents = [load(HARBOUR), load(EELS, "eels.md")]
    renewed = renew(answer, documents)
    assert renewed.data == answer.to_dict()
    assert renewed.left_out == []


def test_what_moved_is_cut_anew_and_what_changed_is_left_out(answer: Answer) -> None:
    edited = "A line more.\n\n" + HARBOUR.replace("eleven", "twelve")
    documents = [load(edited, "renamed.txt"), load(EELS, "eels.md")]
    renewed = renew(answer, documents)
    assert [v.number for v in renewed.left_out] == [1]
    again = Answer.from_dict(renewed.data, documents)
    assert [c.quote for c in again.citations] == [c.quote for c in answer.citations[1:]]
    assert [c.number for c in again.citations] == [1, 2]
    assert again.citations[1].document.source == "renamed.txt"
    cited = again.citations[1]
    assert [cited.document.cut(span) for span in cited.emphasis] == ["Its"]
    assert again.groups == (CitationGroup("One", (2,)), CitationGroup("Other", (1,)))
    assert (again.complete, again.confidence) == (False, 0.0)
    assert {v.status for v in verify(renewed.data, documents)} == {Status.HOLDS}


def test_the_stretches_of_a_quotation_are_carried_over_white_space(answer: Answer) -> None:
    wrapped = HARBOUR.replace("Its lamp was electrified", "Its lamp\nwas elec-\ntrified")
    documents = [load(wrapped), load(EELS, "eels.md")]
    (again,) = (
        c
        for c in Answer.from_dict(renew(answer, documents).data, documents).citations
        if "lamp" in c.quote
    )
    assert "elec-\ntrified" in again.quote
    assert [again.document.cut(s) for s in again.emphasis] == ["Its"]
    assert [again.document.cut(s) for s in again.sentences] == [again.quote]


def test_a_conversation_is_renewed_answer_by_answer(answer: Answer) -> None:
    data = {"format": 1, "answers": [answer.to_dict(), answer.to_dict()]}
    documents = [load(EELS, "eels.md")]
    assert [v.name for v in verify(data, documents)] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    renewed = renew(data, documents)
    assert [len(a["citations"]) for a in renewed.data["answers"]] == [1, 1]
    assert len(renewed.left_out) == 4


def table_of(document: Document, quote: str, cut: str) -> dict[str, Any]:
    cited = cite(document, quote, 1)
    at = document.text.index(cut)
    cell = AnswerCell(Answer("When?", (cited,), (), 0.9), Span(at, at + len(cut)))
    row = DocumentRow(document.source, document, (cell,))
    return AnswerTable((TableColumn("When?", None),), (row,)).to_dict()


def test_a_row_of_a_table_follows_its_document() -> None:
    data = table_of(load(HARBOUR), "Its lamp was electrified in 1923.", "1923")
    moved = load("New.\n\n" + HARBOUR, "new.txt")
    again = AnswerTable.from_dict(renew(data, [moved]).data, [moved])
    assert again.rows[0].source == "new.txt"
    assert again.rows[0].cells[0].words == "1923"


def test_a_row_of_which_nothing_stands_is_kept_empty() -> None:
    data = table_of(load(HARBOUR), "Its lamp was electrified in 1923.", "1923")
    changed = load(HARBOUR.replace("1923", "1932"))
    renewed = renew(data, [changed])
    again = AnswerTable.from_dict(renewed.data, [changed])
    assert [not cell.answer for cell in again.rows[0].cells] == [True]
    assert [v.status for v in renewed.left_out] == [Status.CHANGED]
    gone = AnswerTable.from_dict(renew(data, [load(EELS, "eels.md")]).data, [])
    assert gone.rows[0].cells == ()
    assert "not among the documents" in gone.rows[0].unread


def test_what_is_no_answer_is_refused(answer: Answer) -> None:
    with pytest.raises(CitationError):
        renew({"format": 1, "citations": 3}, [load(HARBOUR)])
    with pytest.raises(CitationError):
        renew({**answer.to_dict(), "groups": [{"label": "x", "numbers": [1]}]}, [load(HARBOUR)])


def test_an_abstention_stays_one(answer: Answer) -> None:
    none = replace(answer, citations=(), groups=(), closest=answer.citations[:1], complete=False)
    documents = [load("New.\n\n" + HARBOUR)]
    renewed = renew(none, documents)
    assert renewed.verdicts == []
    (closest,) = Answer.from_dict(renewed.data, documents).closest
    assert closest.quote == "It took eleven months."
    assert renewed.data["confidence"] == 0.7
