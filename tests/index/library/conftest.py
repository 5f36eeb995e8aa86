"""What tests of a library watch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from index.encoder import OnnxEncoder


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were encoded."""
    texts: list[str] = []
    real = OnnxEncoder.encode_passages

    def counted(self: OnnxEncoder, given: Sequence[str], *rest: Any) -> Any:
        texts.extend(given)
        return real(self, given, *rest)

    monkeypatch.setattr(OnnxEncoder, "encode_passages", counted)
    return texts
