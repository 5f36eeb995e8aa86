"""A table as JSON and back: every word cut again from the documents."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from index import CitationError, Span
from rag.answers import Answer
from rag.citations import Citation
from rag.table.cells import AnswerCell, AnswerTable, DocumentRow
from rag.table.columns import ColumnKind, TableColumn
from tests.doubles import BREAD, HARBOUR, document

QUOTE = "The harbour of Brell was dredged in 1987."


def table() -> AnswerTable:
    harbour, bread = document(HARBOUR, "harbour.txt"), document(BREAD, "bread.txt")
    at = HARBOUR.index(QUOTE)
    cited = Citation(harbour, at, at + len(QUOTE), None, 1.5, 1)
    year = at + QUOTE.index("1987")
    found = AnswerCell(Answer("When?", (cited,), (), 0.8), Span(year, year + 4))
    nothing = AnswerCell(Answer("When?", (), (), 0.1))
    return AnswerTable(
        (TableColumn("When?", ColumnKind.DATE),),
        (
            DocumentRow("bread.txt", bread, (nothing,)),
            DocumentRow("harbour.txt", harbour, (found,)),
            DocumentRow("scan.pdf", None, (), "scan.pdf: nothing is in it"),
        ),
    )


def test_it_comes_back_from_json() -> None:
    made = table()
    data = json.loads(json.dumps(made.to_dict()))
    assert AnswerTable.from_dict(data, made.documents) == made
    assert data["rows"][1]["cells"][0]["cut"]["text"] == "1987"
    assert [cell.words for row in made.rows for cell in row.cells] == ["", "1987"]


def put(*path: Any, value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return change


CITED = ("rows", 1, "cells", 0, "answer", "citations", 0)


@pytest.mark.parametrize(
    "change",
    [
        put(*CITED, "quote", value="The harbour was never dredged."),
        put("rows", 1, "cells", 0, "cut", "text", value="1978"),
        put("rows", 1, "cells", 0, "cut", "end", value=9999),
        put("rows", 1, "text_sha256", value="0" * 64),
        put("columns", value=[]),
        put("columns", 0, "kind", value="colour"),
        put("format", value=2),
        put("rows", value=None),
    ],
)
def test_what_was_tampered_with_is_refused(change: Callable[[Any], None]) -> None:
    made = table()
    data = copy.deepcopy(made.to_dict())
    change(data)
    with pytest.raises(CitationError):
        AnswerTable.from_dict(data, made.documents)


def test_nothing_is_cut_out_of_what_is_not_quoted() -> None:
    made = table().rows[1].cells[0]
    with pytest.raises(CitationError, match="lies in the best quotation"):
        AnswerCell(made.answer, Span(0, 3))
