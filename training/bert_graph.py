"""BERT as an ONNX graph that computes in eight bits, alike on every processor.

The word table is int8 rows with a scale each, the other matrices are int8 columns with a scale
each, and the activations of each token are 8 bits with a scale of their own, taken as they come.
What is beside a token in a batch then changes nothing of it. Processors without VNNI add the
products of two neighbours in 16 bits: the columns' scales are such that they fit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

LAYERS, HEADS, WIDTH = 6, 12, 384  # the shape of all-MiniLM-L6-v2
EPSILON = 1e-12  # of its layer norms
OPSETS = {"": 17, "com.microsoft": 1}
ACTIVATION, ZERO = 127, 128  # the largest; the byte that stands for 0.0
GELU_LEAST = 0.17  # a GELU is never under -0.16998

Array = NDArray[Any]


def seven_bits(matrix: Array) -> Array:
    """A scale for each column, with which its largest weight is 63: any two products fit."""
    scales: Array = np.abs(matrix).max(axis=0) / 63
    return scales


def eight_bits_in_pairs(matrix: Array) -> Array:
    """A scale for each column, as fine as the products of its own neighbours fit.

    Of rows 0 and 1, 2 and 3, and so on, those of one sign add up to 128 at most, once rounded:
    times the largest activation, 255, that is 15 bits. Needs an even number of rows.
    """
    pairs = matrix.reshape(-1, 2, matrix.shape[1])
    up, down = pairs.clip(min=0).sum(axis=1), -pairs.clip(max=0).sum(axis=1)
    scales: Array = np.maximum(up, down).max(axis=0) / 127
    return scales


class BertGraph:
    """The graph as it grows, for texts of one length; a value is known by its name."""

    def __init__(
        self,
        weights: Mapping[str, Array],
        tokens: int,
        *,
        scales: Callable[[Array], Array] | None,
        typed: bool = False,
        named: bool = False,
    ) -> None:
        """`weights` as transformers names those of a BertModel, float32; at most `tokens` a text.

        `scales` are those of a matrix's columns; with None the graph computes in float32. With
        `typed` it takes `token_type_ids` beside `input_ids`, else all tokens are of type 0. `named`
        constants have the names of the weights that they are made of.
        """
        self._weights, self._tokens, self._scales = weights, tokens, scales
        self._typed, self._named = typed, named
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._zero = self.constant(np.uint8(ZERO))
        self._step = self.constant(np.float32(1 / ACTIVATION))
        self._one = self.constant(np.float32(1))
        self._last = self.constant(np.array([1]))

    def rows(self) -> str:
        """What the last layer says of each token, shape (batch * tokens, WIDTH)."""
        rows = self._embedded()
        for number in range(LAYERS):
            rows = self._layer(rows, f"encoder.layer.{number}")
        return rows

    def model(
        self, last: str, *of: str, output: str, shape: tuple[str | int, ...], name: str
    ) -> onnx.ModelProto:
        """The graph of this name, whose `output` the operator `last` makes of the values `of`."""
        self._nodes.append(helper.make_node(last, of, [output]))
        inputs = ["input_ids", "token_type_ids"] if self._typed else ["input_ids"]
        tokens = ("batch", "tokens")
        graph = helper.make_graph(
            self._nodes,
            name,
            [helper.make_tensor_value_info(i, TensorProto.INT64, tokens) for i in inputs],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
            self._constants,
        )
        opsets = [helper.make_opsetid(*opset) for opset in OPSETS.items()]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)

    def by_text(self, *shape: int) -> str:
        """The shape (batch, tokens, *shape)."""
        texts = self.apply("Shape", "input_ids")
        return self.apply("Concat", texts, self.constant(np.array(shape)), axis=0)

    def constant(self, value: Array | np.generic, name: str = "") -> str:
        """A constant, of the weight of this name or of none."""
        if not (name and self._named):
            name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def apply(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """The output of an operator, named as ONNX does or, with its domain, "domain:name"."""
        domain, _, kind = operator.rpartition(":")
        name = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **attributes))
        return name

    def _embedded(self) -> str:
        """Rows of words, places and types."""
        words = self._words("embeddings.word_embeddings")
        types = self._weights["embeddings.token_type_embeddings.weight"]
        places = self._weights["embeddings.position_embeddings.weight"][: self._tokens]
        if not self._typed:
            places = places + types[0]
        first = self.constant(np.array([0]))
        shape = self.apply("Shape", "input_ids")
        tokens = self.apply("Gather", shape, self.constant(np.array([1])))
        table = self.constant(places, "embeddings.position_embeddings.weight")
        added = self.apply("Add", words, self.apply("Slice", table, first, tokens, first))
        if self._typed:
            table = self.constant(types, "embeddings.token_type_embeddings.weight")
            added = self.apply("Add", added, self.apply("Gather", table, "token_type_ids"))
        rows = self.apply("Reshape", added, self.constant(np.array([-1, WIDTH])))
        return self._normed(rows, "embeddings.LayerNorm")

    def _words(self, name: str) -> str:
        """The row of each token's word; only rows that are looked up are widened."""
        table = self._weights[f"{name}.weight"]
        if self._scales is None:
            return self.apply("Gather", self.constant(table, f"{name}.weight"), "input_ids")
        scales = np.abs(table).max(axis=1, keepdims=True) / 127
        narrow = self.constant(np.round(table / scales).astype(np.int8), f"{name}.weight")
        found = self.apply("Gather", narrow, "input_ids")
        return self.apply(
            "Mul",
            self.apply("Cast", found, to=TensorProto.FLOAT),
            self.apply("Gather", self.constant(scales, f"{name}.scale"), "input_ids"),
        )

    def _layer(self, rows: str, name: str) -> str:
        own, after = f"{name}.attention.self", f"{name}.attention.output"
        projected = self._linear(rows, *(f"{own}.{part}" for part in ("query", "key", "value")))
        mixed = self._linear(self._attention(projected), f"{after}.dense")
        rows = self._normed(self.apply("Add", rows, mixed), f"{after}.LayerNorm")
        inner = self.apply("com.microsoft:Gelu", self._linear(rows, f"{name}.intermediate.dense"))
        outer = self._linear(inner, f"{name}.output.dense", least=GELU_LEAST)
        return self._normed(self.apply("Add", rows, outer), f"{name}.output.LayerNorm")

    def _attention(self, projected: str) -> str:
        """Each text's tokens mixed, from rows of queries, keys and values."""
        size = WIDTH // HEADS
        split = self.apply("Reshape", projected, self.by_text(3, HEADS, size))
        heads = self.apply("Transpose", split, perm=[2, 0, 3, 1, 4])
        queries, keys, values = (
            self.apply("Gather", heads, self.constant(np.int64(part)), axis=0) for part in range(3)
        )
        scale = self.constant(np.float32(size**-0.5))
        turned = self.apply("Transpose", keys, perm=[0, 1, 3, 2])
        likeness = self.apply("MatMul", self.apply("Mul", queries, scale), turned)
        mixed = self.apply("MatMul", self.apply("Softmax", likeness, axis=-1), values)
        back = self.apply("Transpose", mixed, perm=[0, 2, 1, 3])
        return self.apply("Reshape", back, self.constant(np.array([-1, WIDTH])))

    def _linear(self, rows: str, *names: str, least: float | None = None) -> str:
        """The layers of these names side by side, on rows that get a scale each.

        `least` says that no number of the rows is under -`least`.
        """
        matrix = np.concatenate([self._weights[f"{name}.weight"] for name in names]).T
        bias = np.concatenate([self._weights[f"{name}.bias"] for name in names])
        named = " ".join(names)
        if self._scales is None:
            product = self.apply("MatMul", rows, self.constant(matrix, f"{named}.weight"))
            return self.apply("Add", product, self.constant(bias, f"{named}.bias"))
        scales = self._scales(matrix)
        narrow = np.round(matrix / scales).astype(np.int8)
        # a row of nothing is divided, too
        floor = self.constant(np.float32(1e-20 if least is None else least))
        sizes = rows if least is not None else self.apply("Abs", rows)
        most = self.apply("Max", self.apply("ReduceMax", sizes, axes=[1], keepdims=0), floor)
        steps = self.apply("Mul", most, self._step)
        zeros = self.apply("Expand", self._zero, self.apply("Shape", steps))
        product = self.apply(
            "com.microsoft:MatMulIntegerToFloat",
            self.apply("QuantizeLinear", rows, steps, zeros, axis=0),
            self.constant(narrow, f"{named}.weight"),
            self._one,
            self.constant(scales, f"{named}.scale"),
            self._zero,
        )
        wide = self.apply("Mul", product, self.apply("Unsqueeze", steps, self._last))
        return self.apply("Add", wide, self.constant(bias, f"{named}.bias"))

    def _normed(self, rows: str, name: str) -> str:
        gain, bias = (
            self.constant(self._weights[f"{name}.{part}"], f"{name}.{part}")
            for part in ("weight", "bias")
        )
        return self.apply("LayerNormalization", rows, gain, bias, axis=-1, epsilon=EPSILON)
