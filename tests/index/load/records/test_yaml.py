"""YAML: what it says as values, and that nothing in it makes anything."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.errors import UnreadableDocument
from index.load.loading import load_file
from tests.index.load.broken import loads_or_is_refused

FILE = b"""# Besitzer ist Ida
defaults: &d {wait: 30, tries: 3}
ferry:
  <<: *d
  wait: 10
  port: 0x1F
  night: ~
  quoted: "null"
tasks:
  - name: Backup
    notify: [ida@pier.example, ole@pier.example]
rule: >
  The keeper keeps the book for ten years,
  then he brings it to Tarn.
"""


def text_of(data: bytes, name: str = "a.yaml") -> str:
    (document,) = load_file(data, name).documents
    return document.text


def test_anchors_are_said_where_they_are_named_and_what_is_nearer_counts() -> None:
    assert text_of(FILE) == (
        "defaults > wait: 30\ndefaults > tries: 3\n"
        "ferry > wait: 10\nferry > tries: 3\nferry > port: 0x1F\nferry > quoted: null\n"
        "tasks > name: Backup; notify: ida@pier.example, ole@pier.example\n"
        "rule: The keeper keeps the book for ten years, then he brings it to Tarn."
    )
    assert load_file(FILE, "a.yml").documents[0].meta["aside"] == "Besitzer ist Ida"


def test_several_documents_are_records() -> None:
    assert text_of(b"kind: a\nport: 1\n---\nkind: b\nport: 2\n") == (
        "kind: a; port: 1\nkind: b; port: 2"
    )


def test_a_key_that_stands_twice_says_both() -> None:
    data = b"tide: 06:10\nkeeper: Runa\ntide: 18:40\ntide: [19:05]\n"
    assert text_of(data).startswith("tide: 06:10\ntide: 18:40\ntide: 19:05\nkeeper")


def test_a_tag_makes_nothing() -> None:
    assert text_of(b"a: !!python/object/apply:os.system ['echo pier']\nb: !Ref Tarn\n") == (
        "a: echo pier\nb: Tarn"
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"a: [1", "this is not valid YAML (line 2, column 1: did not find"),
        (b"a: &x [*x]", "an anchor holds itself"),
        (b"[" * 20_000, "this is not valid YAML"),
        (b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
            b"%c: &%c [%s]\n" % (c + 1, c + 1, b",".join([b"*%c" % c] * 9)) for c in range(97, 105)
        ), "over 500,000 values; split it"),
        (b"", "there is nothing in it"),
        (b"---\n~\n", "there is nothing in it"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_name(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        load_file(data, "a.yaml")
    assert str(caught.value).startswith("a.yaml")
    assert why in str(caught.value)


@given(st.text("ab:-[]{}&*!|>#'\" \n,?<", max_size=60))
def test_any_text_loads_or_is_refused(text: str) -> None:
    loads_or_is_refused(text.encode(), "a.yaml")
