"""Pairs and questions that were judged before the code; README.md says what each file is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def judged(name: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The lines of a file, in order."""
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
