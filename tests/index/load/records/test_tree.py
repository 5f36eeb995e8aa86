"""Values to lines with the labels that lead to them."""

from __future__ import annotations

import json
from typing import Any

from index.load.loading import Loaded, load_file
from index.types import BlockKind


def loaded(value: Any, name: str = "a.json") -> Loaded:
    return load_file(json.dumps(value).encode(), name)


def text_of(value: Any) -> str:
    (document,) = loaded(value).documents
    return document.text


def test_a_key_names_its_record() -> None:
    berths = {"Nordmole": {"tiefe": 3.1, "strom": True}, "Südmole": {"tiefe": 2.4}}
    assert text_of(berths) == "Nordmole > tiefe: 3.1; strom: true\nSüdmole > tiefe: 2.4"


def test_what_stands_beside_a_list_stays() -> None:
    value = {"club": "Tarn", "boats": [{"name": "Sula", "crew": ["Ida", "Per"]}, {"name": "Terna"}]}
    assert text_of(value) == "club: Tarn\n\nboats\n\nname: Sula; crew: Ida, Per\nname: Terna"
    long = "The pier of Tarn was closed in May because two of its piles had rotted."
    found = loaded({"total": 2, "hits": [{"text": long}, {"text": f"{long} So it was."}]})
    assert [(d.source, d.text) for d in found.documents][-1] == ("a.json", "total: 2")


def test_objects_that_are_not_alike_are_fields_each_with_its_path() -> None:
    value = {"http": {"port": 80, "tls": {"on": False}}, "log": {"to": "/var/log", "days": 7}}
    assert text_of(value) == (
        "http > port: 80\nhttp > tls > on: false\nlog > to: /var/log\nlog > days: 7"
    )


def test_a_key_with_a_text_is_called_by_it_and_says_it() -> None:
    long = "The keeper lights the lamp when the last of the ferries has gone to its berth."
    records = {"lamp": {"text": long}, "bell": {"text": f"{long} Then he rings.", "title": "Bells"}}
    assert [(d.source, d.title, d.text.split("\n\n")) for d in loaded(records).documents] == [
        ("a.json#lamp", "lamp", ["lamp", long]),
        ("a.json#bell", "Bells", ["Bells", f"{long} Then he rings.", "bell"]),
    ]


def test_a_long_value_is_a_text_below_its_label() -> None:
    long = "Whoever takes a boat out signs the book. " * 6
    (document,) = loaded({"rules": {"boats": long}, "year": 2024}).documents
    assert document.text == f"year: 2024\n\nrules > boats\n\n{long.strip()}"
    heading = next(b for b in document.blocks if b.kind is BlockKind.HEADING)
    assert document.text[heading.start : heading.end] == "rules > boats"


def test_html_and_markdown_in_a_value_are_read_as_such() -> None:
    page = "<p>The crane lifts <b>7&nbsp;tonnes</b>.</p><ul><li>Ask Ole.</li></ul>"
    marked = "# The crane\n\nIt lifts 7 tonnes.\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    first, second = loaded([{"body": page}, {"body": marked}]).documents
    assert "<" not in first.text
    assert [b.kind for b in first.blocks] == [BlockKind.PARAGRAPH, BlockKind.ITEM]
    assert second.title == "The crane"
    assert second.text == marked


def test_a_long_record_is_rows_that_each_say_whose_they_are() -> None:
    value = [{"name": "Sula", **{f"field {n}": f"value {n}" for n in range(40)}}] * 2
    rows = text_of(value).split("\n")
    assert all(row.startswith("name: Sula; ") for row in rows)
    assert all(len(row) <= 300 for row in rows)
    assert all(f"field {n}: value {n}" in "\n".join(rows) for n in range(40))


def test_what_nobody_reads_is_left_out_and_named() -> None:
    long = "The pier of Tarn was closed in May because two of its piles had rotted."
    found = loaded(
        [{"text": long, "vector": [0.25] * 101, "image": "iVBOR" * 101, "sizes": [1] * 9}]
    )
    (document,) = found.documents
    assert document.text == f"{long}\n\nsizes: 1, 1, 1, 1, 1, 1, 1, 1, 1"
    (failure,) = found.failures
    assert failure.reason.startswith("a.json: 2 values (909 characters) of more than 100 numbers")
    assert failure.partly


def test_values_too_deep_for_labels_are_said() -> None:
    value: Any = "Tarn"
    for n in range(60):
        value = {f"k{n}": value} if n % 2 else [value]
    assert "Tarn" in text_of(value)
