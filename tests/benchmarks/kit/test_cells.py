"""What is printed is known, cell by cell, and how much of it was read is counted by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.kit.cells import Score, figures, name_of, printed_of, said, scored, times
from benchmarks.kit.tabled import makers, web_page
from benchmarks.kit.tables import Table, TableSheet, first_sheets, other_sheets
from tests.index.load.pdf.test_tables import grid, table
from tests.index.load.pdfs import line, pdf

GROUPED = Table(
    ((("", 1), ("2023", 2)), (("Item", 1), ("Planned", 1), ("Actual", 1))),
    (("jetty", "4", ""), ("crane", "4", "9")),
    (0.4, 0.3, 0.3),
    frozenset({1, 2}),
    "none",
)


def test_a_label_over_columns_is_part_of_each_label() -> None:
    assert GROUPED.labels == ["Item", "2023 Planned", "2023 Actual"]
    assert next(iter(GROUPED.cells)) == [("Item", "jetty"), ("2023 Planned", "4")]


def test_a_cell_counts_once_with_its_label() -> None:
    line = ["Item: crane", "2023 Planned: 4", "2023: 9"]
    assert said(list(GROUPED.cells)[1], line) == 2
    assert said([("", "crane")], line) == 0


def test_a_row_is_known_by_what_no_other_row_says() -> None:
    rows = list(GROUPED.cells)
    assert name_of(rows[1][1:], GROUPED) == ("2023 Actual", "9")


def test_sixty_tables_are_the_same_each_time() -> None:
    made = [table for sheet in (*first_sheets(), *other_sheets()) for table in sheet.tables]
    assert len(made) == 60
    assert made == [t for sheet in (*first_sheets(), *other_sheets()) for t in sheet.tables]
    assert {table.rules for table in made} == {"all", "rows", "head", "none"}


def test_lines_that_are_no_row_and_rows_that_are_said_twice_are_counted(tmp_path: Path) -> None:
    sheet = TableSheet("quay", ("All of it is old.", GROUPED))
    assert times("crane", " ".join(printed_of(sheet))) == 1
    xs = (40, 140, 220)
    cells = [("Item", "2023 Planned", "2023 Actual"), ("jetty", "4", ""), ("crane", "4", "9")]
    drawn = table(cells, xs, 340, 20) + grid((40, 138, 218, 300), [354, 334, 314, 294])
    again = line(40, 200, "The crane was not seen by any of them in the storm of that year.")
    more = table([("Boat", "Length", "Built"), ("Orre", "7.2", "old")], xs, 120, 20)
    more += grid((40, 138, 218, 300), [134, 114, 94])
    (tmp_path / "quay.pdf").write_bytes(pdf([f"{drawn}\n{again}\n{more}"]))
    score = Score("chromium", GROUPED, 5, 5, twice=1, false=1)
    assert list(scored([sheet], ".pdf", {"chromium": web_page}, tmp_path)) == [score]
    assert list(figures("quay", [score]))[1].endswith("no row: 1; rows that are said twice: 1")


@pytest.mark.parametrize("suffix", [".html", ".docx", ".xlsx", ".pptx", ".csv"])
def test_cells_of_other_formats_are_read_with_their_labels(suffix: str, tmp_path: Path) -> None:
    name, make = next(iter(makers()[suffix].items()))
    sheet = next(s for s in first_sheets() if len(s.tables) == 1 and len(s.tables[0].header) == 1)
    (score,) = scored([sheet], suffix, {name: make}, tmp_path)
    assert score.right == score.cells
    assert (score.twice, score.false) == (0, 0)
