"""Numbered headings of plain text, and lists that are none."""

from __future__ import annotations

import pytest

from index.load.text import blocks
from index.types import BlockKind

STATUTES = """Statutes of the rowing club

1. Name

The club is called Tarn Rowing and has its seat in Tarn.

2. Members

Who can swim may become a member.

2.1 Leaving

A member leaves by a letter to the chair.

2.1.1 Dues of who left

They are not paid back.

3. Duties before a tour

1. Sign the book
2. Check the oars
3. Wear a vest

4. Dues

(a) Adults pay 90 crowns.
(b) Children pay nothing.
"""


def levels(text: str) -> dict[str, int]:
    found = (b for b in blocks(text) if b.kind is BlockKind.HEADING)
    return {text[b.start : b.end]: b.level for b in found}


def items(text: str) -> list[str]:
    return [text[b.body : b.end] for b in blocks(text) if b.kind is BlockKind.ITEM]


def test_numbered_lines_above_text_are_headings_as_deep_as_their_numbers() -> None:
    assert levels(STATUTES) == {
        "Statutes of the rowing club": 0,
        "1. Name": 3,
        "2. Members": 3,
        "2.1 Leaving": 4,
        "2.1.1 Dues of who left": 5,
        "3. Duties before a tour": 3,
        "4. Dues": 3,
    }
    assert items(STATUTES)[:3] == ["Sign the book", "Check the oars", "Wear a vest"]


def test_roman_numbers_and_sections_of_a_law() -> None:
    text = "II. Boote\n\nEs gibt drei Boote.\n\n§ 4 Ausleihe\n\nBoote werden tageweise verliehen.\n"
    assert levels(text) == {"II. Boote": 2, "§ 4 Ausleihe": 3}


@pytest.mark.parametrize(
    "text",
    [
        "1. Mix the dough\n2. Let it rise\n3. Bake the loaf\n\nServe it warm.\n",
        "1. Mix the dough\n\n2. Let it rise\n\n3. Bake the loaf\n\nServe it warm.\n",
        "1. Mix the dough.\n\nUse cold water.\n\n2. Let it rise.\n\nIt takes a day.\n",
        "1. Opening\n   - Roll call\n   - Minutes\n2. Accounts\n   - Auditors\n",
        "3. Mai 2019\n\nDas Boot wurde an diesem Tag getauft.\n",
    ],
)
def test_a_list_is_none(text: str) -> None:
    assert levels(text) == {}
    assert items(text)


def test_a_total_is_none() -> None:
    text = "Costs\n\nOars: 40\n\nTotal 59.50 euros\n\nAll was paid in May by the club.\n"
    assert levels(text) == {"Costs": 0}
    assert "Total catch in 2019" in levels("Total catch in 2019\n\nNine eels were caught then.\n")


@pytest.mark.parametrize(
    "text",
    [
        "After the harbour is dredged, open the new branch called\n<quay> and close the other.\n",
        "# The folder in which new berths are written down by\n# default, one a line.\n",
        "Wer ein Boot im Hafen liegen lässt, zahlt\nzum Ende des Jahres das Doppelte.\n",
    ],
)
def test_a_line_that_the_next_one_goes_on_with_is_none(text: str) -> None:
    made = blocks(f"{text}\nThe pier opens at six in the morning, and closes at nine.\n")
    assert BlockKind.HEADING not in {block.kind for block in made}


WRAPPED = """\
3.2 "Mooring Fee" means the sum that the Holder of a Berth
pays to the Harbour Master, on or before the first Day of
each Quarter, in the Currency of this Agreement.

The Holder is a "small craft owner" as that term is set in
47 H.B. 12, and the Berth is let under the Terms that hold
for such Owners.
"""


def test_the_first_line_of_a_wrapped_paragraph_is_none() -> None:
    assert levels(WRAPPED) == {}


@pytest.mark.parametrize("rule", ["", "-" * 56 + "\n"])
def test_a_long_line_above_a_rule_or_above_longer_ones_is_one(rule: str) -> None:
    heading = "Terms and Conditions for Mooring at the Northern Quay"
    below = "A berth is let for a quarter, and the fee is paid before the quarter begins, in full."
    assert heading in levels(f"{heading}\n{rule}{below}\n")


AGREEMENT = """\
  1. Berths and Boats.

  A berth is let to one boat, and it may not be lent to another without our word.

  2. Leaving the Harbour.

  2.1 Whoever leaves for over a month tells the harbour master, who may let the berth
  to a guest until the boat is back.

8. Fees
-------

(a) You must pay for the quarter before it begins, and for any
    Guests of yours who stay longer than a night; and

(b) you must keep the receipt.

9. Disputes
-----------

They are heard in Brell.
"""


def test_sections_of_an_agreement_with_stops_and_rules() -> None:
    assert levels(AGREEMENT) == {
        "1. Berths and Boats.": 3,
        "2. Leaving the Harbour.": 3,
        "8. Fees": 3,
        "9. Disputes": 3,
    }
