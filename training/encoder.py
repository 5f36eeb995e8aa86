"""The default encoder, as it ships: python -m training.encoder

Turns the pinned weights of all-MiniLM-L6-v2 into index/encoder/default/: the word table as int8
rows with a scale each, the other matrices as 7-bit columns with a scale each, and the activations
of each token as 8 bits with a scale of their own, taken as they come. What is beside a token in a
batch then changes nothing of it; and two products of 8 by 7 bits fit into the 16 bits in which
processors without VNNI add them. Deterministic. Prints the size and the digest.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

from index.encoder import (
    CONFIG,
    DEFAULT,
    MODEL,
    SHIPPED,
    TOKENIZER,
    EncoderConfig,
    find_model,
    shipped_digest,
)

LAYERS, HEADS, WIDTH = 6, 12, 384  # the shape of all-MiniLM-L6-v2
MAX_TOKENS = 256
EPSILON = 1e-12  # of its layer norms
OPSETS = {"": 17, "com.microsoft": 1}
WEIGHT, ACTIVATION, ZERO = 63, 127, 128  # the largest of each; the byte that stands for 0.0

Array = NDArray[Any]


def main() -> None:
    """Export, print the size and the digest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=SHIPPED)
    into = parser.parse_args().into
    export(into)
    print(f"{into} {(into / MODEL).stat().st_size / 1e6:.1f} MB digest {shipped_digest(into)}")


def export(into: Path) -> None:
    """Put the encoder into a folder; raises EncoderError where its weights are not to be had.

    No file is changed in its place: what reads one, or links it, keeps what it has.
    """
    folder = Path(find_model(None))
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="tmp-", dir=into.parent) as temporary:
        made = Path(temporary)
        onnx.save(_Bert(load_file(folder / "model.safetensors")).model(), made / MODEL)
        (made / TOKENIZER).write_bytes((folder / TOKENIZER).read_bytes())
        config = EncoderConfig(
            name=DEFAULT,
            digest="",
            dim=WIDTH,
            max_tokens=MAX_TOKENS,
            inputs=("input_ids",),
            query_prompt="",
            passage_prompt="",
        )
        config.save(made)
        replace(config, digest=shipped_digest(made)).save(made)
        for name in (MODEL, TOKENIZER, CONFIG):  # the last has the digest of the others
            (made / name).replace(into / name)


class _Bert:
    """BERT as an ONNX graph, for texts of one length; a value is known by its name."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._zero = self._constant(np.uint8(ZERO))
        self._step = self._constant(np.float32(1 / ACTIVATION))
        self._least = self._constant(np.float32(1e-20))  # a row of nothing is divided too

    def model(self) -> onnx.ModelProto:
        """`input_ids` (batch, tokens) to `embedding` (batch, WIDTH), the sum over the tokens."""
        rows = self._embedded()
        for number in range(LAYERS):
            rows = self._layer(rows, f"encoder.layer.{number}")
        # a product adds up in one order whatever the batch, which ReduceMean does not
        second = self._constant(np.array([1]))
        wide = self._apply("Shape", self._apply("Unsqueeze", "input_ids", second))
        ones = self._apply("ConstantOfShape", wide, value=helper.make_tensor("", 1, [1], [1.0]))
        summed = self._apply("MatMul", ones, self._apply("Reshape", rows, self._by_text(WIDTH)))
        self._nodes.append(helper.make_node("Squeeze", [summed, second], ["embedding"]))
        graph = helper.make_graph(
            self._nodes,
            DEFAULT,
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "tokens"])],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", WIDTH])],
            self._constants,
        )
        opsets = [helper.make_opsetid(*opset) for opset in OPSETS.items()]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)

    def _embedded(self) -> str:
        """Rows (batch * tokens, WIDTH) of words and places."""
        table = self._weights["embeddings.word_embeddings.weight"]
        scales = np.abs(table).max(axis=1, keepdims=True) / 127
        narrow = self._constant(np.round(table / scales).astype(np.int8))
        found = self._apply("Gather", narrow, "input_ids")
        words = self._apply(
            "Mul",
            self._apply("Cast", found, to=TensorProto.FLOAT),
            self._apply("Gather", self._constant(scales), "input_ids"),
        )
        of_first = self._weights["embeddings.token_type_embeddings.weight"][0]
        places = self._weights["embeddings.position_embeddings.weight"][:MAX_TOKENS] + of_first
        first = self._constant(np.array([0]))
        shape = self._apply("Shape", "input_ids")
        tokens = self._apply("Gather", shape, self._constant(np.array([1])))
        placed = self._apply("Slice", self._constant(places), first, tokens, first)
        added = self._apply("Add", words, placed)
        rows = self._apply("Reshape", added, self._constant(np.array([-1, WIDTH])))
        return self._normed(rows, "embeddings.LayerNorm")

    def _layer(self, rows: str, name: str) -> str:
        own, after = f"{name}.attention.self", f"{name}.attention.output"
        projected = self._linear(rows, *(f"{own}.{part}" for part in ("query", "key", "value")))
        mixed = self._linear(self._attention(projected), f"{after}.dense")
        rows = self._normed(self._apply("Add", rows, mixed), f"{after}.LayerNorm")
        inner = self._apply("com.microsoft:Gelu", self._linear(rows, f"{name}.intermediate.dense"))
        outer = self._linear(inner, f"{name}.output.dense")
        return self._normed(self._apply("Add", rows, outer), f"{name}.output.LayerNorm")

    def _attention(self, projected: str) -> str:
        """Each text's tokens mixed, from rows of queries, keys and values."""
        size = WIDTH // HEADS
        split = self._apply("Reshape", projected, self._by_text(3, HEADS, size))
        heads = self._apply("Transpose", split, perm=[2, 0, 3, 1, 4])
        queries, keys, values = (
            self._apply("Gather", heads, self._constant(np.int64(part)), axis=0)
            for part in range(3)
        )
        scale = self._constant(np.float32(size**-0.5))
        turned = self._apply("Transpose", keys, perm=[0, 1, 3, 2])
        likeness = self._apply("Mul", self._apply("MatMul", queries, turned), scale)
        mixed = self._apply("MatMul", self._apply("Softmax", likeness, axis=-1), values)
        back = self._apply("Transpose", mixed, perm=[0, 2, 1, 3])
        return self._apply("Reshape", back, self._constant(np.array([-1, WIDTH])))

    def _linear(self, rows: str, *names: str) -> str:
        """The layers of these names side by side, on rows that get a scale each."""
        matrix = np.concatenate([self._weights[f"{name}.weight"] for name in names]).T
        bias = np.concatenate([self._weights[f"{name}.bias"] for name in names])
        scales = np.abs(matrix).max(axis=0) / WEIGHT
        narrow = np.round(matrix / scales).astype(np.int8)
        sizes = self._apply("ReduceMax", self._apply("Abs", rows), axes=[-1], keepdims=1)
        most = self._apply("Max", sizes, self._least)
        shares = self._apply("Div", rows, most)
        product = self._apply(
            "com.microsoft:MatMulIntegerToFloat",
            self._apply("QuantizeLinear", shares, self._step, self._zero),
            self._constant(narrow),
            self._step,
            self._constant(scales),
            self._zero,
        )
        return self._apply("Add", self._apply("Mul", product, most), self._constant(bias))

    def _normed(self, rows: str, name: str) -> str:
        gain, bias = (
            self._constant(self._weights[f"{name}.{part}"]) for part in ("weight", "bias")
        )
        return self._apply("LayerNormalization", rows, gain, bias, axis=-1, epsilon=EPSILON)

    def _by_text(self, *shape: int) -> str:
        """The shape (batch, tokens, *shape)."""
        texts = self._apply("Shape", "input_ids")
        return self._apply("Concat", texts, self._constant(np.array(shape)), axis=0)

    def _constant(self, value: Array | np.generic) -> str:
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def _apply(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """The output of an operator, named as ONNX does or, with its domain, "domain:name"."""
        domain, _, kind = operator.rpartition(":")
        name = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **attributes))
        return name


if __name__ == "__main__":
    main()
