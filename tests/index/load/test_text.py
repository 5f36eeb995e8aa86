"""Plain text: what its blocks are."""

from __future__ import annotations

import pytest

from index.layout import layout
from index.load.text import blocks
from index.types import BlockKind
from tests.doubles import document

RULE, ROWS, CODE, TEXT = BlockKind.RULE, BlockKind.ROWS, BlockKind.CODE, BlockKind.PARAGRAPH
HEADING = BlockKind.HEADING
SAID = "The lock is opened at six and closed at nine, on Sundays at eight."


def shown(text: str) -> list[tuple[BlockKind, str]]:
    return [(b.kind, " ".join(text[b.body : b.end].split())) for b in blocks(text)]


TABLE = """Fees of the boat club

Berth              Metres     Crowns
North quay              7       1200
East mole              12       2900
------------------------------------
Total                           4100

Gesamt                          4100

They are due in May.
"""


def test_lines_in_columns_are_rows_and_so_is_the_total_below_them() -> None:
    assert shown(TABLE) == [
        (BlockKind.HEADING, "Fees of the boat club"),
        (ROWS, "Berth Metres Crowns"),
        (ROWS, "North quay 7 1200"),
        (ROWS, "East mole 12 2900"),
        (RULE, "-" * 36),
        (ROWS, "Total 4100"),
        (ROWS, "Gesamt 4100"),
        (TEXT, "They are due in May."),
    ]


def test_fields_at_the_head_of_a_text_stay_what_they_say() -> None:
    text = "Author:    Ida Holm\nDate:      3 May 2021\n\nThe quay was closed for a year.\n"
    made = document(text)
    assert [p.role for p in layout(made)][:2] == ["byline", "dateline"]


def test_a_numbered_heading_with_a_wide_gap_is_no_row() -> None:
    text = f"{TABLE}\n4.1    Dues\n\nThey are paid in May.\n\n4.2    Fines\n\nThere are none.\n"
    assert [words for kind, words in shown(text) if kind is BlockKind.HEADING][1:] == [
        "4.1 Dues",
        "4.2 Fines",
    ]


def test_a_wide_gap_alone_makes_no_table() -> None:
    text = "He waited   a while at the gate\nand then he went home.\n"
    assert shown(text) == [(TEXT, "He waited a while at the gate and then he went home.")]


def test_dumps_and_code_are_told_from_the_text_around_them() -> None:
    text = (
        "The chip of the lock held this:\n"
        "0000: 1f8b 0800 0000 0000 0003 cb48 cdc9 c957  .......H...W\n"
        "0010: 28cf 2fca 4901 0085 114a 0d0b 0000 0043  (./.I....J.....C\n"
        "It was read in March.\n\n"
        "    gate = lock.open(3)\n    lock.wait(gate)\n    print(gate.level)\n\n"
        "The gate opens slowly.\n"
    )
    assert [kind for kind, _ in shown(text)] == [TEXT, CODE, CODE, TEXT, CODE, CODE, CODE, TEXT]


def test_the_entries_of_a_table_of_contents_are_not_quoted() -> None:
    text = "Contents\n\n1. Gates ......... 3\n2. Locks . . . . . iv\n\nThe lock has two gates.\n"
    assert [kind for kind, _ in shown(text)][1:] == [RULE, RULE, TEXT]


def test_what_stands_between_two_fences_is_code() -> None:
    text = "Run this:\n\n```\nlock open 3\n\nlock close 3\n```\n\nThen wait.\n\n```\nOpen end.\n"
    assert shown(text)[1:6] == [
        (RULE, "```"),
        (CODE, "lock open 3"),
        (CODE, "lock close 3"),
        (RULE, "```"),
        (TEXT, "Then wait."),
    ]
    assert shown(text)[-1] == (TEXT, "Open end.")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"```row``` is said by Ida.\n\n{SAID}\n\n```stop``` is said by Ole.\n", [TEXT] * 3),
        (f"Hours\n~~~~~\n{SAID}\n\nPrices\n~~~~~~\n{SAID}\n", [HEADING, RULE, TEXT] * 2),
        (f"{SAID}\n\n~~~~\n\n{SAID}\n\n~~~~\n\n{SAID}\n", [TEXT, RULE, TEXT, RULE, TEXT]),
        (f"{SAID}\n\n~~~ sh\nrow\n~~~\n\n{SAID}\n", [TEXT, RULE, CODE, RULE, TEXT]),
        ("````\nrow\n```\nstop\n````\n", [RULE, CODE, CODE, CODE, RULE]),
    ],
)
def test_only_a_full_line_is_a_fence_and_none_that_is_drawn(
    text: str, kinds: list[BlockKind]
) -> None:
    assert [kind for kind, _ in shown(text)] == kinds


def test_agenda_lines_keep_their_bullets() -> None:
    text = "Agenda\n\n– Opening\n– Accounts of 2023\n➢ Election\n1. Any other business\n"
    items = [b for b in blocks(text) if b.kind is BlockKind.ITEM]
    assert [text[b.start : b.body].strip() for b in items] == ["–", "–", "➢", "1."]
