"""What a question lists or counts."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index import Query
from rag.compose.things import things_of


@pytest.mark.parametrize(
    ("question", "nouns", "others"),
    [
        ("How many open projects does Mei run?", ["open", "projects"], ["Mei", "run"]),
        ("list all the invoices of Halden Ltd", ["invoices"], ["Halden", "Ltd"]),
        ("which of the suppliers are in Porto", ["suppliers"], ["Porto"]),
        ("what are the names of our offices", ["offices"], []),
        ("action items of the june meeting", ["action", "items"], ["june", "meeting"]),
        ("In June, how many meetings were there?", ["meetings"], ["June"]),
    ],
)
def test_the_things_and_what_says_which(question: str, nouns: list[str], others: list[str]) -> None:
    things = things_of(Query(question), "en")
    assert [word.written for word in things.nouns] == nouns
    rest = [word.written for word in things.words if word not in things.nouns]
    assert [word for word in rest if word not in ("there", "were")] == others


@given(st.text(max_size=200))
def test_each_word_stands_where_it_says(text: str) -> None:
    query = Query(text)
    for word in things_of(query, "en").words:
        assert query.cleaned[word.at : word.end] == word.written
