"""The weights of an exported reader, to go on from: python -m training.restore

Reads back what training.export wrote, into restored.safetensors: each matrix is its int8 numbers
times their scales, which is all that is left of it. A file that is there is left as it is.
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
from training.mine import in_workplace

RESTORED = "restored.safetensors"  # beside reader.safetensors, which training.train writes


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", type=Path, default=FOLDER, help="the exported model's folder")
    parser.add_argument("--into", type=Path, default=Path(RESTORED))
    args = parser.parse_args()
    into = in_workplace(args.into)
    if not into.exists():  # what trains goes on from what it began with, whatever ships meanwhile
        save_file(restored(args.reader), into)
    print(into)


def restored(folder: Path) -> dict[str, torch.Tensor]:
    """The state of a `training.model.ReadingModel` from an exported int8 model."""
    graph = onnx.load(folder / MODEL).graph
    kept = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    return {n: torch.from_numpy(np.array(a, np.float32, order="C")) for n, a in _named(kept)}


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


if __name__ == "__main__":
    main()
