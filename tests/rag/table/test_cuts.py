"""What is cut out of a quotation: only what is of the kind, and only where one is clear."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from index import Span
from rag.query import AskedQuestion
from rag.table.columns import ColumnKind
from rag.table.cuts import cut_out
from tests.judged import judged

CASES = [case for case in judged("cuts") if "right" in case]
MISSED = 5  # of those that could be cut out


def cut(kind: ColumnKind, question: str, sentence: str, emphasis: str = "") -> str:
    at = sentence.index(emphasis)
    spans = [Span(at, at + len(emphasis))] if emphasis else []
    found = cut_out(kind, AskedQuestion(question), sentence, spans)
    return sentence[slice(*found)] if found else ""


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_is_cut_out_is_right(case: dict[str, Any]) -> None:
    found = cut(ColumnKind(case["kind"]), case["question"], case["quote"])
    assert found in ("", *case["right"])


def test_most_are_cut_out() -> None:
    could = [case for case in CASES if case["right"]]
    missed = [c for c in could if not cut(ColumnKind(c["kind"]), c["question"], c["quote"])]
    assert len(missed) <= MISSED


def test_what_the_reader_points_at_decides() -> None:
    sentence = "It was built from 1911 to 1913 and rebuilt in 1950."
    assert cut(ColumnKind.DATE, "When was it finished?", sentence) == ""
    assert cut(ColumnKind.DATE, "When was it finished?", sentence, "1913") == "1913"


def test_a_licence_is_no_party() -> None:
    sentence = (
        "The Free Software Foundation may publish new versions of the GNU General Public License."
    )
    question = "Who may publish new versions of the licence?"
    assert cut(ColumnKind.PARTY, question, sentence) == "The Free Software Foundation"


@given(st.sampled_from(list(ColumnKind)), st.text(max_size=60), st.text(max_size=300))
def test_any_text_is_cut_within_its_bounds(kind: ColumnKind, question: str, text: str) -> None:
    found = cut_out(kind, AskedQuestion(question), text)
    assert found is None or 0 <= found.start < found.end <= len(text)
