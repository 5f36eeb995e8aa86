"""Which documents are asked: the bundled ones, files and folders, or one index."""

from __future__ import annotations

from pathlib import Path

import pytest

import seeds
from index.errors import DocumentError
from rag.documents import paths_of


def test_nothing_means_the_bundled_articles() -> None:
    assert paths_of(None) == paths_of([]) == [seeds.FOLDER]


def test_one_or_several_with_the_home_folder_spelt_out(world: Path) -> None:
    assert paths_of(str(world)) == paths_of(world) == [world]
    assert paths_of([world, "~/notes"]) == [world, Path.home() / "notes"]


def test_an_index_is_asked_alone(index_path: Path, world: Path) -> None:
    assert paths_of(index_path) == [index_path]
    with pytest.raises(DocumentError, match="is an index, which is asked alone; make one of all"):
        paths_of([world, index_path])
