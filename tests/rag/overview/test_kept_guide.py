"""A guide that is kept is the guide that was made, or it is made again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from index.generation.build import encode_documents
from rag.overview import SourceGuide, guide
from tests.doubles import EELS, FakeEncoder, document
from tests.rag.overview.test_source_guide import TEXT

OWN = document(TEXT, "gate.md")
RETRIEVER = encode_documents([OWN, document(EELS, "eels.md")], FakeEncoder()).retriever(
    FakeEncoder()
)


def kept() -> Any:
    return json.loads(json.dumps(SourceGuide().annotate(RETRIEVER, OWN)))


def test_what_was_kept_is_what_was_made() -> None:
    made = guide(RETRIEVER, OWN)
    found = guide(RETRIEVER, OWN, kept())
    assert found == made
    assert [c.headings for c in found.citations] == [c.headings for c in made.citations]
    assert {c.headings for c in found.citations} >= {(), ("Who keeps it",)}


def test_it_is_read_and_not_made_where_it_is_kept() -> None:
    data = kept()
    del data["Names"]
    assert "Names" not in [group.label for group in guide(RETRIEVER, OWN, data).groups]


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        7,
        [],
        "guide",
        {"Verdict": []},
        {"Names": [[[[3, 99_999]], None]]},
        {"Names": [[[[3, -1]], None]]},
        {"Names": [[[[5, 5]], None]]},
        {"Names": [[[["3", "5"]], None]]},
        {"Names": [[[[3.0, 5.0]], None]]},
        {"Names": [[[[True, 5]], None]]},
        {"Names": [[[], None]]},
        {"Names": [[[[3, 5]]]]},
        {"Names": [[[[3, 5]], [0]]]},
        {"Names": None},
        {"Names": {"a": 1}},
    ],
)
def test_what_is_no_guide_is_made_again(wrong: Any) -> None:
    assert guide(RETRIEVER, OWN, wrong) == guide(RETRIEVER, OWN)


def test_a_retriever_that_keeps_nothing() -> None:
    class Nothing:
        def search(self, question: Any, k: int) -> list[Any]:
            return []

    with pytest.raises(TypeError, match="stored"):
        guide(Nothing(), OWN)
