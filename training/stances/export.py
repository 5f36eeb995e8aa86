"""The file of the model that tells stances: python -m training.stances.export

Turns stances.safetensors into rag/stance/stance.onnx, a `training.bert_graph` with seven outputs of
the first token on top. Deterministic. Prints the file's sha256, which training.stances.calibrate
pins in stance.toml. The tokenizer is the reader's.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import onnx
from safetensors.torch import load_file

from index.storage import sha256
from rag.reader import ROW_TOKENS
from rag.stance import FOLDER, MODEL
from training.bert_graph import WIDTH, Array, BertGraph, eight_bits_in_pairs
from training.mine import in_workplace
from training.stances.net import WEIGHTS
from training.stances.rows import LABELS


def main() -> None:
    """Export, print the size and the pin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=Path(WEIGHTS))
    parser.add_argument("--into", type=Path, default=FOLDER)
    args = parser.parse_args()
    args.into.mkdir(parents=True, exist_ok=True)
    file = args.into / MODEL
    weights = {n: t.numpy() for n, t in load_file(in_workplace(args.weights)).items()}
    onnx.save(graph(weights, eight_bits_in_pairs), file)
    print(f"{file} {file.stat().st_size / 1e6:.1f} MB sha256 {sha256(file)}")


def graph(weights: Mapping[str, Array], scales: Callable[[Array], Array] | None) -> onnx.ModelProto:
    """`input_ids` and `token_type_ids` (batch, tokens) to `logits` (batch, 7).

    `weights` are those of a `training.stances.net.StanceNet`; with `scales` None in float32.
    """
    bert = {n.removeprefix("bert."): a for n, a in weights.items() if n.startswith("bert.")}
    made = BertGraph(bert, ROW_TOKENS, scales=scales, typed=True, named=True)
    texts = made.apply("Reshape", made.rows(), made.by_text(WIDTH))
    first = made.apply("Gather", texts, made.constant(np.int64(0)), axis=1)
    head = [made.constant(weights[f"head.{part}"], f"head.{part}") for part in ("weight", "bias")]
    shape = ("batch", len(LABELS))
    outputs = made.apply("Gemm", first, *head, transB=1)
    return made.model("Identity", outputs, output="logits", shape=shape, name="stance")


if __name__ == "__main__":
    main()
