"""What an overview quotes: how many sentences of which documents, none said twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from index import Document
from index.generation.build import encode_documents
from index.search import Hybrid
from rag import Engine
from rag.overview import LabelledChoices, OverviewRequest, lead, overview, pick, pool_of
from rag.overview.choosing import ALL, EACH
from tests.doubles import BREAD, EELS, HARBOUR, FakeEncoder, document

WORDS = ["ferry", "harbour", "lamp", "eel", "weir", "mud", "gate", "bell", "salt", "reed", "smith"]
WORLD = [document(HARBOUR, "harbour.txt"), document(EELS, "eels.md"), document(BREAD, "bread.txt")]
EVERYTHING = OverviewRequest()


def retriever(documents: Sequence[Document]) -> Hybrid:
    return encode_documents(documents, FakeEncoder()).retriever(FakeEncoder())


def chosen(
    documents: Sequence[Document], request: OverviewRequest = EVERYTHING
) -> list[LabelledChoices]:
    return overview(retriever(documents), documents, request)


def quotes(found: Sequence[LabelledChoices]) -> list[str]:
    readings = [choice.reading for one in found for choice in one.choices]
    return [r.hit.passage.document.cut(r.span) for r in readings]


@pytest.fixture(scope="module")
def world() -> Hybrid:
    return retriever(WORLD)


def test_by_document_under_its_title(world: Hybrid) -> None:
    found = overview(world, WORLD, EVERYTHING)
    assert [one.label for one in found] == [d.title for d in WORLD]
    for one in found:
        starts = [c.reading.span.start for c in one.choices]
        assert starts == sorted(starts)
    assert len(quotes(found)) <= ALL


@pytest.mark.parametrize("count", [1, 2, 3, 7, 50])
def test_as_many_as_are_asked_for(world: Hybrid, count: int) -> None:
    found = quotes(overview(world, WORLD, OverviewRequest(sentences=count)))
    every = quotes(overview(world, WORLD, OverviewRequest(sentences=1_000)))
    assert len(found) == min(count, len(every))
    assert set(found) <= set(every)


def test_what_one_document_has_not_another_may_give() -> None:
    small = document("The ferry of Tarn crosses at noon.\n", "small.txt")
    found = chosen([small, *WORLD], OverviewRequest(sentences=8))
    assert len(quotes(found)) == 8


texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), max_size=15)


@settings(max_examples=15)
@given(st.lists(texts, min_size=1, max_size=3), st.integers(1, 6))
def test_whole_sentences_in_order_none_twice(documents: list[list[list[str]]], count: int) -> None:
    written = [". ".join(" ".join(s).capitalize() for s in text) + "." for text in documents]
    own = [document(f"{text}\n", f"{i}.txt") for i, text in enumerate(written) if len(text) > 1]
    own = list({d.id: d for d in own}.values())
    if not own:
        return
    found = chosen(own, OverviewRequest(sentences=count))
    said = quotes(found)
    assert len(said) <= count
    assert len(set(said)) == len(said)
    assert quotes(chosen(own, OverviewRequest(sentences=count))) == said


def test_no_sentence_is_said_again_in_other_words() -> None:
    text = (
        "The lock gate of Brell weighs eleven tonnes.\n\n"
        "The lock gate of Brell weighs 11 tonnes.\n\n"
        "The keeper of the ferry sleeps at the mill.\n"
    )
    assert len(quotes(chosen([document(text)]))) == 2


def test_neither_in_another_document() -> None:
    text = "The lock gate of Brell weighs eleven tonnes.\n"
    other = f"{text}\nThe keeper of the ferry sleeps at the mill.\n"
    found = quotes(chosen([document(text, "a.txt"), document(other, "b.txt")]))
    assert sorted(found) == [
        "The keeper of the ferry sleeps at the mill.",
        "The lock gate of Brell weighs eleven tonnes.",
    ]


@pytest.mark.parametrize("text", ["# Brell\n", "Yes.\n"])
def test_nothing_where_nothing_is_said(text: str) -> None:
    assert chosen([document(text)]) == []


def test_a_table_is_told_by_its_first_rows(tmp_path: Path, ibid_home: Path) -> None:
    (tmp_path / "tides.csv").write_text("port,level\n" + "".join(f"P{n},{n}\n" for n in range(9)))
    (tmp_path / "note.txt").write_text("The harbour of Brell keeps a table of its tides.\n")
    engine = Engine.open(tmp_path)
    assert [c.quote for c in engine.overview().citations] == [
        "The harbour of Brell keeps a table of its tides.",
        "port: P0; level: 0",
        "port: P1; level: 1",
        "port: P2; level: 2",
    ]


def test_one_sentence_is_its_own_overview() -> None:
    text = "The lock gate of Brell weighs eleven tonnes.\n"
    assert quotes(chosen([document(text)])) == [text.strip()]


def test_of_one_document_five_sentences_and_of_a_section_its_own() -> None:
    section = "The {0} of Brell is {1} years old. The keeper of the {0} was born in {1}2.\n"
    text = "".join(
        f"# Chapter {n}. {word}\n\n{section.format(word, n + 50)}\n" for n, word in enumerate(WORDS)
    )
    own = [document(text, "chapters.md")]
    assert len(quotes(chosen(own))) == EACH
    only = chosen(own, OverviewRequest(is_named=lambda heading: heading.startswith("Chapter 3.")))
    assert quotes(only) == [
        "The eel of Brell is 53 years old.",
        "The keeper of the eel was born in 532.",
    ]


def test_a_long_one_is_told_by_its_sections() -> None:
    words = [(a, b) for a in WORDS for b in WORDS if a != b]
    part = [f"The {a} of the {b} in Brell is painted {a} each summer." for a, b in words]
    half = len(part) // 2
    text = f"# North\n\n{' '.join(part[:half])}\n\n# South\n\n{' '.join(part[half:])}\n"
    text += f"\n# West\n\n{' '.join(p.replace('summer', 'winter in the old yard') for p in part)}\n"
    labels = [one.label for one in chosen([document(text, "sides.md")])]
    assert set(labels) <= {"North", "South", "West"}
    assert len(labels) == len(set(labels))


def test_a_topic_is_told_of_where_it_stands(world: Hybrid) -> None:
    found = overview(world, WORLD, OverviewRequest("rye bread"))
    assert [one.label for one in found] == ["Rye Bread"]
    assert all("bread" in said for said in quotes(found))


def test_nothing_of_a_topic_that_stands_nowhere(world: Hybrid) -> None:
    assert overview(world, WORLD, OverviewRequest("volcanic glaciology")) == []


def test_only_documents_looked_at(world: Hybrid) -> None:
    narrowed = world.within([WORLD[1].id])
    found = overview(narrowed, [WORLD[1]], EVERYTHING)
    assert [one.label for one in found] == [WORLD[1].title]
    assert overview(narrowed, [WORLD[1]], OverviewRequest("rye bread")) == []


@pytest.mark.slow
def test_of_a_thousand_documents_some_that_differ() -> None:
    own = [
        document(
            f"The {WORDS[n % 11]} of village {n} is kept by the {WORDS[n // 11 % 11]} board.\n",
            f"{n}.txt",
        )
        for n in range(1_000)
    ]
    found = chosen(own)
    assert len(found) == ALL
    assert len({word for said in quotes(found) for word in WORDS if f"The {word}" in said}) > 6


def test_pick_takes_the_next_in_place_of_what_is_said() -> None:
    own = retriever(WORLD[:1])
    pool = pool_of(own.stored, range(len(own.passages)))
    first, second, third = pick(pool, lead, 3)
    assert pick(pool, lead, 2, [pool.told[first]]) == [second, third]
    assert pick(pool, lead, 0) == []
