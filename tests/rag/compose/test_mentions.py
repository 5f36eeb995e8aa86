"""What a question asks the mentions of."""

from __future__ import annotations

import pytest

from index import Query
from rag.compose.mentions import mentioned


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("find all mentions of asbestos", "asbestos"),
        ("find every mention of “lead paint” in the survey", "lead paint"),
        ("How often is Dr. Falk mentioned?", "Dr. Falk"),
        ("how many times does the word pier appear", "the word pier"),
        ("give me every place where the contract mentions penalties", "penalties"),
        ("Wie oft wird der Spielplatz erwähnt?", "der Spielplatz"),
        ("list all companies mentioned", ""),
        ("Where is the pier?", ""),
    ],
)
def test_the_term_is_what_stands_behind_the_word(question: str, term: str) -> None:
    assert mentioned(Query(question)) == term
