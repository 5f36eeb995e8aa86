"""A passage goes into a row and comes out as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import given, strategies as st

from index.copies import Copies
from index.engines.rows import PIECE, RowPacker, document_number, says_of, unpack
from index.errors import UnreadableDocument
from index.generation import Contents, encode_documents
from index.passages import sentence_stems
from tests.doubles import EELS, HARBOUR, FakeEncoder, document

ITEMS = (f"- rye bread of kind {n}, {'x' * 90}." for n in range(9))
LIST = "\n".join(["The bakery sells:", "", *ITEMS])


def contents_of(*texts: str) -> Contents:
    documents = [document(text, f"{n}.txt") for n, text in enumerate(texts) if text]
    return encode_documents(documents, FakeEncoder())


def packer_of(contents: Contents) -> RowPacker:
    return RowPacker(contents, Copies.of(contents.passages, contents.digests))


def check(contents: Contents) -> None:
    packer, table = packer_of(contents), contents.passages
    for number, passage in enumerate(table):
        packed = packer.pack(number)
        row = unpack(packed.pieces)
        first, count = table.rows[number, 1:3].tolist()
        own = slice(first, first + count)
        assert (row.document, row.headings) == (passage.document.id, passage.headings)
        assert row.start == passage.start
        assert row.sentences.tolist() == table.sentences[own].tolist()
        assert np.array_equal(row.vectors[0], contents.vectors[number])
        assert np.array_equal(row.vectors[1:], contents.sentence_vectors[own])
        assert np.array_equal(row.digests, contents.digests[own])
        said = [sentence_stems(passage.document, s) for s in passage.sentences]
        assert [(list(s.before), list(s.own)) for s in row.sentence_stems] == [
            (list(s.before), list(s.own)) for s in said
        ]
        assert set(packed.weights) == set(row.stems)
        for at, text in row.windows:
            assert passage.document.text[at : at + len(text)] == text
        assert set(packed.says) == {says_of(d.tobytes()) for d in row.digests}


def test_all_of_it_comes_out() -> None:
    check(contents_of(HARBOUR, EELS, LIST, HARBOUR + "\nOne line more.\n"))


@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=4))
def test_whatever_the_text(texts: Sequence[str]) -> None:
    try:
        contents = contents_of(*dict.fromkeys(texts))
    except UnreadableDocument:
        return
    if len(contents.passages):
        check(contents)


def test_the_same_passage_is_the_same_row() -> None:
    one, other = packer_of(contents_of("", HARBOUR)), packer_of(contents_of(EELS, HARBOUR))
    row = next(n for n in range(9) if other.pack(n).document == one.pack(0).document)
    assert other.pack(row).key == one.pack(0).key != other.pack(0).key


def test_what_a_row_is_called_tells_what_is_in_it() -> None:
    titled = replace(document(HARBOUR, "0.txt"), title="Another title")
    several = [
        contents_of(HARBOUR),
        contents_of(EELS, HARBOUR),
        contents_of(HARBOUR + "\nOne line more.\n", HARBOUR),
        contents_of(HARBOUR, HARBOUR + "\nOne line more.\n"),
        encode_documents([titled], FakeEncoder()),
        replace(contents_of(HARBOUR), vectors=contents_of(HARBOUR).vectors * 2),
        replace(contents_of(HARBOUR), sentence_vectors=contents_of(HARBOUR).sentence_vectors * 2),
    ]
    rows = [packer.pack(n) for packer in map(packer_of, several) for n in range(len(packer))]
    called = {(row.key, row.content) for row in rows}
    assert len(rows) > len(called) > 7
    assert len({key for key, _ in called}) == len({own for _, own in called}) == len(called)


def test_a_string_is_no_longer_than_an_engine_takes() -> None:
    packed = packer_of(contents_of(LIST)).pack(0)
    assert all(len(piece) <= PIECE for piece in packed.pieces)


def test_an_engine_takes_numbers_of_eight_bytes() -> None:
    assert -(2**63) <= document_number("f" * 64) < 2**63
    assert says_of(b"\0" * 7 + b"\1" + b"rest") == 1
