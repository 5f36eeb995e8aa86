"""Markdown: what stands before the text names it, and pictures are no sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.load.loading import load_text
from index.load.markdown import blocks
from index.passages.chunking import split
from index.types import BlockKind, Document
from tests.doubles import FakeEncoder

BODY = "## Ingredients\n\n- 4 eggs\n- a lamp\n\nThe pier of Tarn was closed in May.\n"


def quotable(made: Document) -> list[str]:
    passages = split(made, FakeEncoder().count_tokens)
    return [made.cut(s.span) for p in passages for s in p.sentences]


@pytest.mark.parametrize(
    ("front", "title", "author", "date"),
    [
        (
            "title: Tiramisù\nauthor: Ida Holm\ndate: 2024-05-01",
            "Tiramisù",
            "Ida Holm",
            "2024-05-01",
        ),
        ('Title: "The pier: a history"', "The pier: a history", "", ""),
        (
            "title: Pier\nauthors:\n  - Ida Holm\n  - Bo Lund\n  - 7: 8",
            "Pier",
            "Ida Holm, Bo Lund",
            "",
        ),
        ("title: [a, b]\ndate: {a: b}", "Ingredients", "", ""),
        ("title: untitled\nauthor: admin\ndate: soon", "Ingredients", "", ""),
        ("tags: [pier]\nweight: 3", "Ingredients", "", ""),
        ("- a\n- b", "Ingredients", "", ""),
        ("title: 'never closed", "Ingredients", "", ""),
        ("!!python/object/apply:os.system ['true']", "Ingredients", "", ""),
        ("title: !!python/name:os.system x", "x", "", ""),
        ("&a [*a, *a]", "Ingredients", "", ""),
        ("[" * 3_000, "Ingredients", "", ""),
        ("title: 2024", "2024", "", ""),
    ],
)
def test_it_says_its_title_its_author_and_its_date(
    front: str, title: str, author: str, date: str
) -> None:
    made = load_text(f"---\n{front}\n---\n\n{BODY}".encode(), "a.md")
    assert made.title == title
    assert (made.meta.get("author", ""), made.meta.get("date", "")) == (author, date)
    assert quotable(made)[-3:] == ["4 eggs", "a lamp", "The pier of Tarn was closed in May."]


def test_the_fields_of_front_matter_are_lines_that_can_be_quoted() -> None:
    front = "title: Pier\nstatus: closed\ncontact:\n  name: Bo Lund\n  phone: 12\ntags: [a]\n"
    made = load_text(f"---\n{front}---\n\n{BODY}".encode(), "a.md")
    assert quotable(made)[:2] == ["status: closed", "contact:\n  name: Bo Lund\n  phone: 12"]
    assert made.title == "Pier"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_is_no_heading(line_end: str) -> None:
    text = f"---\nstatus: closed\n---\n{BODY}".replace("\n", line_end)
    made = load_text(text.encode(), "a.md")
    assert quotable(made)[0] == "status: closed"
    assert made.title == "Ingredients"


@pytest.mark.parametrize(
    "pictures",
    [
        "![Pier](/pier.webp)",
        '![](a.png) ![a b](c.png "d")',
        "[![build](b.svg)](https://pier.example)",
    ],
)
def test_pictures_alone_are_no_sentence(pictures: str) -> None:
    made = load_text(f"# Pier\n\n{pictures}\n\nIt was closed in May.\n".encode(), "a.md")
    assert quotable(made) == ["It was closed in May."]


def test_a_picture_in_a_sentence_is_part_of_it() -> None:
    made = load_text(b"# Pier\n\nThe lamp ![lamp](a.png) was lit in May.\n", "a.md")
    assert quotable(made) == ["The lamp ![lamp](a.png) was lit in May."]


def items_of(text: str) -> list[str]:
    return [text[b.body : b.end] for b in blocks(text) if b.kind is BlockKind.ITEM]


@pytest.mark.parametrize(
    "text",
    [
        "The money of the pier:\n**1)** berths\n**2)** gifts\n",
        "Die Kasse lebt von:\n__a)__ Pacht\n__b)__ Spenden\n",
        "The keeper has to\n    1. light it\n    2. watch it\n",
        "1. All live there.\n   a. Guests do not.\n   b. Cats do.\n",
        "Bring with you:\n• ropes\n• bread\n",
        "**a)** One keeper\n\n**b)** One cook\n",
    ],
)
def test_lines_with_a_mark_that_commonmark_knows_not_are_members(text: str) -> None:
    assert len(items_of(text)) >= 2
    assert not any(item.startswith(("*", "_", "a.", "1", "•")) for item in items_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "The pier was opened in May\n12. It was then that\n14. June came.\n",
        "A. Holm built the pier of Tarn.\n",
        "**1. The pier of Tarn** was built in\n1987. It is long.\n",
        "It was built by\na. nobody knows.\n",
    ],
)
def test_lines_that_begin_with_a_number_by_chance_are_none(text: str) -> None:
    assert items_of(text) == []


@given(st.lists(st.sampled_from(["1. ", "a) ", "**2)** ", "> ", "    ", "\n", "- ", "lamp ", "é"])))
def test_the_blocks_of_any_text_lie_one_after_another(parts: list[str]) -> None:
    text = "".join(parts)
    edges = [edge for b in blocks(text) for edge in (b.start, b.body, b.end)]
    assert edges == sorted(edges)
    covered = "".join(text[b.start : b.end] for b in blocks(text))
    assert [*filter(str.isalnum, covered)] == [*filter(str.isalnum, text)]
