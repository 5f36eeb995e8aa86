"""HotpotQA's pool: both paragraphs that a question needs, among the first five."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kit.asking import Readers
from benchmarks.kit.metrics import Figure
from benchmarks.kit.passages import judged_figures
from benchmarks.kit.sets import beir
from index.encoder import OnnxEncoder

DEPTHS = (20,)  # passages read, beside those that ship
FIRST = 5


def figures(data: Path, encoder: OnnxEncoder, readers: Readers) -> dict[str, Figure]:
    """The share of questions with both paragraphs among the first five, of every system."""
    judged = beir(data / "hotpotqa/beir_pooled500")
    return judged_figures(judged, encoder, readers, DEPTHS, "both in five", _all_first)


def _all_first(sources: list[str], relevant: set[str]) -> float:
    return float(relevant <= set(sources[:FIRST]))
