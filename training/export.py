"""Stage 3, the file that ships: python -m training.export

Turns reader.safetensors into rag/reader/model.onnx: the word table as int8 rows with a scale each,
the other matrices as int8 columns with a scale each, activations scaled as they come.
Deterministic. Prints the file's sha256, which training.calibrate pins in reader.toml.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS
from transformers.models.bert.modeling_bert import eager_attention_forward

from index.encoder import find_model
from index.storage import sha256
from rag.reader import FOLDER, MODEL, TOKENIZER
from training.mine import workplace
from training.model import WEIGHTS, ReadingModel

LARGE = 1_000_000  # elements; only the word table is larger and looked up by row
_UNMASKED = "unmasked"  # transformers knows no mask for the name: none is made, and none added

ALL_ATTENTION_FUNCTIONS.register(_UNMASKED, eager_attention_forward)


def main() -> None:
    """Export, print the size and the pin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=workplace() / WEIGHTS)
    parser.add_argument("--into", type=Path, default=FOLDER)
    parser.add_argument("--full", action="store_true", help="fp32, to compare with; 90 MB")
    args = parser.parse_args()
    args.into.mkdir(parents=True, exist_ok=True)
    export(args.weights, args.into, int8=not args.full)
    file = args.into / MODEL
    print(f"{file} {file.stat().st_size / 1e6:.1f} MB sha256 {sha256(file)}")


def export(weights: Path, into: Path, *, int8: bool = True) -> None:
    """Write the model and its tokenizer into a folder."""
    model = ReadingModel.untrained()
    model.load_state_dict(load_file(weights))
    with tempfile.TemporaryDirectory() as scratch:
        full, small = Path(scratch, "full.onnx"), Path(scratch, "small.onnx")
        _trace(model, full)
        if int8:
            # outliers of a column's own scale are few; the activations' scales cost more
            quantize_dynamic(
                full, small, op_types_to_quantize=["MatMul"], per_channel=True,
                weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True},
            )  # fmt: skip
            compact = onnx.load(small)
            _narrow_word_table(compact)
            onnx.save(compact, into / MODEL)
        else:
            shutil.copy(full, into / MODEL)
    shutil.copy(Path(find_model(None)) / "tokenizer.json", into / TOKENIZER)


def _trace(model: ReadingModel, path: Path) -> None:
    model.bert.set_attn_implementation(_UNMASKED)
    model.eval()
    ids = torch.tensor([[101, 2040, 102, 2002, 102]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing warns about every shape it fixes
        torch.onnx.export(
            _Alone(model), (ids, torch.zeros_like(ids)), str(path),
            input_names=["input_ids", "token_type_ids"], output_names=["logits"],
            dynamic_axes={n: {1: "tokens"} for n in ("input_ids", "token_type_ids", "logits")},
            dynamo=False,
        )  # fmt: skip


class _Alone(torch.nn.Module):
    """The model for one unpadded row: no mask."""

    def __init__(self, model: ReadingModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self.model(ids, torch.ones_like(ids), types)
        return logits


def _narrow_word_table(model: onnx.ModelProto) -> None:
    """Store the word table as int8 with one scale a row; only looked-up rows are widened."""
    graph = model.graph
    table = next(
        t for t in graph.initializer
        if t.data_type == TensorProto.FLOAT and np.prod(t.dims) > LARGE
    )  # fmt: skip
    values = numpy_helper.to_array(table)
    scales = np.abs(values).max(axis=1, keepdims=True) / 127
    narrow = np.round(values / scales).astype(np.int8)
    look = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == table.name)
    at = list(graph.node).index(look)
    ids, out = look.input[1], look.output[0]
    graph.initializer.remove(table)
    graph.initializer.extend(
        [
            numpy_helper.from_array(narrow, "words"),
            numpy_helper.from_array(scales.astype(np.float32), "word_scales"),
        ]
    )
    graph.node.remove(look)
    nodes = [
        helper.make_node("Gather", ["words", ids], ["words_found"]),
        helper.make_node("Cast", ["words_found"], ["words_wide"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["word_scales", ids], ["scales_found"]),
        helper.make_node("Mul", ["words_wide", "scales_found"], [out]),
    ]
    for offset, node in enumerate(nodes):
        graph.node.insert(at + offset, node)


if __name__ == "__main__":
    main()
