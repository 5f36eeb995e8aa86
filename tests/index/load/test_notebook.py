"""Notebooks: Markdown as it is written, code in lines, of what was put out nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from index.errors import UnreadableDocument
from index.load.loading import load_file
from index.types import Document, Page
from tests.index.load.broken import damaged, loads_or_is_refused


def read(book: Any) -> Document:
    (document,) = load_file(json.dumps(book).encode(), "a.ipynb").documents
    return document


def cell(kind: str, source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "source": source, "metadata": {}, **more}


def test_cells_of_each_kind() -> None:
    output = {"output_type": "stream", "text": ["a number that was put out"]}
    book = {
        "nbformat": 4, "metadata": {"title": "Weir", "authors": [{"name": "Ida Holm"}, {}, 3]},
        "cells": [
            cell("markdown", ["# Eels\n", "\n", "They **swim**."]),
            cell("code", ["\n", "for eel in eels:\n", "    swim(eel)\n"], outputs=[output]),
            cell("markdown", "  \n"),
            cell("raw", "Plain words.\n\n- an item"),
            cell("code", ""),
            "no cell", cell("markdown", {}), cell("markdown", None),
        ],
    }  # fmt: skip
    made = read(book)
    assert made.text == (
        "# Eels\n\nThey **swim**.\n\nfor eel in eels:\n    swim(eel)\n\nPlain words.\n\n- an item"
    )
    assert made.pages == (Page(0, "cell 1"), Page(24, "cell 2"), Page(56, "cell 4"))
    kinds = [b.kind.value for b in made.blocks]
    assert kinds == ["heading", "paragraph", "code", "code", "paragraph", "item"]
    assert [made.text[b.body : b.end] for b in made.blocks][-1] == "an item"
    assert (made.title, made.meta["author"]) == ("Eels", "Ida Holm")


def test_format_3() -> None:
    made = read(
        {
            "nbformat": 3,
            "worksheets": [
                {"cells": [
                    {"cell_type": "heading", "level": 2, "source": ["Eels"]},
                    {"cell_type": "heading", "level": "x", "source": "Deep"},
                    {"cell_type": "code", "input": "swim()", "outputs": []},
                ]},
                {"cells": [cell("markdown", "They swim.")]}, {},
            ],
        }
    )  # fmt: skip
    assert made.text == "Eels\n\nDeep\n\nswim()\n\nThey swim."
    assert [b.level for b in made.blocks] == [2, 6, 0, 0]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "this notebook is damaged (line 1, column 1: Expecting value); open it in Jupyter"),
        (b'{"cells": [', "this notebook is damaged"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b"[]", "there are no cells in it, so it is no notebook"),
        (b"{}", "there are no cells in it"),
        (b'{"worksheets": 3}', "there are no cells in it"),
        (b'{"worksheets": [3]}', "there are no cells in it"),
        (b'{"cells": {}}', "there are no cells in it"),
        (b'{"cells": []}', "there is no text in it"),
        (b'{"cells": [{"cell_type": "code", "source": " "}]}', "there is no text in it"),
        (b"\x00\x01\x02", "binary data"),
    ],
)
def test_what_is_no_notebook_is_refused_by_name(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        load_file(data, "a.ipynb")
    assert str(caught.value).startswith("a.ipynb: ")
    assert why in str(caught.value)


ANY = st.none() | st.integers() | st.text(max_size=20) | st.lists(st.text(max_size=9), max_size=3)
CELL = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading", "x"]) | ANY,
        "source": ANY,
        "input": ANY,
        "level": ANY,
    },
)


@given(st.lists(CELL | ANY, max_size=5), ANY | st.dictionaries(st.just("authors"), ANY))
def test_any_cells_load_or_are_refused(cells: list[Any], metadata: Any) -> None:
    book = {"cells": cells, "metadata": metadata}
    loads_or_is_refused(json.dumps(book).encode(), "a.ipynb")


@given(damaged("eel-counts.ipynb"))
def test_a_damaged_file_loads_or_is_refused(data: bytes) -> None:
    loads_or_is_refused(data, "eel-counts.ipynb")
