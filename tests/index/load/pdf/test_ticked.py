"""Boxes to tick: what is ticked says so, and nothing else can be read as ticked."""

from __future__ import annotations

import pytest

from tests.index.load.pdf.forms import box, lines_of
from tests.index.load.pdfs import line

HEAD = line(40, 350, "The keeper reads the meter on the first of every month, at noon.")


def ticks(*content: str, marks: list[str], **given: object) -> list[str]:
    return lines_of("\n".join([HEAD, *content]), marks, **given)[1:]


@pytest.mark.parametrize(("on", "mark"), [(True, "[x]"), (False, "[ ]")])
def test_a_box_says_what_it_is_about_and_whether_it_is_ticked(on: bool, mark: str) -> None:
    told = line(55, 300, "The lamp is lit")
    assert ticks(told, marks=[box(40, 298, on)]) == [f"{mark} The lamp is lit"]


def test_what_it_is_about_may_take_several_lines() -> None:
    content = [
        line(55, 300, "Ich bin damit einverstanden, dass der"),
        line(55, 288, "Turm am Sonntag besucht wird."),
        line(55, 276, "Er ist hoch."),
    ]
    assert ticks(*content, marks=[box(40, 298, on=True)]) == [
        "[x] Ich bin damit einverstanden, dass der Turm am Sonntag besucht wird.",
        "Er ist hoch.",
    ]


def test_boxes_behind_a_question_stand_in_one_line_with_it() -> None:
    content = [line(40, 300, "Licht:"), line(105, 300, "fest"), line(165, 300, "unterbrochen")]
    marks = [box(90, 298, on=False), box(150, 298, on=True, name="Box2")]
    assert ticks(*content, marks=marks) == ["Licht: [ ] fest [x] unterbrochen"]


def test_boxes_on_one_line_without_a_question_are_apart() -> None:
    content = [line(55, 300, "fog horn"), line(165, 300, "bell")]
    marks = [box(40, 298, on=False), box(150, 298, on=True, name="Box2")]
    assert ticks(*content, marks=marks) == ["[ ] fog horn", "[x] bell"]


def test_one_of_several_is_shown_among_the_others_wherever_they_stand() -> None:
    content = [line(40, 312, "How is it fuelled?")]
    content += [line(55, 296 - 14 * i, fuel) for i, fuel in enumerate(("by oil", "by gas"))]
    parent = "<< /FT /Btn /Ff 49152 /T (fuel) /V /b /Kids [10 0 R 11 0 R] >>"
    marks = [
        f"<< /Type /Annot /Subtype /Widget /Rect [40 {294 - 14 * i} 50 {304 - 14 * i}] "
        f"/Parent 12 0 R /AS /{state} >>"
        for i, state in enumerate(("Off", "b"))
    ]
    catalog = "/AcroForm << /Fields [12 0 R] >>"
    assert ticks(*content, marks=marks, more=[parent], catalog=catalog) == [
        "How is it fuelled? [ ] by oil [x] by gas"
    ]


def test_a_box_may_have_its_words_at_its_left_or_in_the_file_alone() -> None:
    marks = [box(120, 298, on=True), box(40, 200, on=True, name="b", more="/TU (It is painted)")]
    assert ticks(line(40, 300, "Insured"), marks=marks) == ["[x] Insured", "[x] It is painted"]


def test_a_box_that_says_nothing_itself_is_ticked_by_its_value() -> None:
    mark = box(40, 298, on=True).replace("/AS /Yes", "/V /Yes")
    assert ticks(line(55, 300, "The lamp is lit"), marks=[mark]) == ["[x] The lamp is lit"]


@pytest.mark.parametrize(
    "above",
    [
        line(40, 300, "The wardens of all the mills of the coast met in spring and in autumn."),
        line(40, 300, "They meet in spring."),
        line(40, 300, "Wardens of the mills"),
    ],
    ids=["long", "sentence", "over both"],
)
def test_a_line_far_above_boxes_that_touch_names_none_of_them(above: str) -> None:
    marks = [box(50, 198, on=True), box(70, 198, on=False, name="Box2")]
    said = ticks(above, line(40, 160, "It rained."), marks=marks)
    assert not any(text.startswith("[") and text != "[x]" for text in said)


def radios(*places: tuple[float, float], chosen: int) -> list[str]:
    return [box(x, y, i == chosen, "r", "/Ff 32768") for i, (x, y) in enumerate(places)]


@pytest.mark.parametrize(
    ("content", "marks", "said"),
    [
        (line(115, 300, "sown"), radios((100, 298), (300, 298), chosen=1), "Rye: [ ] sown [x]"),
        ("", radios((200, 298), (200, 278), chosen=0), "Rye: [x] [ ]"),
    ],
    ids=["the other has words", "none has words"],
)
def test_what_is_chosen_is_said_though_it_has_no_words(
    content: str, marks: list[str], said: str
) -> None:
    assert ticks(line(40, 300, "Rye:"), content, marks=marks) == [said]


def test_a_ticked_box_without_words_is_not_lost() -> None:
    assert ticks(marks=[box(100, 200, on=True), box(100, 100, on=False, name="b")]) == ["[x]"]
