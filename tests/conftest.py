"""Fixtures that several packages share; the costly ones are made once a run."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from index.encoder import cached
from index.encoder.encode import OnnxEncoder
from index.generation import store
from index.isolation.parsers import Parsers
from index.library.index import Index
from tests.doubles import opener_of, usual, write_encoder, write_world

# A test's own server imports gRPC before the program does, which sets this, too: tests fork.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")
# torch's threads, of several processes on the same cores, wait for one another in loops
os.environ.setdefault("OMP_NUM_THREADS", "1")

# never about time: a busy machine is no failure
settings.register_profile(
    "ibid",
    deadline=None,
    max_examples=40,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ibid")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Who collects garbage later need not look through thousands of tests each time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


@pytest.fixture(scope="session", autouse=True)
def ibid_home(run_folder: Path) -> Iterator[Path]:
    """IBID_HOME of this run, for subprocesses too: nobody's own cache is touched."""
    home = run_folder / "ibid-home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IBID_HOME", str(home))
        yield home


class _Shared(Parsers):
    """Parsers that go on after their context."""

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session", autouse=True)
def parsers() -> Iterator[Parsers]:
    """The processes that read files are started once a run."""
    shared = _Shared()
    with usual(parsers=lambda: shared):
        yield shared
    shared.close()


@pytest.fixture(scope="session")
def default_encoder(ibid_home: Path) -> OnnxEncoder:
    """all-MiniLM-L6-v2, compiled once for all workers."""
    with FileLock(ibid_home.parent / "compiling.lock"):
        return cached.open_encoder(None)[0]


@pytest.fixture(scope="session")
def tiny_compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny compiled encoder."""
    return write_encoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="session")
def tiny_encoder(tiny_compiled: Path) -> OnnxEncoder:
    """A real OnnxEncoder that needs no model: milliseconds instead of seconds."""
    return OnnxEncoder(tiny_compiled)


@pytest.fixture
def fast_build(tiny_compiled: Path) -> Iterator[None]:
    """Builds in this process use the tiny encoder."""
    with usual(open_encoder=opener_of(tiny_compiled)):
        yield


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A folder with three documents."""
    return write_world(tmp_path / "world")


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory, tiny_compiled: Path) -> Path:
    """An index of three documents, made with the tiny encoder; not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    with usual(open_encoder=opener_of(tiny_compiled)):
        Index(folder / "index").update(write_world(folder / "world"))
    return folder / "index"


@pytest.fixture
def index_path(built_index: Path, tmp_path: Path, fast_build: None) -> Path:
    """A copy of that index, to be broken or built again."""
    return Path(shutil.copytree(built_index, tmp_path / "index"))


@pytest.fixture
def opened(index_path: Path) -> store.SavedGeneration:
    """That index, opened."""
    return store.open_index(index_path)
