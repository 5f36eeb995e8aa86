"""A mined set of three passages and three questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from index.encoder.models import find_model
from training.groups import Groups

PASSAGES = [
    {"prefix": "Brell.", "sentences": ["It rains often.", "The harbour was dredged in 1987."]},
    {"prefix": "", "sentences": ["The lighthouse is 41 metres tall."]},
    {"prefix": "", "sentences": ["Rye bread rests for twelve hours.", "Bakers sell it."]},
]
GROUPS = [
    {
        "question": "When was the harbour dredged?", "development": False,
        "gold": [[0, 1, "1987"]], "about": [], "negatives": [1, 2],
    },
    {
        "question": "How wide is the lighthouse?", "development": False,
        "gold": [], "about": [1], "negatives": [0, 2],
    },
    {
        "question": "How long does the dough rest?", "development": True,
        "gold": [[2, 0, "twelve hours"]], "about": [], "negatives": [0, 1],
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """MiniLM's."""
    return Tokenizer.from_file(str(Path(find_model(None)) / "tokenizer.json"))


@pytest.fixture
def groups(tmp_path: Path) -> Groups:
    """A mined set of three passages and three questions."""
    for name, rows in (("passages", PASSAGES), ("groups", GROUPS)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"made.{name}.jsonl").write_text(text, "utf-8")
    return Groups(tmp_path, ["made"])
