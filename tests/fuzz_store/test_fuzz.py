"""What an index says of itself may be anything: it is read, or refused with an error of ours."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from index import library
from tests.torture.conftest import ground  # noqa: F401  a fixture
from tests.torture.scale import amount
from tests.torture.worlds import FILES, write

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.skipif(find_spec("atheris") is None, reason="needs atheris: pip install '.[fuzz]'")
def test_only_errors_of_ours(ground: Path) -> None:  # noqa: F811
    library.update([write(ground / "world", FILES)], ground / "index")
    seconds = amount("seconds")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz_store.harness", str(ground / "index"),
         f"-max_total_time={seconds}", "-seed=7", f"-artifact_prefix={ground}/", "-max_len=4096"],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=seconds + 120,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"[-6000:]
    assert "Done" in done.stderr
