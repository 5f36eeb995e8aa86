"""Furniture by the words of a line and by its place; what a text says is left alone."""

from __future__ import annotations

import pytest

from index.layout.divide import Kind
from index.layout.furniture import is_furniture, is_label
from tests.index.layout.test_divide import pieces_of

BODY = "The dredger came on Monday and left the harbour of Brell a metre deeper than before.\n"


def kinds_of(text: str) -> dict[str, Kind]:
    return {cut: kind for kind, cut in pieces_of(text)}


@pytest.mark.parametrize(
    "line",
    [
        "Sign in to your account.",
        "Subscribe to the newsletter of the harbour office.",
        "We sent a newsletter to every boat owner in September.",
        "All rights, he said, to rain",
        "Cookies were her other fame: ginger, hard as slate.",
        "Yes.",
        "Next!",
        "2007 net revenue | $231.0",
        "Read more slowly, she told the class, and they did.",
    ],
)
def test_what_a_text_says_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Why the herring came back",
        "Home | News | Sport | Contact",
        "12 comments",
        "© 2021 Brell Gazette. All rights reserved.",
        "Jetzt abonnieren",
        "Partager sur Facebook",
        "Aviso legal",
        "Get the week's tides in your inbox every Friday.",
    ],
)
def test_the_talk_of_a_page_is_furniture(line: str) -> None:
    assert is_furniture(line)


def test_a_label_is_furniture_outside_the_text_and_a_heading_inside() -> None:
    assert is_label("Weather")
    assert not is_furniture("Weather")
    found = kinds_of(
        f"Home | News | Contact\nWeather\nTides\nThe harbour of Brell\nBy Ida Holm\n\n{BODY}\n"
        f"Contact\n\n{BODY}\nShare\nRelated articles\nWhy the herring came back\nHelp\n"
    )
    assert {found[line] for line in ("Weather", "Tides", "Help", "Why the herring came back")} == {
        Kind.FURNITURE
    }
    assert found["Contact"] is Kind.HEADING
    assert found["The harbour of Brell"] is Kind.TITLE
    assert found["By Ida Holm"] is Kind.SENTENCE


def test_the_end_of_a_letter_is_no_footer() -> None:
    found = kinds_of(f"{BODY}\nContact\n\nYours sincerely,\n\nIda Holm\nSecretary\n")
    assert Kind.FURNITURE not in found.values()


def test_a_table_of_contents_is_furniture_and_its_headings_are_not() -> None:
    found = pieces_of(
        f"The harbour\n\n{BODY}\nOn this page\nMud\nEels\n\nMud\n\n{BODY}\nEels\n\n{BODY}"
    )
    assert [kind for kind, cut in found if cut == "Mud"] == [Kind.FURNITURE, Kind.HEADING]
    assert [kind for kind, cut in found if cut == "Eels"] == [Kind.FURNITURE, Kind.HEADING]


def test_the_widest_line_of_a_stack_is_not_joined_to_the_next() -> None:
    stack = (
        "Skip to content\nAdvertisement\nDredging of Brell harbour delayed\nBy Ida Holm\nShare\n"
    )
    found = kinds_of(f"{stack}\n{BODY}")
    assert found["Dredging of Brell harbour delayed"] is Kind.TITLE
    assert found["By Ida Holm"] is Kind.SENTENCE


def test_lines_that_the_width_of_the_page_broke_are_joined() -> None:
    wrapped = (
        "The dredger came on Monday and left the\nharbour of Brell deeper than it was in\nMay.\n"
    )
    assert [cut for _, cut in pieces_of(wrapped)] == [wrapped.strip()]
