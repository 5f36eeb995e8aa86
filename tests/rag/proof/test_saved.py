"""What was saved is hostile until it is proven: only verdicts or a typed refusal come of it."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from index.errors import CitationError
from index.load.loading import load_text
from rag.answers import Answer
from rag.citations import Citation
from rag.proof import is_saved, questions_of, renew, verify
from tests.doubles import EELS, HARBOUR

DOCUMENTS = [load_text(HARBOUR.encode(), "harbour.txt"), load_text(EELS.encode(), "eels.md")]
START = HARBOUR.index("It took")
ANSWER = Answer("?", (Citation(DOCUMENTS[0], START, START + 22, None, 1.0, 1),), (), 0.9).to_dict()
TABLE = {
    "format": 1,
    "columns": [{"question": "?", "kind": None}],
    "rows": [
        {
            "source": "harbour.txt",
            "title": "",
            "copies": [],
            "text_sha256": DOCUMENTS[0].id,
            "unread": "",
            "cells": [{"cut": None, "says": "", "answer": ANSWER}],
        }
    ],
    "not_read": {},
}
SHAPES = {"answer": ANSWER, "table": TABLE, "conversation": {"format": 1, "answers": [ANSWER]}}
STRANGE: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        7,
        10**30,
        0.5,
        float("nan"),
        float("inf"),
        "",
        "x",
        "9" * 5000,
        "\x1b[2J",
        "<img src=x onerror=alert(1)>",
        "\ud800",
        "{{x}}",
        [],
        {},
        [[]],
        [0, 10**9],
        {"a": None},
    ]
)


@pytest.mark.parametrize("name", SHAPES)
def test_each_shape_is_known(name: str) -> None:
    data = SHAPES[name]
    assert is_saved(data)
    assert questions_of(data) == ["?"]
    (verdict,) = verify(data, DOCUMENTS)
    assert verdict.status.stands
    assert verdict.name == ("1" if name == "answer" else "1.1")


@pytest.mark.parametrize("data", [None, [], "x", {}, {"format": 1}, {"format": 2, "answers": []}])
def test_other_json_is_not(data: Any) -> None:
    assert not is_saved(data)


def test_a_citation_of_an_endless_number_is_refused() -> None:
    data = {**ANSWER, "citations": [{**ANSWER["citations"][0], "number": 10**12}]}
    with pytest.raises(CitationError, match="not an answer"):
        verify(data, DOCUMENTS)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every entry of a JSON, as what holds it and its key."""
    found: list[tuple[Any, Any]] = []
    for key in list(data) if isinstance(data, dict) else range(len(data)):
        found.append((data, key))
        if isinstance(data[key], dict | list):
            found += places(data[key])
    return found


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 10**6), STRANGE, st.booleans())
def test_what_is_strange_anywhere_gives_verdicts_or_a_refusal(
    name: str, seed: int, strange: Any, is_left_out: bool
) -> None:
    data = json.loads(json.dumps(SHAPES[name]))
    holder, key = random.Random(seed).choice(places(data))
    if is_left_out:
        del holder[key]
    else:
        holder[key] = strange
    for use in (questions_of, lambda given: verify(given, DOCUMENTS)):
        with suppress(CitationError):
            use(data)
    try:
        renewed = renew(data, DOCUMENTS)
    except CitationError:
        return
    assert all(v.now is None or v.now.document in DOCUMENTS for v in renewed.verdicts)
    cited = [d[k] for d, k in places(renewed.data) if k == "citations" and isinstance(d[k], list)]
    for entry in (entry for entries in cited for entry in entries):
        document = next(d for d in DOCUMENTS if d.id == entry["text_sha256"])
        assert document.text[entry["start"] : entry["end"]] == entry["quote"]
