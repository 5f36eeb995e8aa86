"""The model that ships: its sum, that it reads each pair by itself, and that it is opened late."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import EncoderError, sha256
from rag.stance import COEFFICIENTS, FOLDER, MODEL, StanceModel
from rag.stance.odds import coefficients

REPOSITORY = Path(__file__).parents[3]
PAIRS = [
    ("Is the ferry free?", "Nobody pays for the ferry."),
    ("Is the ferry free?", "The ferry leaves at nine, and there is soup on board on most days."),
    ("The ferry is free.", "A ticket for the ferry costs four crowns."),
]


@pytest.fixture(scope="module")
def model() -> StanceModel:
    return StanceModel(threads=1)


def test_the_file_is_the_one_that_was_calibrated() -> None:
    assert coefficients(FOLDER)["model"]["sha256"] == sha256(FOLDER / MODEL)
    assert (FOLDER / MODEL).stat().st_size < 24_000_000


def test_a_pair_reads_the_same_whatever_is_read_beside_it(model: StanceModel) -> None:
    together = model.logits(PAIRS)
    assert together.shape == (len(PAIRS), 7)
    for row, pair in zip(together, PAIRS, strict=True):
        assert np.array_equal(model.logits([pair])[0], row)
    assert model.logits([]).shape == (0, 7)


def test_no_text_is_too_long_or_too_short(model: StanceModel) -> None:
    found = model.logits([("", ""), ("Is it? " * 400, "It is so. " * 2000), ("[SEP]", "\ud7ff")])
    assert np.isfinite(found).all()


def test_another_file_is_refused(tmp_path: Path) -> None:
    shutil.copy(FOLDER / COEFFICIENTS, tmp_path)
    (tmp_path / MODEL).write_bytes(b"no model")
    with pytest.raises(EncoderError, match="has changed"):
        StanceModel(tmp_path)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="no coefficients"):
        StanceModel(tmp_path)
    shutil.copy(FOLDER / COEFFICIENTS, tmp_path)
    with pytest.raises(EncoderError, match="cannot load"):
        StanceModel(tmp_path)


def test_a_question_of_a_fact_and_what_the_rules_tell_open_no_model() -> None:
    code = (
        "from rag.stance import stances\n"
        "from rag.stance.model import opened\n"
        "assert stances('What does entry cost?', ['Entry is free.'])[0].clear is None\n"
        "assert stances('Is entry free?', ['Entry is free.'])[0].clear is not None\n"
        "assert opened.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=True)
