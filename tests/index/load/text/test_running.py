"""Headers and footers of plain text are furniture, and neither headings nor quoted."""

from __future__ import annotations

import pytest

from index.load.text import blocks
from index.types import BlockKind

SAID = (
    "The lock is opened at six and closed at nine, on Sundays at eight.",
    "Who comes late waits at the lower quay until the morning.",
    "A boat pays by its length, and rowing boats pay nothing.",
    "Ice closes the lock in most winters for some weeks.",
    "The keeper lives above the engine room.",
    "All gates were made new when the river was moved.",
)


def body(number: int) -> str:
    """The text of a page, of which no two are alike."""
    lines = [SAID[(number + i) % 6] for i in range(3)]
    return "\n\n".join(
        f"{line[:-1]}, as rule {number * 7 + i} says." for i, line in enumerate(lines)
    )


def running(text: str) -> list[str]:
    rules = (b for b in blocks(text) if b.kind is BlockKind.RULE)
    return [" ".join(text[b.start : b.end].split()) for b in rules]


def headings(text: str) -> list[str]:
    return [text[b.start : b.end] for b in blocks(text) if b.kind is BlockKind.HEADING]


@pytest.mark.parametrize(
    ("line", "pages"),
    [
        ("Yearly Report of the Lock 2019     Page {}", range(4, 8)),
        ("Seite {} von 9", range(1, 5)),
        ("Moe                  Lock Standards Track                 [Page {}]", range(1, 3)),
        ("- {} -", range(11, 15)),
        ("The Lock of Tarn               {}", range(2, 6)),
        ("{}               The Lock of Tarn", range(2, 8, 2)),
    ],
)
def test_a_line_that_counts_pages_is_running(line: str, pages: range) -> None:
    text = "\n\n".join(f"{line.format(n)}\n\n{body(n)}" for n in pages)
    assert running(text) == [" ".join(line.format(n).split()) for n in pages]
    assert headings(text) == []


def test_what_stands_beside_the_number_of_each_page_is_running_too() -> None:
    text = "\n\n\f\nLSR 7          Gates and Sluices          June 2004\n\n".join(
        f"{body(n)}\n\nMoe            Standards Track           [Page {n}]" for n in range(1, 5)
    )
    found = running(text)
    assert running(text.replace("\f", "")) == found
    assert found.count("LSR 7 Gates and Sluices June 2004") == 3
    assert found.count("Moe Standards Track [Page 3]") == 1
    assert len(found) == 7


def test_form_feeds_show_a_header_without_a_number() -> None:
    text = "\f".join(f"Papers of the Lock Society\n\n{body(n)}\n\n{n}\n" for n in range(5, 9))
    assert running(text) == [w for n in range(5, 9) for w in ("Papers of the Lock Society", str(n))]


@pytest.mark.parametrize(
    "line",
    [
        "Lock Society, p. {}, Brell",
        "Sheet {}",
        "Lock Society | {}",
        "Lock Society, {} of 9",
        "({})",
    ],
)
def test_form_feeds_show_a_number_that_is_shown_as_a_pages(line: str) -> None:
    text = "\f".join(f"{body(n)}\n\n{line.format(n)}\n" for n in range(5, 9))
    assert running(text) == [line.format(n) for n in range(5, 9)]


@pytest.mark.parametrize(
    "text",
    [
        # a refrain
        "\n\n".join(f"{body(n)}\n\nRow, brothers, row" for n in range(4)),
        # who speaks
        "\n\n".join(f"IDA:\n{SAID[n]}\n\nOLE:\n{SAID[n + 1]}" for n in range(5)),
        # days and weeks, each with a text
        "\n\n".join(f"Week {n}\n\n{body(n)}" for n in range(1, 6)),
        "\f".join(f"Week {n}\n\n{body(n)}\n" for n in range(1, 6)),
        # records
        "\f".join(f"Invoice No. {1000 + n}\n\n{body(n)}\n" for n in range(1, 5)),
        "\f".join(f"{body(n)}\n\nPaid with cheque {n}, Brell\n" for n in range(7, 11)),
        # a table and a list
        "\n".join(f"Berth          {n}" for n in range(1, 9)),
        "\n".join(f"See page {n}" for n in range(1, 9)),
        "\n\n".join(f"Chapter {n}. {SAID[n]}" for n in range(1, 6)),
    ],
)
def test_what_is_said_again_is_text(text: str) -> None:
    assert running(text) == []


def test_a_line_that_goes_on_over_the_page_is_no_heading() -> None:
    text = (
        f"{body(1)}\n\nThe keeper and the warden\n\nLock papers   Page 1\n\n"
        f"of the river agreed on that.\n\n{body(2)}\n\nLock papers   Page 2\n\n{body(3)}\n"
    )
    assert headings(text) == []
