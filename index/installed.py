"""Under which name Ibid is installed: its distributions hold the same files."""

from __future__ import annotations

from contextlib import suppress

DISTRIBUTIONS = ("ibid-qa", "ibid-qa-slim")


def installed_version() -> str:
    """The version that is installed; "" where none is, as in a folder of bare files."""
    return _installed()[1]


def reinstall() -> str:
    """What to do where a file of ours is missing or has changed."""
    return f"reinstall with: pip install --force-reinstall --no-deps {_installed()[0]}"


def _installed() -> tuple[str, str]:
    """The distribution's name and version."""
    from importlib import metadata  # takes as long to import as much else here together

    for name in DISTRIBUTIONS:
        with suppress(metadata.PackageNotFoundError):
            return name, metadata.version(name)
    return DISTRIBUTIONS[0], ""
