"""Lines that only the width of the page broke are one paragraph; records a line stay."""

from __future__ import annotations

import textwrap

import pytest

from index.load.text import blocks

EELS = (
    "Eels are caught in autumn, when they leave the ponds and swim down the river to the sea in "
    "nights without a moon, and the men of the village stand at the weir with long baskets until "
    "the morning. What is caught is weighed at once and written down by the miller.",
    "Nobody may set more than four baskets, and each of them must have a gap through which eels "
    "shorter than a hand can slip out again. The warden of the river looks at all the baskets on "
    "the first day of the season, and takes away those that have none.",
)
AALE = (
    "Die Aale werden im Herbst gefangen, wenn sie die Teiche verlassen und in mondlosen Nächten "
    "den Fluss hinunter zum Meer schwimmen, und die Männer des Dorfes stehen mit langen Körben am "
    "Wehr bis zum Morgen. Was gefangen ist, wird sofort gewogen und vom Müller aufgeschrieben.",
    "Niemand darf mehr als vier Körbe aufstellen, und jeder von ihnen muss eine Lücke haben, durch "
    "die kurze Aale wieder hinausschlüpfen. Der Aufseher des Flusses sieht am ersten Tag der "
    "Fangzeit alle Körbe durch und nimmt die weg, die keine haben.",
)


def count(text: str) -> int:
    return len(blocks(text))


@pytest.mark.parametrize("width", [50, 72, 119, 130, 150, 200])
@pytest.mark.parametrize("paragraphs", [EELS, AALE])
def test_wrapped_paragraphs_are_joined_whatever_their_width(
    width: int, paragraphs: tuple[str, ...]
) -> None:
    text = "\n\n".join(textwrap.fill(p, width) for p in paragraphs)
    assert count(text) == 2


def test_one_vast_line_among_them_is_no_width() -> None:
    url = f"http://example.org/{'a' * 400}"
    text = "\n\n".join([*(textwrap.fill(p, 150) for p in EELS), url])
    assert count(text) == 3


def test_a_paragraph_a_line_stays_one() -> None:
    assert count("\n".join([*EELS, *AALE, EELS[0]])) == 5


def test_records_a_line_stay_apart_however_alike_they_are() -> None:
    logged = [
        f"2023-11-{day:02} 06:{day}:00 INFO weir: the basket of the miller held {day * 7} eels, "
        f"and all of them were weighed by the warden of the river and put back into the upper pond"
        for day in range(10, 30)
    ]
    assert count("\n".join(logged)) == 20
    levels = [
        f"level=info day={day} msg=the basket of the miller held {day * 7} eels and all of "
        f"them were weighed by the warden of the river and put back into the pond of the village"
        for day in range(10, 30)
    ]
    assert count("\n".join(levels)) == 20
