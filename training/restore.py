"""The weights of an exported reader, to go on from: python -m training.restore

Reads back what training.export wrote, into restored.safetensors: each matrix is its int8 numbers
times their scales, which is all that is left of it. Reads as well what was exported before
`training.bert_graph`, as the reader is that ships until the next one: then `_traced` goes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file

from rag.reader import FOLDER, MODEL
from training.bert_graph import Array
from training.mine import workplace

RESTORED = "restored.safetensors"  # beside reader.safetensors, which training.train writes


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
    state = _traced(graph, kept) if "words" in kept else dict(_named(kept))
    return {n: torch.from_numpy(np.array(a, np.float32, order="C")) for n, a in state.items()}


def _named(kept: Mapping[str, Array]) -> Iterator[tuple[str, Array]]:
    """Each weight, from constants that have the names of what stands side by side in them."""
    for name, array in kept.items():
        layers, _, kind = name.rpartition(".")
        if kind not in ("weight", "bias"):
            continue
        if kind == "weight" and (scales := kept.get(f"{layers}.scale")) is not None:
            array = array * scales if scales.ndim == array.ndim else (array * scales).T
        names = layers.split(" ")
        for layer, part in zip(names, np.split(array, len(names)), strict=True):
            yield f"{layer}.{kind}" if layer == "head" else f"bert.{layer}.{kind}", part


def _traced(graph: onnx.GraphProto, kept: Mapping[str, Array]) -> dict[str, Array]:
    """The same from the names that the trace by torch and ONNX Runtime's quantization gave."""
    state = {n.removeprefix("model."): a for n, a in kept.items() if n.startswith("model.")}
    state["bert.embeddings.word_embeddings.weight"] = kept["words"] * kept["word_scales"]
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            name = node.input[1].removesuffix("_quantized")
            matrix = kept[node.input[1]] * kept[f"{name}_scale"]
            state[f"{_weight_name(node.name)}.weight"] = matrix.T
    return state


def _weight_name(node: str) -> str:
    """ "bert.encoder.layer.0.attention.self.query" of the node that multiplies by it."""
    return node.removeprefix("/model/").rsplit("/", 1)[0].replace("/", ".")


if __name__ == "__main__":
    main()
