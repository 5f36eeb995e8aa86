"""The loaders over the committed corpus, and over what a fuzzer makes of it in two seconds each."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.load.loaders import LOADERS
from tests.fuzz.target import CORPUS, SUFFIXES, run
from tests.torture.scale import amount

INPUTS = sorted(p for p in CORPUS.rglob("*") if p.is_file())


@pytest.mark.slow
@pytest.mark.parametrize("file", INPUTS, ids=lambda p: p.relative_to(CORPUS).as_posix())
def test_the_corpus_gives_texts_or_refusals(file: Path) -> None:
    run(file.parent.name, file.read_bytes())


def test_every_loader_is_fuzzed_from_a_small_corpus() -> None:
    read = {LOADERS[suffix].NAME for suffix in SUFFIXES.values()}
    assert read == {form.NAME for form in LOADERS.values()}
    assert {p.parent.name for p in INPUTS} == set(SUFFIXES)
    assert sum(p.stat().st_size for p in INPUTS) < 150_000


@pytest.mark.slow
@pytest.mark.skipif(find_spec("atheris") is None, reason="there is no atheris for this Python")
def test_the_fuzzed_loaders_raise_only_typed_errors(tmp_path: Path) -> None:
    given = ("--seconds", str(amount("seconds")), "--crashes", str(tmp_path))
    ended = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *given], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    assert len(re.findall(r"(?m)^Done", ended.stderr)) == len(SUFFIXES)
