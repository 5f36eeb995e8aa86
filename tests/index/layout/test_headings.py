"""Lines that look like a heading, where no markup says so."""

from __future__ import annotations

import pytest

from index.layout.headings import is_number, looks_like_heading
from index.types import Block, BlockKind


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The lighthouse", True),
        ("“Eels in winter”", True),
        ("2. Harbour dues", True),
        ("The lighthouse stands.", False),
        ("Bring with you:", False),
        ("the lighthouse", False),
        ("The lighthouse\nand its keeper", False),
        ("Harbour " * 17, False),
        ("H" * 111, False),
        ("***", False),
        ("FIRST_BERTH=12", False),
        ("# keeper.name = Ida Holm", False),
    ],
)
def test_one_short_line_that_starts_and_does_not_end_like_a_sentence(
    line: str, expected: bool
) -> None:
    assert looks_like_heading(line, Block(BlockKind.PARAGRAPH, 0, len(line), 0)) is expected


def test_an_item_is_none() -> None:
    assert not looks_like_heading("The lighthouse", Block(BlockKind.ITEM, 0, 14, 0))


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Article 34", True),
        ("Artikel 5a", True),
        ("§ 12", True),
        ("3.2", True),
        ("IV.", True),
        ("Kapitel 2", True),
        ("Civil", False),
        ("Article 34 Fines", False),
        ("Section", False),
        ("The year 1987", False),
    ],
)
def test_a_heading_that_only_counts(heading: str, expected: bool) -> None:
    assert is_number(heading) is expected
