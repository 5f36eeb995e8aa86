"""Whichever distribution is installed is the one that messages name."""

from __future__ import annotations

from importlib import metadata

import pytest

from index import installed


@pytest.mark.parametrize("name", [*installed.DISTRIBUTIONS, ""])
def test_the_one_that_is_there_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(asked: str) -> str:
        if asked != name:
            raise metadata.PackageNotFoundError(asked)
        return "1.2.3"

    monkeypatch.setattr(metadata, "version", version)
    assert installed.installed_version() == ("1.2.3" if name else "")
    assert installed.reinstall().endswith(f"--no-deps {name or 'ibid-qa'}")
