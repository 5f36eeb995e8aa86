"""What was labelled by hand stands in the documents, so that no label goes stale unseen."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import seeds

GOLDEN = Path(__file__).parent


def _texts() -> dict[str, str]:
    files = [*seeds.FOLDER.glob("*.txt"), *(GOLDEN / "differing").glob("*.txt")]
    return {file.name: file.read_text("utf-8") for file in files}


def test_pairs_that_differ_and_pairs_that_do_not() -> None:
    texts = _texts()
    lines = (GOLDEN / "differing/pairs.jsonl").read_text("utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    for pair in pairs:
        for side in (pair["a"], pair["b"]):
            assert side["contains"] in texts[side["source"]], pair["id"]
        assert pair["a"]["source"] != pair["b"]["source"]
    kinds = Counter(pair["differ"] for pair in pairs)
    assert kinds[True] >= 30
    assert kinds[False] >= 60


def test_dialogues_ask_for_what_is_there() -> None:
    texts = _texts()
    lines = (GOLDEN / "dialogues.jsonl").read_text("utf-8").splitlines()
    dialogues = [json.loads(line)["turns"] for line in lines]
    assert len(dialogues) >= 15
    for turns in dialogues:
        assert len(turns) in (2, 3)
        for place in (place for turn in turns for place in turn["gold"]):
            assert place["contains"] in texts[place["source"]]
