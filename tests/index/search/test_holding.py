"""Every sentence that holds some words."""

from __future__ import annotations

import pytest

from index import Query
from index.generation.store import SavedGeneration


def holding(opened: SavedGeneration, words: str, *sources: str) -> list[str]:
    ids = [d.id for d in opened.documents if not sources or d.source in sources]
    found = opened.retriever.within(ids).holding(Query(words))
    return [passage.document.cut(sentence.span) for passage, sentence in found]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Brell", 3),
        ("lighthouses", 2),
        ("rye bread", 3),
        ("harbour Brell", 2),
        ("zebra", 0),
        ("", 0),
    ],
)
def test_all_that_hold_the_words_are_found_in_any_form(
    opened: SavedGeneration, words: str, count: int
) -> None:
    found = holding(opened, words)
    assert len(found) == len({*found}) == count
    every = [
        p.document.cut(s.span)
        for p in opened.retriever.passages
        for s in p.sentences
        if words and Query(words).words().stems <= {*Query(p.document.cut(s.span)).words().stems}
    ]
    assert found == every


def test_of_documents_that_are_not_looked_at_nothing_is_found(opened: SavedGeneration) -> None:
    assert len(holding(opened, "Brell", "nested/bread.txt")) == 1
