"""The commands over the address of a collection, as over a folder; and without the extra."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pymilvus", reason="the extra milvus is not installed")
pytest.importorskip("milvus_lite", reason="the extra milvus is not installed")

from index.engines import connection, lite
from tests.doubles import hurried
from tests.ui.test_cli import ibid

pytestmark = pytest.mark.slow
ADDRESS = "milvus+lite:own"


@pytest.fixture(autouse=True)
def own(
    world: Path, tmp_path: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The world lies beside the place of a collection, and the working folder is theirs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    with hurried():
        yield
    connection.connected.cache_clear()
    lite.stop()


def test_a_collection_is_kept_and_asked_as_an_index_is(world: Path) -> None:
    made = ibid("index", "world", "--into", ADDRESS)
    assert made.exit_code == 0
    assert made.stdout.splitlines()[1] == "files: 3 added"
    assert "in milvus+lite:own" in made.stdout
    status = json.loads(ibid("status", ADDRESS, "--json").stdout)
    assert (status["path"], status["documents"], status["waiting"]) == (ADDRESS, 3, 0)
    assert status["annotated"]["guide"] == 3
    (world / "herons.txt").write_text("Herons wait at the weir.\n")
    assert json.loads(ibid("status", ADDRESS, "--json").stdout)["waiting"] == 1
    assert ibid("index", "--into", ADDRESS).stdout.splitlines()[1] == "files: 1 added, 3 unchanged"
    removed = ibid("remove", "eels.md", "--from", ADDRESS)
    assert removed.stdout.splitlines()[1] == "files: 1 removed, 3 unchanged"
    here = ibid("ask", "How long does the dough rest?", "-d", "own/working-copy", "--json")
    there = ibid("ask", "How long does the dough rest?", "-d", ADDRESS, "--json")
    assert (there.stdout, there.exit_code) == (here.stdout, here.exit_code)
    assert ibid("about", ADDRESS).stdout == ibid("about", "own/working-copy").stdout


def test_what_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    asked = ibid("ask", "Where do eels return to?", "-d", ADDRESS)
    assert asked.exit_code == 1
    assert "make one with: ibid index PATH --into milvus+lite:own" in asked.stderr
    assert not (tmp_path / "own").exists()


def test_a_collection_is_asked_alone(world: Path) -> None:
    asked = ibid("ask", "Where do eels return to?", "-d", ADDRESS, "-d", "world")
    assert "is an index, which is asked alone" in " ".join(asked.stderr.split())


def test_without_an_address_nothing_of_it_is_imported() -> None:
    script = (
        "import sys; sys.argv = ['ibid', 'status', 'nothing']\n"
        "from ui.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert not {'pymilvus', 'grpc', 'fsspec', 'milvus_lite'} & sys.modules.keys()\n"
        "assert 'index.engines.collection' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)
