"""Collections in Milvus Lite, with the tiny encoder; each test has its own cache."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.engines import connection, lite
from index.engines.collection import Collection
from tests.doubles import hurried

# without the extra milvus there is nothing to test
collect_ignore_glob = [] if find_spec("pymilvus") and find_spec("milvus_lite") else ["test_*.py"]


@pytest.fixture(scope="package", autouse=True)
def soon() -> Iterator[None]:
    """What nobody here waits for is not waited for."""
    with hurried():
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
