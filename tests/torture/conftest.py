"""Where the store is tortured: in memory where that can be, with an encoder that costs nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.generation import store
from tests.doubles import InProcess, usual
from tests.torture.worlds import Stub, write_stub

_MEMORY = Path("/dev/shm")


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on a quick disk; builds in this process use `Stub`."""
    memory = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    folder = Path(tempfile.mkdtemp(dir=_MEMORY)) if memory else tmp_path
    compiled = write_stub(folder / "compiled")
    monkeypatch.setattr(store, "OnnxEncoder", Stub)
    with usual(open_encoder=lambda model, tell: (Stub(compiled), compiled), parsers=InProcess):
        yield folder
    if memory:
        shutil.rmtree(folder, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of it is slow."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("slow")
