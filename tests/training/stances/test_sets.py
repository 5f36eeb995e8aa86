"""Rows from public sets, in their forms."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from training.stances import sets


def write(file: Path, rows: list[dict[str, Any]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


def test_a_claim_and_its_evidence(tmp_path: Path) -> None:
    text = "Ada Nilsen was born in Bergen. Her father sold fish."
    write(tmp_path / "fever_claims.docs.jsonl.gz", [{"doc": "d", "text": text, "title": "Ada"}])
    claims = [
        ("Ada Nilsen was born in Bergen.", "SUPPORTS", [[0, 30]]),
        ("Ada Nilsen was born in Oslo.", "REFUTES", [[0, 30]]),
        ("The father of Ada Nilsen sold fish.", "SUPPORTS", [[31, 52]]),
    ]
    write(
        tmp_path / "fever_claims.jsonl.gz",
        [
            {"question": q, "label": label, "doc": "d", "answers": a, "group": "Ada_Nilsen"}
            for q, label, a in claims
        ],
    )
    found = {(row.one, row.other, row.label) for row in sets.fever(tmp_path)}
    born, fish = text[:30], text[31:]
    assert ("Ada Nilsen was born in Bergen.", born, "same") in found
    assert ("Was Ada Nilsen born in Bergen?", born, "yes") in found
    assert ("Ada Nilsen was born in Oslo.", born, "against") in found
    assert ("Was Ada Nilsen born in Oslo?", born, "no") in found
    assert ("Was Ada Nilsen born in Oslo?", fish, "silent") in found


def test_answers_that_say_it_at_once(tmp_path: Path) -> None:
    text = "Yes. You can pay by card at every desk.\nNo, unless you are under twelve years of age."
    write(
        tmp_path / "faq/docs.jsonl.gz",
        [{"doc": "d", "text": text, "title": "Pool", "repo": "pool"}],
    )
    asked = [
        ("Can I pay the entry by card?", [0, 39]),
        ("Is the entry to the pool free?", [40, len(text)]),
    ]
    write(
        tmp_path / "faq/questions.jsonl.gz",
        [{"doc": "d", "question": q, "direct_span": span} for q, span in asked],
    )
    for name in ("feedbackqa", "msdocs_headings", "medquad"):
        write(tmp_path / f"qa/{name}.jsonl.gz", [])
    found = {(row.one, row.other, row.label) for row in sets.said_at_once(tmp_path)}
    card, free = asked[0][0], asked[1][0]
    assert (card, "Yes.", "yes") in found
    assert (card, "You can pay by card at every desk.", "yes") in found
    assert (free, "No, unless you are under twelve years of age.", "no") in found
