"""A file of annotations: whole or nothing, under the text and how it was divided."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from index.annotations import FOLDER, KeptAnnotations
from index.annotations.kept import id_of, key_of
from index.generation.build import encode_documents
from tests.doubles import EELS, HARBOUR, FakeEncoder, document


def written(path: Path) -> KeptAnnotations:
    kept = KeptAnnotations(path, "guide", 1).with_more({"a-1": {"Names": [[3, 5]]}, "b-2": []})
    kept.write()
    return kept


def test_what_was_written_is_read(tmp_path: Path) -> None:
    written(tmp_path)
    found = KeptAnnotations(tmp_path, "guide", 1)
    assert len(found) == 2
    assert found.get("a-1") == {"Names": [[3, 5]]}
    assert found.get("b-2") == []
    assert found.get("c-3") is None
    assert found.documents == {"a", "b"}
    assert [p.name for p in (tmp_path / FOLDER).iterdir()] == ["guide"]


def test_another_version_holds_nothing_and_any_version_is_counted(tmp_path: Path) -> None:
    written(tmp_path)
    assert len(KeptAnnotations(tmp_path, "guide", 2)) == 0
    assert len(KeptAnnotations(tmp_path, "guide", None)) == 2
    assert len(KeptAnnotations(tmp_path, "timeline", 1)) == 0


def test_only_some_documents(tmp_path: Path) -> None:
    written(tmp_path).only({"b"}).write()
    assert KeptAnnotations(tmp_path, "guide", 1).documents == {"b"}


def test_any_harm_to_the_file_leaves_nothing(tmp_path: Path) -> None:
    file = written(tmp_path).file
    whole, random = file.read_bytes(), Random(7)
    for _ in range(60):
        at = random.randrange(len(whole))
        for harmed in (
            whole[:at],
            whole[:at] + bytes([whole[at] ^ 1 << random.randrange(8)]) + whole[at + 1 :],
            whole[:at] + b"\0" * 4 + whole[at:],
        ):
            file.write_bytes(harmed)
            found = KeptAnnotations(tmp_path, "guide", 1)
            assert len(found) == 0
            assert found.get("a-1") is None


@pytest.mark.parametrize(
    "content", ["", "[]", "7", '{"name": "guide"}', '{"version": 1}', "\udcff"]
)
def test_what_is_sealed_and_is_none(tmp_path: Path, content: str) -> None:
    from index.storage import seal

    file = written(tmp_path).file
    file.write_bytes(seal(content.encode("utf-8", "replace").decode()).encode())
    assert len(KeptAnnotations(tmp_path, "guide", 1)) == 0


def test_a_key_is_of_the_text_and_of_how_it_was_divided() -> None:
    class Small(FakeEncoder):
        max_tokens = 20

    def keys(*texts: str, encoder: FakeEncoder | None = None) -> list[str]:
        own = encoder or FakeEncoder()
        documents = [document(text, f"{i}.md") for i, text in enumerate(texts)]
        table = encode_documents(documents, own).retriever(own).passages
        return [key_of(table, number) for number in range(len(documents))]

    (alone,) = keys(EELS)
    _, beside = keys(HARBOUR, EELS)
    assert alone == beside  # other documents are no part of it
    (otherwise,) = keys(EELS, encoder=Small())
    assert id_of(otherwise) == id_of(alone)
    assert otherwise != alone
