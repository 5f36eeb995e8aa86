"""Reading eight passages, beside sentence-transformers' CrossEncoder through torch."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import onnx

from benchmarks.kit.timing import RUNS, Spread, golden_questions, in_turn
from index.cores import cores
from index.encoder import find_model
from index.language import Query
from index.passages import passage_text
from rag.engine import Engine
from rag.reader import FOLDER, MODEL, ROW_TOKENS, CrossEncoder

QUESTIONS = 10
READ = 8  # passages
_LAYER = re.compile(r"encoder\.layer\.(\d+)\.")


def figures(
    reader: Path = FOLDER, *, questions: int = QUESTIONS, runs: int = RUNS
) -> dict[str, Spread]:
    """Torch's time over ours for the same pairs, and our milliseconds for a question.

    The pairs are golden questions, each with its `READ` best passages of the bundled articles.
    Both sides tokenise and have all cores. Torch's model has the layers and sizes of ours, in
    fp32, and numbers drawn at random: how long they take to multiply does not depend on them.
    """
    import torch

    torch.set_num_threads(cores())
    ours, theirs = CrossEncoder(reader, kept=0), _torch_model(reader)
    engine = Engine.open()
    asked = {
        query: [hit.passage for hit in engine.retriever.search(query, READ)]
        for query in map(Query, golden_questions()[:questions])
    }
    if not all(len(passages) == READ for passages in asked.values()):
        raise ValueError(f"the questions are timed with {READ} passages each")
    pairs = {q: [(q.text, passage_text(p)) for p in passages] for q, passages in asked.items()}
    seconds, torch_seconds = in_turn(
        [
            lambda: [ours.read(q, passages) for q, passages in asked.items()],
            lambda: [theirs(own) for own in pairs.values()],
        ],
        runs,
    )
    return {
        "read_passages": Spread.of_ratios(torch_seconds, seconds),
        "read_passages_ms": Spread.of(1000 * own / len(asked) for own in seconds),
    }


def _torch_model(reader: Path) -> Any:
    """`CrossEncoder.predict` of a BERT for sequence classification as large as the reader."""
    from sentence_transformers import CrossEncoder as TorchCrossEncoder
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    config = BertConfig.from_pretrained(find_model(None))
    config.num_labels, config.num_hidden_layers = 1, _layers(reader / MODEL)
    with tempfile.TemporaryDirectory() as folder:
        BertForSequenceClassification(config).save_pretrained(folder)
        AutoTokenizer.from_pretrained(find_model(None)).save_pretrained(folder)
        model = TorchCrossEncoder(folder, device="cpu", max_length=ROW_TOKENS)
    return partial(model.predict, show_progress_bar=False)


def _layers(model: Path) -> int:
    names: Sequence[str] = [tensor.name for tensor in onnx.load(str(model)).graph.initializer]
    return 1 + max(int(found[1]) for name in names if (found := _LAYER.search(name)))
