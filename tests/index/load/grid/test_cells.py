"""The cells of a table at their rows and columns."""

from __future__ import annotations

from hypothesis import given, strategies as st

from index.load.grid.cells import Cell, Grid


def plain(*texts: str) -> list[Cell]:
    return [Cell(text) for text in texts]


def test_a_cell_over_rows_is_in_each_and_one_over_columns_in_the_first() -> None:
    grid = Grid([[Cell("a", rows=2), Cell("b", columns=2)], plain("c", "d"), plain("e")])
    assert [grid.texts(i) for i in range(3)] == [["a", "b", ""], ["a", "c", "d"], ["e"]]
    assert grid.spread(0) == ["a", "b", "b"]


def test_a_cell_that_goes_on_names_its_row_in_the_first_column_alone() -> None:
    on = Cell("", continues=True)
    grid = Grid([plain("a", "b", "c"), [on, Cell("d"), on], [on, on, Cell("e")]])
    assert [grid.texts(i) for i in range(3)] == [["a", "b", "c"], ["a", "d", ""], ["a", "", "e"]]


def test_rows_without_cells_are_none() -> None:
    assert Grid([[], plain("a"), []]).rows == Grid([plain("a")]).rows
    assert Grid([]).rows == []


SPANS = st.builds(Cell, st.text(max_size=2), st.integers(1, 300), st.integers(1, 9))


@given(st.lists(st.lists(SPANS, max_size=5), max_size=8))
def test_no_two_cells_share_a_place(rows: list[list[Cell]]) -> None:
    grid = Grid(rows)
    for i, row in enumerate(grid.rows):
        covered = [c for at, cell in row.items() for c in range(at, at + cell.columns)]
        assert len(covered) == len(set(covered))
        assert max(covered) < len(grid.spread(i)) == len(grid.texts(i))
        assert sorted(filter(None, grid.texts(i))) == sorted(
            cell.text for cell in row.values() if cell.text
        )
