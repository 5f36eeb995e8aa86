"""PDF: letters whose font does not say which characters they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from index.errors import UnreadableDocument
from index.load.loading import Loaded, load_file
from index.types import BlockKind
from tests.index.load.pdf.forms import lying, text
from tests.index.load.pdfs import drawn_font, line, lines, pdf

FONTS = "/Resources << /Font << /F1 4 0 R /F9 10 0 R >> >>"
TEXT = (
    "The ferry crosses the bay four times a day,",
    "and in winter it does not run at all. The pilot",
    "lives in the house beside the upper lock gate,",
    "where the warden of the mill was born as well.",
)
REMEDY = (
    "save it again from the program that made it, or run OCR over it (ocrmypdf --force-ocr), and "
    "add what that writes"
)


def drawn(*texts: str, y: int = 350, x: int = 20) -> str:
    """Lines in the font whose letters are boxes."""
    return "\n".join(line(x, y - 12 * i, text, 10, "F9") for i, text in enumerate(texts))


def read(*pages: str, unnamed: str = "", named: dict[str, int] | None = None) -> Loaded:
    return load_file(pdf(pages, page=FONTS, more=drawn_font(unnamed, named)), "a.pdf")


def text_of(loaded: Loaded) -> str:
    return loaded.documents[0].text


def test_a_line_keeps_what_follows_its_unnamed_first_letter() -> None:
    page = drawn(TEXT[0], '"Dredging costs 48,000 euros," said Ida Holm.')
    loaded = read(page, unnamed='"')
    assert "\ufffdDredging costs 48,000 euros,\ufffd said Ida Holm." in text_of(loaded)
    (failure,) = loaded.failures
    assert failure.partly
    assert failure.source == "a.pdf, p. 1"
    assert failure.reason == (
        "a.pdf, p. 1: 2 characters cannot be decoded, and \ufffd stands for what is read of them; "
        + REMEDY
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The river Q reaches the bay.", "The river \ufffd reaches the bay."),
        ("It costs Q500 a day.", "It costs \ufffd500 a day."),
        ("The fiQord is deep.", "The fi\ufffdord is deep."),
        ("The QQQ is deep and cold there.", "The \ufffd\ufffd\ufffd is deep and cold there."),
        ("The bay is deepQ", "The bay is deep\ufffd"),
    ],
)
def test_an_unnamed_letter_leaves_a_mark_where_it_stands(text: str, shown: str) -> None:
    assert text_of(read(drawn(text), unnamed="Q")) == shown


@pytest.mark.slow
@given(st.text(st.sampled_from("abcdeQ"), min_size=1, max_size=12))
def test_no_named_letter_is_lost_beside_unnamed_ones(word: str) -> None:
    text = text_of(read(drawn(*TEXT, f"It is {word} there."), unnamed="Q"))
    assert f"It is {word.replace('Q', chr(0xFFFD))} there." in text


def test_unnamed_bullets_are_bullets() -> None:
    loaded = read(
        drawn("Q The ferry sails.", "Q The pilot sleeps.", "Q The lock is shut."), unnamed="Q"
    )
    assert text_of(loaded) == "• The ferry sails.\n• The pilot sleeps.\n• The lock is shut."
    assert {b.kind for b in loaded.documents[0].blocks} == {BlockKind.ITEM}
    assert loaded.failures == ()


def test_an_unnamed_ornament_is_passed_over() -> None:
    page = drawn(*TEXT) + "\n" + drawn("Q", y=200, x=200) + "\n" + drawn(*TEXT, y=150)
    loaded = read(page, unnamed="Q")
    assert "\ufffd" not in text_of(loaded)
    assert text_of(loaded).count("warden") == 2
    assert loaded.failures == ()


def test_a_line_keeps_what_follows_a_letter_that_its_font_has_not() -> None:
    """Nothing is drawn for it: a reader sees a gap."""
    names = drawn_font()[2]
    font = (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 12 0 R "
        "/Encoding << /Differences [147 /g147 148 /g148] >> >>"
    )
    said = "BT /F9 10 Tf 40 300 Td (\\223Dredging costs 48,000 euros,\\224 said Ida.) Tj ET"
    loaded = load_file(pdf([said], page=FONTS, more=[font, "null", names]), "a.pdf")
    assert text_of(loaded) == "Dredging costs 48,000 euros, said Ida."


def test_what_draws_nothing_is_a_space_though_its_font_does_not_say_so() -> None:
    loaded = read(drawn("The!ferry!sails."), named={"!": 3})
    assert text_of(loaded) == "The\ufffdferry\ufffdsails."  # a box is drawn there
    loaded = load_file(pdf([drawn("The!ferry!sails.")], page=FONTS, more=_blank("!")), "a.pdf")
    assert text_of(loaded) == "The ferry sails."


def _blank(char: str) -> list[str]:
    font, *rest = drawn_font(char)
    return [font.replace(f"/g{ord(char)} 11 0 R", ""), *rest]


@pytest.mark.parametrize(
    "named",
    [
        {},  # no character
        {c: 0xF000 + ord(c) for c in "aeinorst"},  # nobody's characters
        {c: 1 + i for i, c in enumerate("aeiors")},  # control characters
    ],
    ids=["unnamed", "private", "control"],
)
def test_a_page_of_unknown_letters_is_named_and_not_read(named: dict[str, int]) -> None:
    unnamed = "" if named else "aeinorst"
    good = lines(*TEXT)
    loaded = read(good, drawn(*TEXT), good, drawn(*TEXT), unnamed=unnamed, named=named)
    assert text_of(loaded).count("warden") == 2
    assert not re.search("[\ufffd\ue000-\uf8ff\x00-\x09]", text_of(loaded))
    (failure,) = loaded.failures
    assert not failure.partly
    assert failure.source == "a.pdf, pp. 2, 4"
    assert failure.reason == f"a.pdf, pp. 2, 4: set in letters that cannot be decoded; {REMEDY}"
    with pytest.raises(UnreadableDocument) as caught:
        read(drawn(*TEXT), unnamed=unnamed, named=named)
    assert (
        str(caught.value) == f"a.pdf: its pages are set in letters that cannot be decoded; {REMEDY}"
    )


def test_fields_and_notes_of_a_page_of_unknown_letters_are_read() -> None:
    marks = [
        text((40, 100, 200, 114), "Wiebke Carstensen", more="/TU (Pilot)"),
        lying("Text", (300, 300, 310, 310), "/Contents (The lock is shut in March.)"),
    ]
    refs = " ".join(f"{n} 0 R" for n in (13, 14))
    loaded = load_file(
        pdf(
            [drawn(*TEXT)],
            page=f"{FONTS} /Annots [{refs}]",
            catalog=f"/AcroForm << /Fields [{refs}] >>",
            more=[*drawn_font("aeinorst"), *marks],
        ),
        "a.pdf",
    )
    assert "Pilot: Wiebke Carstensen" in text_of(loaded)
    assert "Comment: The lock is shut in March." in text_of(loaded)
    assert "\ufffd" not in text_of(loaded)
    assert [failure.source for failure in loaded.failures] == ["a.pdf, p. 1"]


def test_half_a_page_in_a_font_without_names_costs_only_that_half() -> None:
    loaded = read(lines(*TEXT, *TEXT) + "\n" + drawn(*TEXT, y=150), unnamed="aeinorst")
    assert text_of(loaded).count("warden") == 2
    assert "\ufffd" not in text_of(loaded)
    (failure,) = loaded.failures
    assert failure.partly
    count = sum(letter in "aeinorst" for text in TEXT for letter in text)
    assert failure.reason.startswith(f"a.pdf, p. 1: {count} characters cannot be decoded")


@pytest.mark.parametrize(
    "page",
    [
        "\n".join(drawn(f"Q {text}", y=350 - 14 * i) for i, text in enumerate(TEXT * 4)),
        "\n".join(drawn(f"{text} Q yes Q no", y=350 - 14 * i) for i, text in enumerate(TEXT)),
        drawn(*(f"Ferries QQQQQQQQQQQQQQQQQQQQQQQQ {n}" for n in range(12)), "The warden QQQ 9"),
    ],
    ids=["bullets", "boxes", "leaders"],
)
def test_private_symbols_in_a_good_page_are_no_unknown_letters(page: str) -> None:
    loaded = read(page, named={"Q": 0xF0B7})
    assert loaded.failures == ()
    assert "warden" in text_of(loaded)


def test_ligatures_without_names_leave_the_page_readable() -> None:
    """Of an English text about one word in fourteen has fi, fl or ff."""
    loaded = read(
        drawn(*TEXT, "The oQce of the Qrst pilot is on the upper Qoor.", *TEXT * 2), unnamed="Q"
    )
    assert "The o\ufffdce of the \ufffdrst pilot is on the upper \ufffdoor." in text_of(loaded)
    assert loaded.failures[0].partly
