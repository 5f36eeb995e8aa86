"""`ibid about`: what documents say, in their own sentences."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from index import Index, cache
from rag import Engine
from rag.annotators import ANNOTATORS
from rag.overview import SourceGuide
from tests.doubles import opener_of, usual, write_encoder, write_world
from ui.cli import app
from ui.show import to_json, to_markdown, to_text

Golden = Callable[[str, str], None]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    cache._usable.cache_clear()


def about(world: Path, *arguments: str) -> Result:
    encoder = write_encoder(world.parent / f"encoder-{world.name}")
    with usual(open_encoder=opener_of(encoder)):
        return CliRunner().invoke(app, ["about", str(world), *arguments])


def test_it_tells_of_each_document(world: Path) -> None:
    shown = about(world)
    assert shown.exit_code == 0
    for words in ("The Harbour of Brell", "Eels in the river Tarn", "Rye Bread", "[1]"):
        assert words in shown.stdout


def test_as_json_and_as_markdown(world: Path) -> None:
    answer = json.loads(about(world, "--json", "--sentences", "2").stdout)
    assert answer["kind"] == "overview"
    assert sum(len(c["sentences"]) for c in answer["citations"]) == 2
    assert "> " in about(world, "--markdown").stdout
    assert about(world, "--json", "--markdown").exit_code == 2


def test_on_a_topic(world: Path) -> None:
    assert "bread" in about(world, "--topic", "rye bread").stdout
    assert about(world, "--topic", "volcanic glaciology").exit_code == 3


def test_a_guide_of_one_document(world: Path) -> None:
    shown = about(world / "eels.md", "--guide", "--json")
    labels = [group["label"] for group in json.loads(shown.stdout)["groups"]]
    assert labels[0] == "Key points"
    assert "Outline" in labels
    assert about(world, "--guide", "--topic", "eels").exit_code == 2


def test_guides_of_several_documents_bear_their_titles(world: Path) -> None:
    data = json.loads(about(world, "--guide", "--json").stdout)
    labels = [group["label"] for group in data["groups"]]
    assert "Eels in the river Tarn: Key points" in labels
    assert "Rye Bread: Key points" in labels
    numbers = [n for group in data["groups"] for n in group["numbers"]]
    assert numbers == list(range(1, len(data["citations"]) + 1))
    assert data["asked_of"] == []


def test_guides_are_kept_once_a_folder_was_indexed_and_had_its_answer(world: Path) -> None:
    first = about(world, "--guide", "--json")
    (index,) = (cache.home() / "indexes").iterdir()
    status = Index(index).status()
    every = status.summary.counts.documents
    assert status.annotated == {one.name: every for one in ANNOTATORS}
    assert about(world, "--guide", "--json").stdout == first.stdout
    shown = CliRunner().invoke(app, ["status", str(world)]).stdout
    assert re.search(rf"guides +{every} of {every} documents", shown)


def test_ctrl_c_while_guides_are_made_is_no_failure(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(self: SourceGuide, *_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(SourceGuide, "annotate", stopped)
    shown = about(world)
    assert shown.exit_code == 0
    assert "the guides that are missing are made the next time" in shown.stderr


@pytest.mark.parametrize("suffix", [".docx", ".html", ".json", ".md", ".txt"])
def test_it_is_written_to_a_file(world: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"told{suffix}"
    shown = about(world, "--out", str(out))
    assert shown.exit_code == 0
    assert shown.stdout.startswith(f"{out}: ")
    data = out.read_bytes()
    assert b"41 metres" in (
        zipfile.ZipFile(out).read("word/document.xml") if suffix == ".docx" else data
    )
    about(world, "--out", str(out))
    assert out.read_bytes() == data


def test_what_cannot_be_written_is_said_first(world: Path, tmp_path: Path) -> None:
    assert about(world, "--out", str(tmp_path / "told.pdf")).exit_code == 2
    assert about(world, "--out", str(tmp_path / "gone/told.md")).exit_code == 1
    assert about(world, "--json", "--out", str(tmp_path / "told.md")).exit_code == 2
    assert not (cache.home() / "indexes").exists()


@pytest.mark.slow
def test_the_bundled_articles(golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    answer = Engine.open(None).overview()
    golden("overview.txt", to_text(answer, width=80))
    golden("overview.md", to_markdown(answer))
    golden("overview.json", to_json(answer))
