"""A Milvus on a port: credentials, TLS, a database; one that is away, slow, or comes back."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.engines import connection
from index.engines.collection import Collection
from index.engines.connection import connected
from index.errors import EngineOutOfReach, EngineRefused
from index.language import Query
from tests.index.engines.serving import TLS, Gate, served

pytestmark = pytest.mark.slow
ASKED = Query("Where do eels return to?")


@pytest.fixture(autouse=True)
def own_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fast_build: None) -> None:
    monkeypatch.setenv("IBID_MILVUS_OBJECTS", str(tmp_path / "objects"))
    monkeypatch.setenv("IBID_MILVUS_TIMEOUT", "6")


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def port(tmp_path: Path, gate: Gate) -> Iterator[int]:
    with served(tmp_path / "engine", gate) as port:
        yield port


def at(port: int) -> Collection:
    connected.cache_clear()
    return Collection(Path(f"milvus://127.0.0.1:{port}/notes"))


def sources(collection: Collection) -> list[str]:
    return [hit.passage.document.source for hit in collection.open().retriever.search(ASKED, 9)]


def test_a_server_is_asked_as_a_folder_is(port: int, world: Path) -> None:
    collection = at(port)
    collection.update(world)
    here = collection.working_copy.open().retriever.search(ASKED, 9)
    assert collection.open().retriever.search(ASKED, 9) == here


def test_two_processes_answer_alike(port: int, world: Path) -> None:
    at(port).update(world)
    script = (
        "import sys; from pathlib import Path; from index import Query, index_at\n"
        f"opened = index_at(Path('milvus://127.0.0.1:{port}/notes')).open()\n"
        "hits = opened.retriever.search(Query('Where do eels return to?'), 9)\n"
        "print([(h.passage.document.id, h.passage.start, h.score, h.evidence) for h in hits])"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [one.communicate(timeout=120)[0] for one in both]
    assert told[0] == told[1]
    assert told[0].startswith("[('")


def test_who_may_not_is_told_how(
    port: int, gate: Gate, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.token = "root:secret"
    with pytest.raises(EngineRefused, match="set IBID_MILVUS_TOKEN"):
        at(port).update(world)
    monkeypatch.setenv("IBID_MILVUS_TOKEN", "root:wrong")
    with pytest.raises(EngineRefused, match="credentials are wrong"):
        at(port).open()
    monkeypatch.setenv("IBID_MILVUS_TOKEN", "root:secret")
    at(port).update(world)
    assert sources(at(port))


def test_a_database_is_named(
    port: int, gate: Gate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("IBID_MILVUS_DATABASE", "law")
    assert str(at(port).address.objects) == f"{tmp_path}/objects/law/notes"
    with pytest.raises(EngineRefused, match="no such database"):
        at(port).open()
    assert "law" in gate.databases


def test_tls(tmp_path: Path, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(tmp_path / "engine", tls=True) as port:
        monkeypatch.setenv("IBID_MILVUS_TLS", "1")
        monkeypatch.setenv("IBID_MILVUS_CA", str(TLS / "cert.pem"))
        at(port).update(world)
        assert sources(at(port))
        monkeypatch.setenv("IBID_MILVUS_TIMEOUT", "3")
        monkeypatch.delenv("IBID_MILVUS_CA")
        with pytest.raises(EngineOutOfReach):
            at(port).open()
        monkeypatch.delenv("IBID_MILVUS_TLS")
        with pytest.raises(EngineOutOfReach, match="its host, port and TLS"):
            at(port).open()


def test_nobody_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IBID_MILVUS_TIMEOUT", "3")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(EngineOutOfReach, match="check that it runs"):
        at(port).open()
    assert at(port).revision == b""


def test_one_that_is_slow_is_not_waited_for(
    port: int, gate: Gate, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(port).update(world)
    monkeypatch.setenv("IBID_MILVUS_TIMEOUT", "1.5")
    opened = at(port).open()
    gate.delay = 20.0
    begun = time.monotonic()
    with pytest.raises(EngineOutOfReach, match="within"):
        opened.retriever.search(ASKED, 9)
    assert time.monotonic() - begun < 15.0  # and not 20: it was not waited for
    gate.let_through.set()


def test_one_that_fails_twice_is_asked_again(
    port: int, gate: Gate, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(port).update(world)
    opened = at(port).open()
    gate.refusing = 2
    assert opened.retriever.search(ASKED, 9)


def test_one_that_comes_back_is_asked_again(tmp_path: Path, world: Path) -> None:
    with served(tmp_path / "engine") as port:
        collection = at(port)
        collection.update(world)
        opened = collection.open()
        before = opened.retriever.search(ASKED, 9)
    with pytest.raises(EngineOutOfReach):
        opened.retriever.search(ASKED, 9)
    with served(tmp_path / "engine", port=port):  # nothing is loaded there yet
        assert opened.retriever.search(ASKED, 9) == before


def test_what_pymilvus_would_do_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads a file .env of the folders above it into the environment when it is imported."""
    script = (
        "import os; from unittest.mock import patch; import dotenv\n"
        "from index.engines.connection import _imported\n"
        "import dotenv.main\n"
        "found = []\n"
        "dotenv.main.find_dotenv = lambda *a, **k: found.append(a) or ''\n"
        "_imported()\n"
        "assert not found and 'PYTHON_DOTENV_DISABLED' not in os.environ, found"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)
    assert connection.TRIES == 3
