"""The bundled articles, byte for byte as they were written; `sources.toml` says whose they are."""

from pathlib import Path

FOLDER = Path(__file__).parent
