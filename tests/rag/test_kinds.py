"""Kinds of question, and the labels of an answer."""

from __future__ import annotations

import pytest

from index.load import load_text
from rag import Answer, Citation, CitationError, CitationGroup, QuestionKind

DOCUMENT = load_text(b"The pier is old. The pier is long.", "pier.txt")
FIRST = Citation(DOCUMENT, 0, 16, None, 1.0, 1)
SECOND = Citation(DOCUMENT, 17, 34, None, 0.5, 2)


def test_each_quotation_stands_under_one_label() -> None:
    groups = (CitationGroup("pier.txt", (1, 2)),)
    answer = Answer("What is it?", (FIRST, SECOND), (), 0.9, kind=QuestionKind.OVERVIEW)
    assert answer.groups == ()
    with pytest.raises(CitationError, match="one label"):
        Answer("What is it?", (FIRST,), (), 0.9, groups=groups)
    with pytest.raises(CitationError, match="one label"):
        Answer("What is it?", (FIRST, SECOND), (), 0.9, groups=(*groups, *groups))


def test_json_keeps_kind_and_labels() -> None:
    groups = (CitationGroup("says yes", (2,)), CitationGroup("says no", (1,)))
    kind = QuestionKind.VIEWPOINTS
    answer = Answer("Is it?", (FIRST, SECOND), (), 0.9, kind=kind, groups=groups, complete=True)
    assert Answer.from_dict(answer.to_dict(), [DOCUMENT]) == answer
    older = {k: v for k, v in answer.to_dict().items() if k not in ("kind", "groups", "complete")}
    assert Answer.from_dict(older, [DOCUMENT]).kind is QuestionKind.FACT
    with pytest.raises(CitationError):
        Answer.from_dict({**answer.to_dict(), "kind": "riddle"}, [DOCUMENT])
