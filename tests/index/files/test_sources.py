"""What the owner of a folder says of its files: believed, or refused by name."""

from __future__ import annotations

from pathlib import Path

from index.library.index import Index


def test_what_the_folder_says_of_a_document_is_believed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Some heading\n\nIt was dredged.\n")
    (tmp_path / "sources.toml").write_text('["a.txt"]\ntitle = "Given"\nauthor = "Ida Holm"\n')
    (found,) = Index.load(tmp_path).documents
    assert (found.title, found.meta["author"]) == ("Given", "Ida Holm")


def test_a_broken_list_of_sources_is_reported_and_the_rest_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It was dredged.\n")
    (tmp_path / "sources.toml").write_text("not toml [")
    loaded = Index.load(tmp_path)
    assert [d.source for d in loaded.documents] == ["a.txt"]
    assert [f.source for f in loaded.failures] == ["sources.toml"]
