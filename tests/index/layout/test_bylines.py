"""Short lines that say who wrote a text and when, and those that only look like it."""

from __future__ import annotations

import pytest

from index.layout.bylines import role_of
from index.types import Block, BlockKind

TEXT = "The harbour of Brell was dredged in 1987, and it took the whole of the summer."


def role(*lines: str, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> str:
    """The role of the second line, with a text below all of them."""
    at, blocks = 0, []
    for line in (*lines, TEXT):
        blocks.append(Block(kind, at, at + len(line), at, level))
        at += len(line) + 2
    return role_of([*lines, TEXT], blocks, 1, len(lines))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ida Holm", "byline"),
        ("Photographed by Jens Krog", "byline"),
        ("Von Ida Holm", "byline"),
        ("Author: Ida Holm", "byline"),
        ("by the harbour", "body"),
        ("Powered by Brellware", "body"),
        ("May 3, 2021", "dateline"),
        ("3. Mai 2021", "dateline"),
        ("2021年5月3日", "dateline"),
        ("Updated 2021-05-03", "dateline"),
        ("Open until 3 May 2021", "body"),
        ("It opened on May 3, 2021.", "body"),
        ("Ida Holm", "body"),  # a name alone may be the subject
    ],
)
def test_a_line_below_the_title(line: str, expected: str) -> None:
    assert role("The Harbour", line) == expected


def test_a_name_above_a_date_is_its_writers() -> None:
    assert role("The Harbour", "Ida Holm", "May 3, 2021") == "byline"


@pytest.mark.parametrize("kind", [BlockKind.RULE, BlockKind.ROWS, BlockKind.ITEM])
def test_a_cell_or_an_item_signs_nothing(kind: BlockKind) -> None:
    assert role("The Harbour", "By Ida Holm", kind=kind) == "body"


def test_a_heading_signs_nothing() -> None:
    assert role("The Harbour", "By Ida Holm", level=2) == "body"
