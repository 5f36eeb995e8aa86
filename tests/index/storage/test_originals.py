"""The files that an index keeps: each is what its name says, or it is damaged."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from index.errors import DamagedIndex
from index.storage.originals import Originals

EELS, HERONS = b"Eels are fish.", b"Herons wait."


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def kept(tmp_path: Path) -> Originals:
    """Two files, kept."""
    originals = Originals(tmp_path)
    assert not originals
    for data in (EELS, HERONS):
        originals.keep(data, digest(data))
    return originals


def test_what_is_kept_is_read_again(kept: Originals) -> None:
    assert kept
    assert digest(EELS) in kept
    assert kept.read(digest(EELS)) == EELS
    assert digest(b"other") not in kept


def test_a_file_that_changed_or_went_is_damage_and_says_what_to_do(kept: Originals) -> None:
    (kept.folder / digest(EELS)).write_bytes(HERONS)
    with pytest.raises(DamagedIndex, match="has changed; index its folder again: ibid index"):
        kept.read(digest(EELS))
    (kept.folder / digest(EELS)).unlink()
    with pytest.raises(DamagedIndex, match="is missing"):
        kept.read(digest(EELS))


def test_what_is_something_else_by_now_is_kept_again(kept: Originals) -> None:
    (kept.folder / digest(EELS)).write_bytes(HERONS)
    kept.keep(EELS, digest(EELS))
    assert kept.read(digest(EELS)) == EELS


def test_all_others_are_forgotten(kept: Originals) -> None:
    kept.forget(but={digest(EELS)})
    assert [file.name for file in kept.folder.iterdir()] == [digest(EELS)]
