"""Paragraphs that something stands amid, or that a column's or a page's end parts."""

from __future__ import annotations

import pytest

from index.load.pdf.joins import joined_flows
from index.load.pdf.paragraphs import Usual
from index.load.pdf.sheet import Part, TextLine
from index.types import BlockKind

NORM = Usual(10.0, False, False, {})
FULL, SHORT = 200.0, 120.0


def part(
    *texts: str, size: float = 10, right: float = FULL, aside: bool = False,
    kind: BlockKind = BlockKind.PARAGRAPH,
) -> Part:  # fmt: skip
    lines = (
        TextLine(text, 40, right, 300 - 12 * i, size, False, False, (), 0)
        for i, text in enumerate(texts)
    )
    return Part(kind, tuple(lines), aside=aside)


BEGUN = part("The mill ground barley for the", "two hundred years in which the")
GOES_ON = part("dam held, until the night of", "the storm. Nobody mended it")
ANEW = part("Nobody had the money that was", "needed for another one of oak")
FILLED = part("What stands on these two lines", "reaches to their end, and stops.")


def texts(*flows: list[Part]) -> list[str]:
    return [" ".join(line.text for line in one.lines) for one in joined_flows(flows, NORM)]


def whole(*parts: Part) -> str:
    return " ".join(line.text for one in parts for line in one.lines)


@pytest.mark.parametrize(
    "between",
    [
        part("The mill in the year 1907,", "seen from the quay.", size=8),
        part("Nobody asked who drew the maps.", size=15),
        part("In short", "A dam holds back the flood.", aside=True),
    ],
    ids=["a caption", "a pulled quotation", "a box"],
)
def test_what_stands_amid_a_paragraph_does_not_part_it(between: Part) -> None:
    assert texts([BEGUN, between, GOES_ON]) == [whole(BEGUN, GOES_ON), whole(between)]
    assert texts([BEGUN, between], [GOES_ON]) == [whole(BEGUN, GOES_ON), whole(between)]


def test_a_new_sentence_behind_a_caption_or_a_heading_is_a_paragraph_of_its_own() -> None:
    for between in (part("Seen from the quay", size=8), part("The wheel", size=15)):
        assert texts([BEGUN, between, ANEW]) == [whole(BEGUN), whole(between), whole(ANEW)]


def test_a_new_sentence_may_go_on_in_the_next_column_and_behind_a_box() -> None:
    """Names and nouns begin large; only what may be a heading asks for more."""
    box = part("A dam holds back the flood.", aside=True)
    assert texts([BEGUN], [ANEW]) == [whole(BEGUN, ANEW)]
    assert texts([BEGUN, box, ANEW]) == [whole(BEGUN, ANEW), whole(box)]


def test_where_a_sentence_ends_or_a_line_is_short_nothing_is_joined() -> None:
    assert texts([FILLED], [GOES_ON]) == [whole(FILLED), whole(GOES_ON)]
    short = part("The mill ground barley for the", "two hundred years", right=SHORT)
    short = short._replace(lines=(BEGUN.lines[0], BEGUN.lines[0], short.lines[1]))
    assert texts([short], [GOES_ON]) == [whole(short), whole(GOES_ON)]


def test_what_a_paragraph_leads_to_parts_it() -> None:
    code = part("mill.turn()", kind=BlockKind.CODE)
    assert texts([BEGUN, code, GOES_ON]) == [whole(BEGUN), whole(code), whole(GOES_ON)]


def test_a_footnote_and_what_runs_along_stand_between_two_pages() -> None:
    note, number = part("1 As the minutes say.", size=8), part("17", kind=BlockKind.RULE)
    found = texts([BEGUN, note], [number], [GOES_ON])
    assert found == [whole(BEGUN, GOES_ON), whole(note), whole(number)]


def test_a_long_text_in_larger_letters_is_no_pulled_quotation() -> None:
    large = part(*["a longer text is not one that was pulled out"] * 6, size=15)
    assert texts([BEGUN], [large], [GOES_ON]) == [whole(BEGUN), whole(large), whole(GOES_ON)]


HEADING = part("How the mill at the lower weir", "came to be rebuilt in oak", size=15)


def test_a_heading_that_a_page_parts_is_one() -> None:
    """In its own letters: neither the text before it nor the number of the page takes it."""
    number, rest = part("17", kind=BlockKind.RULE), part("after the flood of 1907", size=15)
    found = texts([FILLED, HEADING], [number], [rest, BEGUN])
    assert found == [whole(FILLED), whole(HEADING, rest), whole(number), whole(BEGUN)]
    assert texts([BEGUN, HEADING], [number], [rest, GOES_ON])[0] == whole(BEGUN, GOES_ON)


@pytest.mark.parametrize(
    "rest",
    [
        part("Nobody paid for it", size=15),
        part("after the flood of 1907", size=18),
        part("after the flood of 1907"),
    ],
    ids=["begins anew", "in larger letters", "in the text's letters"],
)
def test_what_may_be_another_heading_or_the_text_is_not_joined_to_one(rest: Part) -> None:
    assert texts([FILLED, HEADING], [rest]) == [whole(FILLED), whole(HEADING), whole(rest)]


def test_a_heading_that_text_stands_behind_does_not_go_on() -> None:
    rest = part("after the flood of 1907", size=15)
    assert whole(HEADING) in texts([FILLED, HEADING, FILLED], [rest])


def test_terms_over_larger_descriptions_stay_apart() -> None:
    terms = [part("font.name_of_the_family", size=10) for _ in range(3)]
    meanings = [part("Wraps what the file says of it", size=13) for _ in range(3)]
    given = [one for pair in zip(terms, meanings, strict=True) for one in pair]
    assert texts(given) == [whole(one) for one in given]


def test_only_one_larger_text_stands_between() -> None:
    large = part("Nobody asked who drew the maps", size=15)
    given = [BEGUN, large, large, GOES_ON]
    assert texts(given) == [whole(one) for one in given]


def test_behind_a_table_a_text_goes_on_only_in_its_column_and_amid_a_sentence() -> None:
    rows = part("1907: 40 sacks", "1908: 44 sacks", kind=BlockKind.ROWS)
    moved = GOES_ON._replace(lines=tuple(line._replace(left=140) for line in GOES_ON.lines))
    assert texts([BEGUN, rows], [GOES_ON]) == [whole(BEGUN, GOES_ON), whole(rows)]
    for after in (ANEW, moved):
        assert texts([BEGUN, rows], [after]) == [whole(BEGUN), whole(rows), whole(after)]


def test_the_few_words_of_a_narrow_cell_do_not_go_on_in_the_next() -> None:
    label = part("Repairs of", "the old roof")
    assert texts([label], [GOES_ON]) == [whole(label), whole(GOES_ON)]
