"""The encoder that ships is what its command makes of the pinned weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.encoder import MODEL, SHIPPED
from training.encoder import export

pytestmark = pytest.mark.slow


def test_the_encoder_that_ships_is_made_again_of_its_weights(tmp_path: Path) -> None:
    before = b"what an index links"
    (tmp_path / MODEL).write_bytes(before)
    (tmp_path / "linked").hardlink_to(tmp_path / MODEL)
    export(tmp_path)
    assert (tmp_path / "linked").read_bytes() == before
    (tmp_path / "linked").unlink()
    shipped = {file.name: file.read_bytes() for file in SHIPPED.iterdir()}
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == shipped
