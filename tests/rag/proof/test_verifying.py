"""verify: every quotation holds, has changed, or its document is missing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from index.errors import CitationError, IbidError
from index.generation.generations import is_index
from index.load.loading import load_text
from index.types import Document, text_id
from rag.answers import Answer
from rag.citations import Citation
from rag.proof import Status, read_documents, verify
from tests.doubles import EELS, HARBOUR
from tests.strategies import answers

QUOTE = "It took eleven months."


def load(text: str, source: str = "harbour.txt", mark: bytes = b"") -> Document:
    return load_text(mark + text.encode(), source)


@pytest.fixture
def data() -> dict[str, Any]:
    made, other = load(HARBOUR), load(EELS, "eels.md")
    start, second = HARBOUR.index(QUOTE), EELS.index("Turbines")
    cited = (
        Citation(made, start, start + len(QUOTE), None, 1.0, 1),
        Citation(other, second, second + 8, None, 0.5, 2),
    )
    return Answer("How long?", cited, (), 0.5).to_dict()


def statuses(data: dict[str, Any], *documents: Document) -> list[Status]:
    return [v.status for v in verify(data, documents)]


@pytest.mark.slow
@given(answers())
def test_an_answer_holds_against_its_own_documents(answer: Answer) -> None:
    verdicts = verify(answer)
    assert [v.number for v in verdicts] == [c.number for c in answer.citations]
    # random documents share a name; each quotation is looked up by it
    if len({c.document.source for c in answer.citations}) == len(answer.citations):
        assert all(v.status is Status.HOLDS for v in verdicts)


def test_unchanged_documents_prove_the_json(data: dict[str, Any]) -> None:
    assert statuses(data, load(EELS, "eels.md"), load(HARBOUR)) == [Status.HOLDS] * 2


@pytest.mark.slow
@pytest.mark.parametrize("at", range(len(QUOTE)))
def test_any_character_of_the_quote_changed_is_seen(at: int, data: dict[str, Any]) -> None:
    cited = data["citations"][0]
    cited["quote"] = QUOTE[:at] + ("x" if QUOTE[at] != "x" else "y") + QUOTE[at + 1 :]
    assert statuses(data, load(HARBOUR), load(EELS, "eels.md"))[0] is Status.CHANGED
    cited["quote_sha256"] = text_id(cited["quote"])  # a forger who knows how
    assert not statuses(data, load(HARBOUR), load(EELS, "eels.md"))[0].stands


@pytest.mark.parametrize("by", [-1, 1, 10**6, -(10**6)])
@pytest.mark.parametrize("end", ["start", "end"])
def test_an_offset_changed_is_seen(end: str, by: int, data: dict[str, Any]) -> None:
    data["citations"][0][end] += by
    assert statuses(data, load(HARBOUR), load(EELS, "eels.md")) == [Status.MOVED, Status.HOLDS]


@pytest.mark.parametrize("source", ["harbour.tx", "eels.md"])
def test_the_source_of_no_or_another_document_is_seen(source: str, data: dict[str, Any]) -> None:
    data["citations"][0]["source"] = source
    first, second = verify(data, [load(HARBOUR), load(EELS, "eels.md")])
    assert (first.status, second.status) == (Status.MOVED, Status.HOLDS)
    assert first.now is not None
    assert first.now.document.source == "harbour.txt"
    assert first.now.quote == QUOTE


def test_a_document_that_was_removed_is_missing(data: dict[str, Any]) -> None:
    verdicts = verify(data, [load(EELS, "eels.md")])
    assert [v.status for v in verdicts] == [Status.MISSING, Status.HOLDS]
    assert "harbour.txt" in verdicts[0].detail


@pytest.mark.parametrize(
    ("changed", "status", "detail"),
    [
        (HARBOUR.replace("eleven", "twelve"), Status.CHANGED, "line 7: other words stand there"),
        ("One line more.\n" + HARBOUR, Status.MOVED, "line 8, was line 7"),
        (HARBOUR.replace("May 3,", "3 May"), Status.MOVED, "line 7, 89:111 instead of 90:112"),
        (HARBOUR.replace("Loading", "loading"), Status.HOLDS, "the text around it changed"),
        (HARBOUR[:60], Status.GONE, "nothing like it"),
    ],
)
def test_a_changed_file_is_seen_and_described(
    changed: str, status: Status, detail: str, data: dict[str, Any]
) -> None:
    verdict = verify(data, [load(changed), load(EELS, "eels.md")])[0]
    assert verdict.status is status
    assert detail in verdict.detail


def test_the_bytes_of_a_file_are_told(data: dict[str, Any]) -> None:
    marked = load(HARBOUR, mark=b"\xef\xbb\xbf")
    verdict = verify(data, [marked, load(EELS, "eels.md")])[0]
    assert verdict.status is Status.HOLDS
    assert "the file's bytes changed" in verdict.detail


def test_every_byte_of_a_quotation_counts(data: dict[str, Any]) -> None:
    raw = HARBOUR.encode()
    start = raw.index(QUOTE.encode())
    for at in range(0, len(raw), 7):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        made = load_text(changed, "harbour.txt")
        assert hashlib.sha256(changed).hexdigest() == made.meta["sha256"]
        first, second = verify(data, [made, load(EELS, "eels.md")])
        assert second.status is Status.HOLDS
        assert (first.detail == "line 7") is False
        if start <= at < start + len(QUOTE):
            assert not first.status.stands
        if first.status.stands:
            assert first.now is not None
            assert first.now.quote == QUOTE


def test_the_hashes_in_the_json_count_too(data: dict[str, Any]) -> None:
    found = {}
    for key in ("text_sha256", "file_sha256", "quote_sha256"):
        changed = {**data, "citations": [{**data["citations"][0], key: "0" * 64}]}
        (found[key],) = verify(changed, [load(HARBOUR)])
    assert [v.status for v in found.values()] == [Status.HOLDS, Status.HOLDS, Status.CHANGED]
    assert all(v.detail != "line 7" for v in found.values())


def test_json_without_documents_proves_nothing(data: dict[str, Any]) -> None:
    with pytest.raises(CitationError, match="give them"):
        verify(data)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"format": 2, "citations": []},
        {"format": 1},
        {"format": 1, "citations": None},
        {"format": 1, "citations": [None]},
        {"format": 1, "citations": [{}]},
        {"format": 1, "citations": [{"number": "x"}]},
        {"format": 1, "citations": 3},
        [],
        "x",
        None,
    ],
    ids=repr,
)
def test_what_is_no_answer_is_refused(wrong: Any) -> None:
    with pytest.raises(CitationError) as caught:
        verify(wrong, [load(HARBOUR)])
    assert isinstance(caught.value, IbidError)
    assert "\n" not in str(caught.value)


def test_documents_are_read_from_a_folder_a_file_an_index_or_the_seeds(
    world: Path, index_path: Path
) -> None:
    from_folder = read_documents(world).documents
    assert from_folder == read_documents(index_path).documents
    assert is_index(index_path)
    (one,) = read_documents(world / "harbour.txt").documents
    assert one.text == HARBOUR
    assert len(read_documents(None).documents) == 5
