"""What is related is counted by its judgements, and what was marked stands in its documents."""

from __future__ import annotations

import json

import pytest

from benchmarks.related import (
    FOLDERS,
    LICENCES,
    MARKED,
    REPOSITORY,
    ShownStatement,
    judgement,
    score,
)
from index.language.alphanumerics import letters
from rag.related import RelatedLabel

ROWS = [json.loads(line) for line in MARKED.read_text("utf-8").splitlines()]
ROW = {
    "marks": [{"relation": "adds", "source": "a.md", "text": "Bread is dear."}],
    "judged": [
        {"source": "a.md", "text": "Bread is dear.", "belongs": ["Adds to it"]},
        {"source": "b.md", "text": "Rain fell.", "belongs": []},
    ],
}
DEAR = ShownStatement("Adds to it", "a.md", "Bread is dear.")


def test_a_statement_belongs_under_its_label_alone() -> None:
    assert judgement(ROW, DEAR) is True
    assert judgement(ROW, DEAR._replace(label="Says the same")) is False
    assert judgement(ROW, DEAR._replace(label="")) is True
    assert judgement(ROW, ShownStatement("", "b.md", "Rain fell.")) is False
    assert judgement(ROW, ShownStatement("", "c.md", "Rain fell.")) is None


def test_what_nobody_judged_is_counted_as_that() -> None:
    found = score([ROW], [[DEAR, ShownStatement("", "c.md", "Snow fell.")]])
    assert found.row == "1 of 1 (100%), 1 unjudged | 1 of 1 | 1 of 1"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_quotations_and_marks_stand_in_documents_of_their_half(row: dict[str, object]) -> None:
    half, labels = str(row["half"]), {label.value for label in RelatedLabel}
    marks, judged = row["marks"], row.get("judged", [])
    assert isinstance(marks, list)
    assert isinstance(judged, list)
    for source, text in [(row["source"], row["quote"]), *((m["source"], m["text"]) for m in marks)]:
        name = str(source)
        if name.startswith("common-licenses/"):
            assert name.removeprefix("common-licenses/") in LICENCES[half]
            continue
        assert name.startswith(FOLDERS[half])
        assert letters(str(text)) in letters((REPOSITORY / name).read_text("utf-8"))
    assert all(set(one["belongs"]) <= labels for one in judged)
