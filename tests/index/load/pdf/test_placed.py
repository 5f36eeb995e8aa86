"""Values stand among the blocks of their page, behind what is above them."""

from __future__ import annotations

from tests.index.load.pdf.forms import lines_of, text
from tests.index.load.pdfs import line, lines


def test_a_value_stands_below_its_heading() -> None:
    prose = "Nobody who comes by boat has to pay for the bridge, whatever it says."
    content = "\n".join([
        line(40, 370, "Owner", 16), line(40, 340, "Name:"), lines(prose, y=310),
        line(40, 280, "Tenant", 16), line(40, 250, "Name:"), lines(prose, y=220),
    ])  # fmt: skip
    marks = [
        text((100, 337, 200, 351), "Tor Lund", "a"), text((100, 247, 200, 261), "Ida Holm", "b")
    ]  # fmt: skip
    assert lines_of(content, marks) == [
        "Owner", "Name: Tor Lund", prose, "Tenant", "Name: Ida Holm", prose,
    ]  # fmt: skip


def test_values_of_two_columns_stand_below_the_heading_of_each() -> None:
    content = "\n".join([
        line(40, 370, "Owner", 16), line(220, 370, "Tenant", 16),
        line(40, 340, "Name:"), line(220, 340, "Name:"),
    ])  # fmt: skip
    marks = [
        text((80, 337, 180, 351), "Tor Lund", "a"), text((260, 337, 360, 351), "Ida Holm", "b")
    ]  # fmt: skip
    assert [line for line in lines_of(content, marks) if "Name" in line] == [
        "Name: Tor Lund", "Name: Ida Holm",
    ]  # fmt: skip
