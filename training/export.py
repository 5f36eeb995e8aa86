"""Stage 3, the file that ships: python -m training.export

Turns reader.safetensors into rag/reader/model.onnx, a `training.bert_graph` with the head on top.
Deterministic. Prints the file's sha256, which training.calibrate pins in reader.toml.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

import onnx
from safetensors.torch import load_file

from index.encoder import find_model
from index.storage import sha256
from rag.reader import FOLDER, MODEL, TOKENIZER
from training.bert_graph import Array, BertGraph, eight_bits_in_pairs
from training.mine import in_workplace
from training.model import WEIGHTS, ReadingModel

MAX_TOKENS, OUTPUTS = 512, 4  # places that the model knows; what it says of each


def main() -> None:
    """Export, print the size and the pin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=Path(WEIGHTS))
    parser.add_argument("--into", type=Path, default=FOLDER)
    parser.add_argument("--full", action="store_true", help="fp32, to compare with; 90 MB")
    args = parser.parse_args()
    args.into.mkdir(parents=True, exist_ok=True)
    export(in_workplace(args.weights), args.into, int8=not args.full)
    file = args.into / MODEL
    print(f"{file} {file.stat().st_size / 1e6:.1f} MB sha256 {sha256(file)}")


def export(weights: Path, into: Path, *, int8: bool = True) -> None:
    """Write the model and its tokenizer into a folder; raises RuntimeError for other weights."""
    model = ReadingModel.untrained()
    model.load_state_dict(load_file(weights))
    onnx.save(_graph(model, eight_bits_in_pairs if int8 else None), into / MODEL)
    shutil.copy(Path(find_model(None)) / "tokenizer.json", into / TOKENIZER)


def _graph(model: ReadingModel, scales: Callable[[Array], Array] | None) -> onnx.ModelProto:
    """`input_ids` and `token_type_ids` (batch, tokens) to `logits` (batch, tokens, 4)."""
    bert, head = (
        {name: tensor.numpy() for name, tensor in part.state_dict().items()}
        for part in (model.bert, model.head)
    )
    graph = BertGraph(bert, MAX_TOKENS, scales=scales, typed=True, named=True)
    rows = graph.rows()
    constants = (graph.constant(head[part], f"head.{part}") for part in ("weight", "bias"))
    outputs = graph.apply("Gemm", rows, *constants, transB=1)
    by_text = graph.by_text(OUTPUTS)
    shape = ("batch", "tokens", OUTPUTS)
    return graph.model("Reshape", outputs, by_text, output="logits", shape=shape, name="reader")


if __name__ == "__main__":
    main()
