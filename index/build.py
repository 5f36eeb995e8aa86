"""Documents to what an index holds: split, encoded, counted."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from index import cache
from index.contents import Contents
from index.digests import sentence_digests
from index.encode import OnnxEncoder
from index.errors import EncoderError, storage_errors
from index.passages import PassageTable
from index.split import split
from index.storage import disk
from index.storage.checked import DAMAGE, Checked
from index.storage.manifest import entries_from, entry_of, seal, unseal
from index.terms import Terms
from index.texts import passage_stems, passage_text, sentence_stems, sentence_text
from index.types import Document, Encoder

_SUMS = "sums.json"  # of the files of a compiled encoder in the cache
Progress = Callable[[str, int, int], None]  # stage, done, total (0: unknown)


def open_encoder(model: str | None, tell: Progress | None = None) -> tuple[OnnxEncoder, Path]:
    """The compiled encoder of a model and its folder in the cache, compiled when it is new.

    Raises EncoderError or StorageError.
    """
    from index.compile import compile_model, model_digest, model_folder

    folder = model_folder(model)
    compiled = cache.encoder_folder(model_digest(folder))
    if compiled.is_dir():
        try:
            _check(compiled)
            return OnnxEncoder(compiled), compiled
        except (*DAMAGE, EncoderError):
            shutil.rmtree(compiled, ignore_errors=True)  # a cache: made again
    (tell or silent)("compiling the encoder", 0, 0)
    with storage_errors("write the compiled encoder to", compiled):
        temporary = Path(tempfile.mkdtemp(prefix="tmp-", dir=compiled.parent))
        try:
            compile_model(folder, temporary)
            entries = {p.name: entry_of(p.read_bytes()) for p in sorted(temporary.iterdir())}
            disk.write(temporary / _SUMS, seal(json.dumps(entries)))
            temporary.rename(compiled)
        except OSError:
            if not compiled.is_dir():  # else another process was first, with the same encoder
                raise
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return OnnxEncoder(compiled), compiled


def _check(compiled: Path) -> None:
    """Raise one of `DAMAGE` when a file is other than it was compiled: indexes link them."""
    entries = entries_from(json.loads(unseal((compiled / _SUMS).read_bytes())))
    Checked(compiled, entries).check()


def encode_documents(
    documents: Sequence[Document], encoder: Encoder, progress: Progress | None = None
) -> Contents:
    """Split and encode `documents`: all that their index will hold."""
    tell = progress or silent
    parts = []
    for i, document in enumerate(documents):
        tell("splitting documents", i, len(documents))
        parts.append(split(document, encoder.count_tokens, encoder.max_tokens))
    passages = list(chain.from_iterable(parts))
    texts = [passage_text(p) for p in passages]
    sentences = [sentence_text(p.document, s) for p in passages for s in p.sentences]
    vectors, single = (
        encoder.encode_passages(own, _counted(tell, stage, len(own))).astype(np.float16)
        for stage, own in (("encoding passages", texts), ("encoding sentences", sentences))
    )
    tell("counting words", 0, 0)
    lengths = (len(sentence_stems(p.document, s)) for p in passages for s in p.sentences)
    terms = Terms.of([passage_stems(p) for p in passages], lengths)
    table = PassageTable.from_passages(documents, passages)
    return Contents(table, vectors, single, sentence_digests(table), terms)


def _counted(tell: Progress, stage: str, total: int) -> Callable[[int], None]:
    return lambda done: tell(stage, done, total)


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody hears."""
