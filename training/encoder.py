"""The default encoder, as it ships: python -m training.encoder

Turns the pinned weights of all-MiniLM-L6-v2 into index/encoder/default/, a `training.bert_graph`
with a sum over the tokens. Deterministic. Prints the size and the digest.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnx import helper
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
from training.bert_graph import WIDTH, Array, BertGraph, seven_bits

MAX_TOKENS = 256


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
        onnx.save(_model(load_file(folder / "model.safetensors")), made / MODEL)
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


def _model(weights: Mapping[str, Array]) -> onnx.ModelProto:
    """`input_ids` (batch, tokens) to `embedding` (batch, WIDTH), the sum over the tokens."""
    bert = BertGraph(weights, MAX_TOKENS, scales=seven_bits)
    rows = bert.rows()
    # a product adds up in one order whatever the batch, which ReduceMean does not
    second = bert.constant(np.array([1]))
    wide = bert.apply("Shape", bert.apply("Unsqueeze", "input_ids", second))
    ones = bert.apply("ConstantOfShape", wide, value=helper.make_tensor("", 1, [1], [1.0]))
    summed = bert.apply("MatMul", ones, bert.apply("Reshape", rows, bert.by_text(WIDTH)))
    shape = ("batch", WIDTH)
    return bert.model("Squeeze", summed, second, output="embedding", shape=shape, name=DEFAULT)


if __name__ == "__main__":
    main()
