"""Text to vectors on ONNX Runtime and tokenizers alone: no torch on the way to an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from index.encoder.models import CONFIG, MODEL, TOKENIZER
from index.encoder.session import Feed, OnnxSession
from index.errors import EncoderError
from index.types import Vectors

_TEXTS, _CHARACTERS = 1_024, 200_000  # that are tokenized at a time
_BATCH_TOKENS = 512  # of a batch: the fastest of 256 to 8,192 on 2 cores


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """What a compiled encoder needs to know of its model; `encoder.json` on disk."""

    name: str
    digest: str
    dim: int
    max_tokens: int
    inputs: tuple[str, ...]
    query_prompt: str
    passage_prompt: str

    def save(self, folder: Path) -> None:
        """Write `encoder.json`."""
        (folder / CONFIG).write_text(json.dumps(asdict(self), indent=1, sort_keys=True), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> EncoderConfig:
        """Read `encoder.json`; raises EncoderError when it is not one."""
        try:
            data = json.loads((folder / CONFIG).read_text("utf-8"))
            known = {field.name: data[field.name] for field in fields(cls)}
            return cls(**{**known, "inputs": tuple(data["inputs"])})
        except (OSError, ValueError, TypeError, KeyError) as exc:
            raise EncoderError(f"{folder} is no compiled encoder; build the index again") from exc


class OnnxEncoder:
    """A compiled sentence-transformers model; an `index.types.Encoder`.

    Only texts of one length are computed together, so that nothing is padded: a text's vector does
    not depend on what is beside it nor on `threads`; that of the encoder that ships not in a bit,
    another's to 1e-6. Thread-safe: ONNX Runtime sessions and tokenizers are.
    """

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        self.config = EncoderConfig.load(folder)
        self.dim, self.digest = self.config.dim, self.config.digest
        self.max_tokens = self.config.max_tokens
        try:
            self._session = OnnxSession(folder / MODEL, threads=threads)
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as exc:  # onnxruntime and tokenizers raise bare exceptions
            raise EncoderError(
                f"cannot load the encoder in {folder}; build the index again"
            ) from exc
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.config.max_tokens)

    def encode_query(self, text: str) -> Vectors:
        """Shape (dim,), float32, unit length."""
        vector: Vectors = self._encode([self.config.query_prompt + text], None)[0]
        return vector

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Shape (len(texts), dim), float32, unit rows; `progress` hears how many are done."""
        return self._encode([self.config.passage_prompt + t for t in texts], progress)

    def knows(self, word: str) -> bool:
        """Whether the word is one that the model has learnt, and not made of parts."""
        known = (word, word.casefold(), f"▁{word}", f"▁{word.casefold()}")
        return any(self._tokenizer.token_to_id(token) is not None for token in known)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted, nothing cut off."""
        encode = partial(self._counter.encode_batch_fast, add_special_tokens=False)
        return [len(e.ids) for some in _some(texts) for e in encode(some)]

    @cached_property
    def _counter(self) -> Tokenizer:
        """The same, cutting nothing off; a question counts no tokens."""
        counter = Tokenizer.from_str(self._tokenizer.to_str())
        counter.no_truncation()
        return counter

    def _encode(self, texts: Sequence[str], progress: Callable[[int], None] | None) -> Vectors:
        encode = self._tokenizer.encode_batch_fast
        ids = [e.ids for some in _some(texts) for e in encode([_encodable(t) for t in some])]
        vectors = np.zeros((len(texts), self.dim), np.float32)
        batches = _batches([len(i) for i in ids])
        done = len(texts) - sum(map(len, batches))
        outputs = self._session.run_each(lambda rows: self._feed([ids[r] for r in rows]), batches)
        for rows, output in zip(batches, outputs, strict=True):
            vectors[rows] = output
            done += len(rows)
            if progress is not None:
                progress(done)
        # a zero vector cannot be made a unit one; leave it zero
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = vectors / np.maximum(norms, 1e-12)
        return unit

    def _feed(self, ids: Sequence[Sequence[int]]) -> Feed:
        tokens = np.array(ids, np.int64)
        feed = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        return {name: feed[name] for name in self.config.inputs}


def _some(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in parts: the tokenizer keeps much of each text, and of each token, until then."""
    some: list[str] = []
    size = 0
    for text in texts:
        some.append(text)
        size += len(text)
        if len(some) == _TEXTS or size > _CHARACTERS:
            yield some
            some, size = [], 0
    if some:
        yield some


def _encodable(text: str) -> str:
    """tokenizers raises on lone surrogates; they stand for no character."""
    return text.encode("utf-8", "ignore").decode()


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Rows grouped by length, the longest first; one of no length is in none."""
    batches: list[list[int]] = []
    last = 0
    for row in sorted(filter(lengths.__getitem__, range(len(lengths))), key=lambda r: -lengths[r]):
        length = lengths[row]
        if length != last or (len(batches[-1]) + 1) * length > _BATCH_TOKENS:
            batches.append([])
        batches[-1].append(row)
        last = length
    return batches
