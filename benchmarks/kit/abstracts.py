"""BEIR SciFact, test: abstracts ranked by their best passage, before reading and after."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kit.asking import Readers
from benchmarks.kit.metrics import Figure, ndcg
from benchmarks.kit.passages import judged_figures
from benchmarks.kit.sets import beir
from index.encoder import OnnxEncoder

DEPTHS = (20, 50)  # passages read, beside those that ship


def figures(data: Path, encoder: OnnxEncoder, readers: Readers) -> dict[str, Figure]:
    """nDCG@10 of every system, and the lead over the best baseline."""
    return judged_figures(beir(data / "scifact"), encoder, readers, DEPTHS, "ndcg@10", ndcg)
