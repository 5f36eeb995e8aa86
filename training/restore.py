"""The weights of an exported reader, to go on from: python -m training.restore

Reads back what training.export wrote, into restored.safetensors: each matrix is its int8 numbers
times their scales, which is all that is left of it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file

from rag.reader import FOLDER, MODEL
from training.mine import workplace

RESTORED = "restored.safetensors"  # beside reader.safetensors, which training.train writes
_WORDS = "bert.embeddings.word_embeddings.weight"


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", type=Path, default=FOLDER, help="the exported model's folder")
    parser.add_argument("--into", type=Path, default=workplace() / RESTORED)
    args = parser.parse_args()
    save_file(restored(args.reader), args.into)
    print(args.into)


def restored(folder: Path) -> dict[str, torch.Tensor]:
    """The state of a `training.model.ReadingModel` from an exported int8 model."""
    graph = onnx.load(folder / MODEL).graph
    kept = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    state = {n.removeprefix("model."): a for n, a in kept.items() if n.startswith("model.")}
    state[_WORDS] = kept["words"] * kept["word_scales"]
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            name = node.input[1].removesuffix("_quantized")
            matrix = kept[node.input[1]] * kept[f"{name}_scale"]
            state[f"{_place(node.name)}.weight"] = matrix.T
    return {n: torch.from_numpy(np.array(a, np.float32, order="C")) for n, a in state.items()}


def _place(node: str) -> str:
    """ "bert.encoder.layer.0.attention.self.query" of the node that multiplies by it."""
    return node.removeprefix("/model/").rsplit("/", 1)[0].replace("/", ".")


if __name__ == "__main__":
    main()
