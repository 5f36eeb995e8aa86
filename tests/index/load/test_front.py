"""Front matter: what of it is a line to quote, what names the text, and what is for programs."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.load.front import FrontMatter, front_matter

BODY = "# Pier\n\nThe pier of Tarn was closed in May.\n"


def quoted(front: str, fence: str = "---") -> list[tuple[str, str]]:
    """The kind and the words of each field."""
    text = f"{fence}\n{front}\n{fence}\n{BODY}"
    found = front_matter(text)
    assert text[found.length :] == BODY
    return [(b.kind.value, text[b.start : b.end]) for b in found.fields]


@pytest.mark.parametrize(
    ("front", "fields"),
    [
        ("title: Pier\nlayout: post\ndraft: true\nslug: p\ntags:\n  - sea", []),
        ("Frist: 1. September\nKosten: 12.000 €", [("rows", "Frist: 1. September"),
                                                   ("rows", "Kosten: 12.000 €")]),
        ("author: Ida Holm\ndate: 2024-05-01", [("byline", "author: Ida Holm"),
                                               ("dateline", "date: 2024-05-01")]),
        ("author: admin\npublished: true\nupdated: soon", []),
        ("summary: >\n  Closed\n  in May.\nowner: Bo", [("rows", "summary: >\n  Closed\n  in May."),
                                                       ("rows", "owner: Bo")]),
        ("costs:\n  mole: 500 euros\n\n# to come\nboats:\n- Sula\n  # and more\n\nid: 7",
         [("rows", "costs:\n  mole: 500 euros"), ("rows", "boats:\n- Sula")]),
        ("rule: |\n  Row.\n  # 7\n\n# to come\nid: 7", [("rows", "rule: |\n  Row.\n  # 7")]),
        ("note: # to come\nstate: ''", []),
        ("a: &x [1, 2]\nb: *x", [("rows", "a: &x [1, 2]")]),
        ("- a\n- b", []),
        ("state: 'never closed", []),
        ("[" * 3_000, []),
    ],
)  # fmt: skip
def test_a_field_of_the_subject_can_be_quoted(front: str, fields: list[tuple[str, str]]) -> None:
    assert quoted(front) == fields


def test_toml_is_read_up_to_its_first_table() -> None:
    front = (
        'title = "Pier"\nbudget = "900"\nboats = [\n  "Sula",\n]\ndate = 2024-05-01\n[menu]\na = 1'
    )
    assert quoted(front, "+++") == [
        ("rows", 'budget = "900"'),
        ("rows", 'boats = [\n  "Sula",\n]'),
        ("dateline", "date = 2024-05-01"),
    ]
    assert front_matter(f"+++\n{front}\n+++\n").meta == {"title": "Pier", "date": "2024-05-01"}
    assert quoted("budget = never closed", "+++") == []


def test_a_rule_begins_no_front_matter() -> None:
    for text in (BODY, f"---\n\n{BODY}", f" ---\na: b\n---\n{BODY}"):
        assert front_matter(text) == FrontMatter(0)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=5), st.booleans())
def test_fields_lie_in_order_in_the_front_matter(lines: list[str], toml: bool) -> None:
    fence = "+++" if toml else "---"
    text = "\n".join([fence, *lines, "title: Pier", "state = 3", fence, BODY])
    found = front_matter(text)
    at = 0
    for block in found.fields:
        assert at <= block.start < block.end <= found.length
        at = block.end
    assert set(found.meta) <= {"title", "author", "date"}
    assert all(found.meta.values())
