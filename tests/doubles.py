"""Stand-ins for the costly parts: encoders that need no model, and a small world to ask about."""

from __future__ import annotations

import hashlib
import string
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from index.encoder.encode import EncoderConfig, OnnxEncoder
from index.encoder.models import MODEL, TOKENIZER
from index.errors import UnreadableDocument
from index.isolation.parsers import Parsers
from index.language.analysis import stems
from index.library.index import Index
from index.load import NOTHING
from index.load.loading import Loaded, failed, load_file, load_text
from index.types import Document, Progress, Vectors

DIM = 32

HARBOUR = """The Harbour of Brell

By Ida Holm

May 3, 2021

The harbour of Brell was dredged in 1987. It took eleven months. The dredger removed 400,000
tonnes of mud from the northern basin.

The lighthouse

The lighthouse stands on the eastern mole and is 41 metres tall. Its lamp was electrified in 1923.
Ships from Tarn pass the lighthouse at night.

Loading comments...
"""

EELS = """# Eels in the river Tarn

Eels migrate from the river Tarn to the sea each autumn. The count of 2019 found 1,204 eels at the
weir.

## Threats

Three things threaten the eels:

- Turbines at the weir kill one eel in five.
- Warm summers empty the shallow ponds.
- Poachers take glass eels in spring.

They return to the harbour of Brell only as larvae.
"""

BREAD = """Rye Bread

Rye bread needs a sour starter. The dough of rye bread rests for twelve hours at room temperature.
Bakers in Brell sell rye bread on Saturdays.
"""

WORLD = {"harbour.txt": HARBOUR, "eels.md": EELS, "nested/bread.txt": BREAD}


def write_world(folder: Path) -> Path:
    """Three small documents as files in `folder`."""
    for name, text in WORLD.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


@contextmanager
def hurried() -> Iterator[None]:
    """Collections are made soon: they are small, and nobody else writes them.

    pymilvus looks every half second whether an index is made, and a collection has three.
    """
    from pymilvus.client import grpc_handler

    from index.engines import collection, lease

    often = SimpleNamespace(time=time.time, sleep=lambda seconds: time.sleep(seconds / 50))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grpc_handler, "time", often)
        patch.setattr(collection, "SETTLES", lease.SETTLES_HERE)
        yield


def document(text: str, source: str = "made.txt") -> Document:
    """A document as the loader would make it."""
    return load_text(text.encode(), source)


class FakeEncoder:
    """An `index.types.Encoder`: the sum of one pseudo-random vector for each word.

    Texts that share words are similar, and the same text has the same vector in any process.
    """

    dim = DIM
    digest = "fake"
    max_tokens = 60

    def encode_query(self, text: str) -> Vectors:
        """Shape (dim,), float32, unit length."""
        vector: Vectors = self.encode_passages([text])[0]
        return vector

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Shape (len(texts), dim), float32, unit rows."""
        rows = np.array([_word_sum(text) for text in texts], np.float32).reshape(-1, DIM)
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words of each text."""
        return [len(text.split()) for text in texts]


def _word_sum(text: str) -> np.ndarray:
    total: np.ndarray = np.sum([_word_vector(word) for word in ["", *stems(text)]], axis=0)
    return total


def _word_vector(word: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(DIM)


def write_encoder(folder: Path, max_tokens: int = 256, seed: int = 7) -> Path:
    """A compiled encoder, as `compile_model` leaves one, of 100 kB: the mean of word vectors.

    It knows the words of `WORLD` whole and spells out all others.
    """
    words = {w.casefold().strip(string.punctuation) for t in WORLD.values() for w in t.split()}
    letters = sorted({*string.ascii_lowercase, *string.digits, *string.punctuation})
    pieces = [
        "[PAD]",
        "[UNK]",
        *letters,
        *(f"##{c}" for c in letters),
        *sorted(words - {""} - set(letters)),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.WordPiece({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(folder / TOKENIZER))
    table = np.random.default_rng(seed).standard_normal((len(pieces), DIM)).astype(np.float32)
    onnx.save(_mean_model(table), str(folder / MODEL))
    EncoderConfig(
        name="tiny",
        digest=hashlib.sha256(table.tobytes()).hexdigest(),
        dim=DIM,
        max_tokens=max_tokens,
        inputs=("input_ids", "attention_mask"),
        query_prompt="",
        passage_prompt="",
    ).save(folder)
    return folder


def _mean_model(table: np.ndarray) -> onnx.ModelProto:
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["looked_up"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
        helper.make_node("Mul", ["looked_up", "column"], ["masked"]),
        helper.make_node("ReduceSum", ["masked", "middle"], ["embedding"], keepdims=0),
    ]
    shape = ["batch", "tokens"]
    graph = helper.make_graph(
        nodes,
        "mean",
        [
            helper.make_tensor_value_info(n, TensorProto.INT64, shape)
            for n in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", DIM])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.array([2], np.int64), "last"),
            numpy_helper.from_array(np.array([1], np.int64), "middle"),
        ],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@contextmanager
def usual(**parts: Any) -> Iterator[None]:
    """Indexes are made by a recipe with these parts in the place of the usual ones."""
    before = Index.usual
    Index.usual = replace(before, **parts)
    try:
        yield
    finally:
        Index.usual = before


def opener_of(folder: Path) -> Callable[[str | None, Progress], tuple[OnnxEncoder, Path]]:
    """For a recipe: whatever the model's name, the compiled encoder in this folder."""
    return lambda model, tell: (OnnxEncoder(folder), folder)


class InProcess(Parsers):
    """Reads files where it is called, not in other processes."""

    def load(self, data: bytes, source: str, known: Mapping[str, str] = NOTHING) -> Loaded:
        """The documents of a file; what cannot be read is one of the failures."""
        try:
            return load_file(data, source, known)
        except UnreadableDocument as exc:
            return failed(source, exc)

    def begin(self, data: bytes, source: str, known: Mapping[str, str]) -> Future[Loaded]:
        """`load`, done at once."""
        done: Future[Loaded] = Future()
        done.set_result(self.load(data, source, known))
        return done
