"""Markdown: what stands before the text names it, and pictures are no sentences."""

from __future__ import annotations

import pytest

from index.load.loading import load_text
from index.passages.chunking import split
from index.types import Document
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
