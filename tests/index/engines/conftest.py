"""Collections in Milvus Lite, with the tiny encoder; each test has its own cache."""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.engines import collection as collection_module, connection, lite
from index.engines.collection import Collection
from index.engines.lease import SETTLES_HERE

# without the extra milvus there is nothing to test
collect_ignore_glob = [] if find_spec("pymilvus") and find_spec("milvus_lite") else ["test_*.py"]


@pytest.fixture(scope="session", autouse=True)
def soon() -> Iterator[None]:
    """Waits that nobody here needs are short: one process writes a collection, and makes it small.

    pymilvus looks every half second whether an index is made, and a collection has three.
    """
    from pymilvus.client import grpc_handler

    often = SimpleNamespace(time=time.time, sleep=lambda seconds: time.sleep(seconds / 50))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grpc_handler, "time", often)
        patch.setattr(collection_module, "SETTLES", SETTLES_HERE)
        yield


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is fetched before, and no engine goes on after the test."""
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    yield
    connection.connected.cache_clear()
    lite.stop()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The address of a collection that is not there yet."""
    return Path(f"milvus+lite:{tmp_path}/lite")


@pytest.fixture
def collection(place: Path, world: Path, fast_build: None) -> Collection:
    """A collection of three documents."""
    made = Collection(place)
    made.update(world)
    return made
