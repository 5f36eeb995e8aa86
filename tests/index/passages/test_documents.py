"""The documents of an index come back from the disk as they were, in whichever order."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from index.errors import DamagedIndex
from index.passages import StoredDocuments, ids_of, languages_of
from index.storage import Checked, Draft, checked, manifest
from index.types import Document, Page, text_id

TEXTS = st.text(st.characters(), max_size=40)  # lone surrogates, too
DOCUMENTS = st.builds(
    lambda text, title, meta, pages, copies: Document(
        text_id(text), text, title, f"{title}.txt", meta, pages=pages, copies=copies
    ),
    TEXTS,
    TEXTS,
    st.dictionaries(st.sampled_from(["language", "author", "aside"]), TEXTS.map(lambda t: t + "x")),
    st.lists(st.builds(Page, st.integers(0, 99), TEXTS), max_size=3).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
)


def stored(documents: list[Document], folder: Path) -> StoredDocuments:
    draft = Draft(folder)
    StoredDocuments.save(documents, draft)
    return StoredDocuments.load(Checked(folder, draft.entries))


def told(document: Document) -> tuple[object, ...]:
    """All of a document: two are equal where their texts are."""
    named = (document.id, document.text, document.title, document.source)
    return (*named, dict(document.meta), document.pages, document.copies)


@given(st.lists(DOCUMENTS, min_size=1, max_size=6), st.data())
def test_they_are_what_was_written(documents: list[Document], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        read = stored(documents, Path(folder))
    assert len(read) == len(documents)
    for number in data.draw(st.permutations(range(-len(documents), len(documents)))):
        assert told(read[number]) == told(documents[number])
        assert read[number] is read[number]
    assert read[1:] == tuple(documents[1:])
    assert list(map(told, read)) == list(map(told, documents))
    with pytest.raises(IndexError):
        read[len(documents)]


@given(st.lists(DOCUMENTS, min_size=1, max_size=6))
def test_columns_are_those_of_the_documents(documents: list[Document]) -> None:
    with TemporaryDirectory() as folder:
        read = stored(documents, Path(folder))
    assert ids_of(read) == ids_of(documents) == [d.id for d in documents]
    spoken = [d.language for d in documents]
    assert languages_of(documents).tolist() == languages_of(read).tolist() == spoken


@given(st.lists(DOCUMENTS, min_size=1, max_size=4), st.lists(DOCUMENTS, min_size=1, max_size=4))
def test_they_are_equal_as_their_documents_are(one: list[Document], other: list[Document]) -> None:
    with TemporaryDirectory() as a, TemporaryDirectory() as b, TemporaryDirectory() as c:
        read, again, others = (
            stored(documents, Path(folder))
            for documents, folder in ((one, a), (one, b), (other, c))
        )
    assert read == again
    assert (read == others) == (one == other)
    assert read != one  # as a tuple is no list
    with pytest.raises(TypeError, match="unhashable"):
        hash(read)


def test_a_large_file_is_checked_where_a_document_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "LARGE", 1)
    for module in (manifest, checked):
        monkeypatch.setattr(module, "BLOCK", 256)
    texts = [letter * 1000 for letter in "abc"]
    draft = Draft(tmp_path / "gen")
    draft.folder.mkdir()
    StoredDocuments.save([Document(text_id(t), t, t[:1], "x.txt") for t in texts], draft)
    file = draft.folder / "documents"
    file.write_bytes(file.read_bytes().replace(b"b" * 1000, b"b" * 500 + b"c" + b"b" * 499))
    read = StoredDocuments.load(Checked(draft.folder, draft.entries))
    assert read[0].text == texts[0]
    for _ in range(2):
        with pytest.raises(DamagedIndex, match="--check"):
            read[1]
    assert read[2].text == texts[2]
