"""JSON: which field is the text, what becomes of the others, and that nothing breaks it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from index.errors import UnreadableDocument
from index.failures import Failure
from index.library.index import Index
from index.load.loading import Loaded, load_file
from index.load.records import fields as field_names
from index.load.records.json_values import flat, parse
from index.types import Block, BlockKind, Document
from tests.index.load.broken import damaged, loads_or_is_refused

LONG = "The pier of Tarn was closed in May because two of its piles had rotted."
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["text", "title", "id", "date", "data"]) | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


def loaded(value: Any, name: str = "a.json", **known: str) -> Loaded:
    return load_file(json.dumps(value).encode(), name, known)


def only(value: Any, **known: str) -> Document:
    (document,) = loaded(value, **known).documents
    return document


def refused(data: bytes, name: str = "a.json", **known: str) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        load_file(data, name, known)
    return str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        [{"text": LONG}],
        {"text": LONG},
        {"results": [{"text": LONG}], "count": 1},
        {"data": {"hits": {"items": [{"_source": {"text": LONG}}]}}},
        {"ok": True, "small": [{"x": 1}], "items": [{"text": LONG}]},
        {"one": {"text": LONG, "n": 1}, "two": {"n": 2}},
        [LONG],
        {"text": LONG, "authors": [{"name": "Ida Holm"}, {"name": "Per Lund"}]},
        [{"paragraphs": [LONG]}],
        [{"quux": LONG, "url": "http://x.y/z", "title": "A title that is nearly as long as it"}],
        [{"Body": LONG, "text": "x"}],
        [{"full_text": LONG}],
    ],
)
def test_the_text_is_found(value: Any) -> None:
    document = loaded(value).documents[0]
    assert next(b for b in document.blocks if b.kind is BlockKind.PARAGRAPH) == block_of(document)


def block_of(document: Document) -> Block:
    """The paragraph that says it, with no label before it."""
    at = document.text.index(LONG)
    return Block(BlockKind.PARAGRAPH, at, at + len(LONG), at)


def test_a_record_is_a_document_and_its_number_or_its_id_is_its_part() -> None:
    texts = [f"{LONG} {n}" for n in "abc"]
    plain = loaded([{"text": t} for t in texts])
    assert [d.source for d in plain.documents] == ["a.json#1", "a.json#2", "a.json#3"]
    assert [d.title for d in plain.documents] == ["a#1", "a#2", "a#3"]
    named = loaded([{"text": t, "id": f"T-{n}"} for n, t in enumerate(texts)])
    assert [d.source for d in named.documents] == ["a.json#T-0", "a.json#T-1", "a.json#T-2"]
    assert only({"text": LONG, "id": 7}).source == "a.json"


@pytest.mark.parametrize("ids", [["a", "a"], ["a", None], ["a", "b c"], ["a", "x" * 41], ["a", []]])
def test_an_id_that_does_not_name_every_record_is_not_used(ids: list[Any]) -> None:
    records = [{"text": f"{LONG} {n}", "id": one} for n, one in enumerate(ids)]
    assert [d.source for d in loaded(records).documents] == ["a.json#1", "a.json#2"]


def test_what_is_said_briefly_is_known_of_the_text() -> None:
    document = only(
        {
            "body": LONG, "headline": "The pier", "by": ["Ida Holm", "Per Lund"],
            "published_at": "2024-05-03T10:00:00Z", "source": {"name": "Tarn Gazette"},
            "lang": "en-GB", "views": 12, "tags": ["pier"],
        }
    )  # fmt: skip
    rows = """by: Ida Holm, Per Lund
published_at: 2024-05-03T10:00:00Z
source > name: Tarn Gazette
lang: en-GB
views: 12
tags: pier"""
    assert document.text == f"The pier\n\n{LONG}\n\n{rows}"
    assert document.title == "The pier"
    said = {k: v for k, v in document.meta.items() if k not in ("sha256", "loader", "aside")}
    assert said == {
        "author": "Ida Holm, Per Lund",
        "date": "2024-05-03",
        "publisher": "Tarn Gazette",
        "language": "en",
    }


def test_junk_is_not_believed() -> None:
    document = only(
        {"text": LONG, "title": "x" * 301, "author": "y" * 1001, "date": "soon", "lang": "??"}
    )
    assert document.title == "a"
    assert document.meta.keys() == {"sha256", "loader", "language"}
    assert "\n\ndate: soon\nlang: ??\n\ntitle\n\nxxx" in document.text


@pytest.mark.parametrize(
    ("said", "title"),
    [("300", "300"), (300, "300"), (["The pier"], "The pier"), ([4, "The pier"], "The pier"),
     (["Boats", "Piers"], "a"), ("Untitled", "a"), ("Document 12", "Document 12")],
)  # fmt: skip
def test_of_several_titles_none_is_the_records(said: object, title: str) -> None:
    assert only({"text": LONG, "title": said}).title == title


def test_who_and_where_from() -> None:
    meta = only(
        {"text": LONG, "from": "Ida <i@pier.example>", "source": "https://pier.example"}
    ).meta
    assert (meta["author"], meta["publisher"]) == ("Ida", "https://pier.example")
    meta = only({"text": LONG, "by": "admin", "site": "Pier Post", "created": "2021"}).meta
    assert (meta.get("author"), meta["publisher"], meta["date"]) == (None, "Pier Post", "2021")


def test_a_title_that_begins_the_text_is_not_said_twice() -> None:
    text = f"The pier\n\n{LONG}"
    assert only({"text": text, "title": "The  pier"}).text == text


def test_lines_are_paragraphs_and_items() -> None:
    text = "One is here.\n\nTwo is there.\n- first item\n- second item"
    kinds = [b.kind.value for b in only({"text": text}).blocks]
    assert kinds == ["paragraph", "paragraph", "item", "item"]


def test_a_named_field_is_the_text(tmp_path: Path) -> None:
    record = {"text": LONG, "fields": {"remark": "The pier is open again."}}
    text = f"The pier is open again.\n\ntext: {LONG}"
    assert only([record], text_field="remark").text == text
    assert only([record], text_field="fields.remark").text == text
    (tmp_path / "a.json").write_text(json.dumps([record]))
    (tmp_path / "sources.toml").write_text('["a.json"]\ntext_field = "remark"\n')
    (document,) = Index.load(tmp_path).documents
    assert document.text == text
    assert "text_field" not in document.meta


def test_a_named_field_that_is_not_there_lists_those_that_are() -> None:
    data = json.dumps([{"text": LONG, "title": "x"}]).encode()
    assert refused(data, text_field="remark") == (
        "a.json: no record has the field remark, which text_field names; there are text, title"
    )


def test_an_object_that_has_the_named_field_is_the_record() -> None:
    value = {"remark": "Closed.", "items": [{"text": LONG}]}
    assert only(value, text_field="remark").text == f"Closed.\n\nitems > text: {LONG}"


def test_records_without_a_text_are_rows() -> None:
    document = only([{"pier": "A1", "depth": 3.10, "open": True, "note": None}, {"pier": "A2"}])
    assert document.source == "a.json"
    assert document.text == "pier: A1; depth: 3.1; open: true\npier: A2"
    assert [page.name for page in document.pages] == ["record 1", "record 2"]


def test_of_a_lone_object_without_a_text_each_field_is_a_row() -> None:
    document = only({"name": "tarn", "port": {"depth": "3 m", "berths": ["A1", "A2"]}})
    assert document.text == "name: tarn\nport > depth: 3 m\nport > berths: A1, A2"
    assert [page.name for page in document.pages] == ["name", "port > depth", "port > berths"]


def test_a_value_is_walked_once_however_many_names_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []
    walked = field_names._find_places

    def counted(value: Any, *others: Any) -> None:
        calls.append(value)
        walked(value, *others)

    monkeypatch.setattr(field_names, "_find_places", counted)
    only({f"berth{n}": f"holds boat {n}" for n in range(50)})
    assert len(calls) <= 4 * 51


def test_numbers_stay_as_they_were_written() -> None:
    data = b'[{"a": 1.50, "b": 1e400, "c": NaN, "d": -0, "e": ' + b"9" * 6000 + b"}]"
    (document,) = load_file(data, "a.json").documents
    assert document.text.startswith("a: 1.50; b: 1e400; c: NaN; d: -0\na: 1.50; e: 999")
    assert document.text.endswith("e: " + "9" * 6000)


def test_of_a_name_given_twice_the_last_value_counts() -> None:
    (document,) = load_file(b'{"text": "no", "text": "The pier of Tarn."}', "a.json").documents
    assert document.text == "The pier of Tarn."


def test_a_short_record_is_in_the_language_of_the_others() -> None:
    texts = [
        "Die Mole von Tarn wurde im Mai gesperrt, weil zwei ihrer Pfähle verfault waren.",
        "Die Mole ist wieder offen.",
    ]
    assert {d.language for d in loaded([{"text": t} for t in texts]).documents} == {"de"}


def test_labels_in_english_do_not_make_a_record_english() -> None:
    said = {
        "assignee": "Kari Moe",
        "status": "open",
        "priority": "high",
        "labels": ["needs review"],
    }
    texts = ["Die Pumpe geht nicht.", "Das Tor klemmt seit Montag, wenn es regnet.", "Kein Licht."]
    found = loaded([{"body": text, **said} for text in texts])
    assert [d.language for d in found.documents] == ["de"] * 3


def test_a_record_without_the_text_of_the_others_is_its_fields() -> None:
    found = loaded([{"text": LONG}, {"text": "", "n": 1}, {"title": "x"}, 5, None, {}])
    texts = {d.source: d.text for d in found.documents}
    assert texts == {"a.json#1": LONG, "a.json#2": "n: 1", "a.json#3": "x", "a.json#4": "5"}
    assert [f.source for f in found.failures] == ["a.json#5", "a.json#6"]
    assert found.failures[0].reason == (
        "a.json#5: record 5 has no fields with text in them; remove it"
    )


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json"])
def test_json_lines(name: str) -> None:
    lines = "\r\n".join(json.dumps({"text": f"{LONG} {n}"}) for n in "abc")
    found = load_file(f"{lines}\n\n".encode(), name)
    assert [d.source for d in found.documents] == [f"{name}#{n}" for n in (1, 2, 3)]


def test_a_whole_json_under_the_name_of_json_lines() -> None:
    (document,) = load_file(json.dumps([{"text": LONG}], indent=1).encode(), "a.jsonl").documents
    assert document.text == LONG


def test_broken_lines_are_named_up_to_twenty_and_then_counted() -> None:
    lines = [json.dumps({"text": LONG}), *["{"] * 33]
    found = load_file("\n".join(lines).encode(), "a.jsonl")
    assert len(found.documents) == 1
    assert len(found.failures) == 21
    assert found.failures[0].source == "a.jsonl#2"
    assert found.failures[0].reason.startswith("a.jsonl#2: line 2 is not JSON (column 2: Expecting")
    assert found.failures[20] == Failure(
        "a.jsonl", "a.jsonl: 13 more records could not be read; correct them", partly=True
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "there is nothing in it"),
        (b"  \n ", "there is nothing in it"),
        (b"[]", "there is nothing in it"),
        (b'{"text": "The', "this is not valid JSON (line 1, column 10: Unterminated string"),
        (b"The text of a file.", "this is not valid JSON (line 1, column 1: Expecting value)"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "it is nested too deeply"),
        (b"null", "record 1 has no fields with text in them"),
        (b"[{}, []]", "record 1 has no fields with text in them"),
        (b"\x89PNG\x00\x01", "binary data"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, why: str) -> None:
    said = refused(data)
    assert said.startswith("a.json")
    assert why in said


def test_lone_halves_of_characters_are_kept() -> None:
    (document,) = load_file(
        b'{"text": "The pier \\ud800 of Tarn\\u0000 is open."}', "a.json"
    ).documents
    assert document.text == "The pier \ud800 of Tarn\0 is open."


VALUES = st.recursive(
    st.integers(10_000, 99_999).map(str) | st.integers(10_000, 99_999) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["text", "title", "id", "by", "message", "comments", "name", "port"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(VALUES)
@example({"comments": [{"by": "10001", "text": "10002", "port": {"id": 10003}}], "port": 10004})
def test_whatever_a_value_says_stands_in_its_text(value: Any) -> None:
    said = [one for one in flat(parse(json.dumps(value))) if one.isdigit()]
    try:
        documents = load_file(json.dumps(value).encode(), "a.json").documents
    except UnreadableDocument:
        assert not said
        return
    for one in said:
        texts = [d for d in documents if one in d.text or one in d.meta.get("aside", "")]
        assert 1 <= len(texts) <= said.count(one)


@given(JSON)
@example({"text": "\x1c"})
@example([{"text": "a", "title": "\n"}])
def test_any_json_loads_or_is_refused(value: Any) -> None:
    loads_or_is_refused(json.dumps(value).encode("utf-8", "surrogatepass"), "a.json")


@given(st.lists(JSON | st.just("\x00broken"), max_size=6))
def test_any_json_lines_load_or_are_refused(values: list[Any]) -> None:
    loads_or_is_refused("\n".join(map(json.dumps, values)).encode(), "a.jsonl")


@given(st.binary(max_size=200))
def test_any_bytes_load_or_are_refused(data: bytes) -> None:
    for name in ("a.json", "a.jsonl"):
        loads_or_is_refused(data, name)


@given(damaged("tickets.json"), damaged("questions.jsonl"))
def test_a_damaged_file_loads_or_is_refused(one: bytes, other: bytes) -> None:
    loads_or_is_refused(one, "tickets.json")
    loads_or_is_refused(other, "questions.jsonl")
