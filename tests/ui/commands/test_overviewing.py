"""`ibid about`: what documents say, in their own sentences."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from index.storage import cache
from rag import Engine
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
    assert about(world, "--guide").exit_code == 2


@pytest.mark.slow
def test_the_bundled_articles(golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    answer = Engine.open(None).overview()
    golden("overview.txt", to_text(answer, width=80))
    golden("overview.md", to_markdown(answer))
    golden("overview.json", to_json(answer))
