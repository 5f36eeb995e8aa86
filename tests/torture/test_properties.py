"""What holds for any text: a quotation is cut from its source; what is read is what was written."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from index.encoder.encode import OnnxEncoder
from index.failures import Failure
from index.files.roots import Root, Stamp
from index.generation import build, store
from index.generation.catalog import Catalog, CatalogRow
from index.generation.publishing import publish
from index.language.alphanumerics import (
    as_shown,
    letters,
    letters_before,
    word_end,
)
from index.language.cleaning import clean
from index.passages.chunking import split
from index.storage import checked, manifest
from index.storage.checked import Checked, Draft, Rows
from index.storage.manifest import Counts, Entry, Manifest, Settings, entry_of, seal, unseal
from index.types import Document
from tests.strategies import documents, texts
from tests.torture.scale import amount
from tests.torture.worlds import Stub

often = settings(
    max_examples=amount("examples"),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
ANY = st.text(st.characters(), max_size=40)  # lone surrogates too: names of files hold them


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


@often
@given(documents(), st.integers(20, 300))
def test_every_sentence_is_cut_from_its_document(document: Document, limit: int) -> None:
    text, end = document.text, 0
    for passage in split(document, words, limit):
        assert passage.text == text[passage.start : passage.end]
        assert passage.sentences[0].start >= end
        for sentence in passage.sentences:
            assert end <= sentence.start < sentence.end <= len(text)
            quote = text[sentence.start : sentence.end]
            assert document.cut(sentence.span) == quote == quote.strip() != ""
            if sentence.lead is not None:
                assert document.cut(sentence.lead) == text[slice(*sentence.lead)]
            end = sentence.end
        assert end == passage.end


@often
@given(st.lists(documents(), min_size=1, max_size=3, unique_by=lambda d: d.id))
def test_what_is_published_is_quoted_word_for_word(ground: Path, given: list[Document]) -> None:
    stub = Stub(ground / "compiled")
    contents = build.encode_documents(given, stub)
    assume(len(contents.passages))
    path = Path(tempfile.mkdtemp(dir=ground))
    encoder = (cast("OnnxEncoder", stub), ground / "compiled")
    publish(path, contents, None, Catalog(), encoder, Settings())
    opened = store.open_index(path)
    source = {d.id: d.text for d in given}
    assert {d.id: d.text for d in opened.documents} == source
    assert list(opened.retriever.passages) == list(contents.passages)
    for passage in opened.retriever.passages:
        for s in passage.sentences:
            assert passage.document.cut(s.span) == source[passage.document.id][s.start : s.end]


@often
@given(texts())
def test_letters_are_found_again_in_the_text(text: str) -> None:
    before = letters_before(text)
    shadow = letters(text)
    assert len(before) == len(text) + 1
    assert before[-1] == len(shadow)
    for start in range(0, len(text), max(1, len(text) // 9)):
        for end in range(start, len(text) + 1, max(1, len(text) // 9)):
            assert letters(text[start:end]) == shadow[before[start] : before[end]]
    assert all(c.isalnum() or unicodedata.category(c)[0] == "M" for c in shadow)


@often
@given(texts(), st.data())
def test_where_a_word_ends(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    end = word_end(text, start, stop)
    assert start < end <= stop
    assert end == stop or text[end] in " \n\t"


@often
@given(texts())
def test_what_is_not_shown_leaves_every_offset(text: str) -> None:
    shown = as_shown(text)
    assert len(shown) == len(text)
    assert all(a in (b, " ") for a, b in zip(shown, text, strict=True))


@often
@given(texts())
def test_the_cleaned_copy_is_plain(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == unicodedata.normalize("NFKC", cleaned)
    assert cleaned == " ".join(cleaned.split())


@often
@given(ANY, st.data())
def test_what_is_sealed_is_that_or_nothing(text: str, data: st.DataObject) -> None:
    assume(text.encode("utf-8", "ignore").decode() == text)
    sealed = seal(text).encode()
    assert unseal(sealed) == text
    at = data.draw(st.integers(0, len(sealed) - 1))
    harmed = data.draw(st.sampled_from([
        sealed[:at], sealed[at + 1 :], sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :],
        sealed[:at] + b"\x00" + sealed[at:], sealed + b"\n", b"",
    ]))  # fmt: skip
    if harmed != sealed:
        with pytest.raises(ValueError, match="sum"):
            unseal(harmed)


ENTRIES = st.dictionaries(
    ANY,
    st.builds(
        Entry,
        st.integers(0, 2**60),
        st.lists(ANY, max_size=3).map(tuple),
        ANY,
        st.lists(st.integers(0, 2**40), max_size=3).map(tuple),
    ),
    max_size=4,
)
FAILURES = st.lists(st.builds(Failure, ANY, ANY), max_size=2).map(tuple)
MANIFESTS = st.builds(
    Manifest,
    ANY,
    st.builds(Settings, ANY, st.integers(), st.booleans()),
    st.builds(Counts, *[st.integers(0, 2**40)] * 3),
    FAILURES,
    ANY,
    ENTRIES,
    ENTRIES,
)


@often
@given(MANIFESTS)
def test_a_manifest_is_read_as_it_was_written(given: Manifest) -> None:
    assert Manifest.from_bytes(given.to_bytes()) == given


NAMES = st.lists(ANY, max_size=2).map(tuple)
ROOTS = st.builds(
    Root, ANY.filter(lambda name: "\0" not in name).map(Path), ANY, NAMES, NAMES, NAMES, ANY
)
ROWS = st.builds(
    CatalogRow,
    st.integers(0, 3),
    ANY,
    ANY,
    st.builds(Stamp, *[st.integers(0, 2**62)] * 3),
    ANY,
    ANY,
    st.dictionaries(ANY, ANY, max_size=2),
    st.lists(st.tuples(ANY, ANY), max_size=2).map(tuple),
    FAILURES,
)


@often
@given(st.lists(ROOTS, max_size=2), st.lists(ROWS, max_size=3), FAILURES)
def test_a_list_of_files_is_read_as_it_was_written(
    roots: list[Root], rows: list[CatalogRow], failures: tuple[Failure, ...]
) -> None:
    catalog = Catalog(tuple(roots), tuple(rows), failures)
    assert Catalog.from_bytes(catalog.to_bytes()) == catalog


@often
@given(
    st.sampled_from(["<f2", ">f4", "<i8", "|u1"]), st.integers(1, 60), st.integers(1, 9), st.data()
)
def test_rows_are_those_of_the_array(
    ground: Path, dtype: str, count: int, width: int, data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest, "LARGE", 64)
        for module in (manifest, checked):
            patch.setattr(module, "BLOCK", 32)
        array = np.arange(count * width).reshape(count, width).astype(dtype)
        draft = Draft(Path(tempfile.mkdtemp(dir=ground)))
        draft.save("x", array)
        files = Checked(draft.folder, draft.entries)
        assert (files.array("x") == array).all()
        at = st.integers(-count, count - 1)
        key = data.draw(
            at
            | st.builds(slice, st.none() | at, st.none() | at)
            | st.lists(at, min_size=1, max_size=9).map(np.array)
        )
        rows = files.rows("x")
        assert isinstance(rows, Rows) == (array.nbytes > 64)
        assert len(rows) == count
        assert np.array_equal(rows[key], array[key])
        entry = entry_of(array.tobytes())
        assert len(entry.sums) == (-(-array.nbytes // 32) if array.nbytes > 64 else 1)
