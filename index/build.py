"""Documents to an index on disk: load, split, encode, publish."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from index import cache, store
from index.contents import Contents
from index.encode import OnnxEncoder
from index.errors import EncoderError, NoDocuments, storage_errors
from index.load import LOADERS, SOURCES, Loaded, document_files, load_folder
from index.load.formats import Failure
from index.models import DEFAULT
from index.sparse import Sparse
from index.split import split
from index.texts import passage_text, sentence_stems, sentence_text
from index.types import Document

Progress = Callable[[str, int, int], None]  # stage, done, total (0: unknown)
VERSION = 2  # raise when the same documents would give another index


class Report(NamedTuple):
    """What was built."""

    path: Path
    documents: int
    passages: int
    sentences: int
    failures: tuple[Failure, ...]


def build(
    paths: Sequence[Path], into: Path, *, model: str | None = None, progress: Progress | None = None
) -> Report:
    """Index files and folders into the folder `into`, in place of any index there.

    `model` is None (all-MiniLM-L6-v2), a sentence-transformers folder or a hub name. Raises
    DocumentError, EncoderError, StorageError or IndexBusy; one bad file is only reported.
    """
    tell = progress or _silent
    if into.exists() and not store.is_index(into) and (not into.is_dir() or any(into.iterdir())):
        unfinished = into.is_dir() and {p.name for p in into.iterdir()} <= {store.LOCK}
        if not unfinished:
            raise NoDocuments(f"{into} holds something else than an index; give an empty folder")
    with store.writer_lock(
        into, lambda: tell("waiting for another process to finish this index", 0, 0)
    ):
        return _build(paths, into, model, tell)


def ensure(documents: Path, *, progress: Progress | None = None) -> Path:
    """The index of a file or folder in the user's cache, built when it is new or has changed.

    Raises what `build` raises.
    """
    into = cache.index_folder(documents)
    if store.settings_of(into) == settings([documents], None):
        return into
    tell = progress or _silent
    with store.writer_lock(
        into, lambda: tell("waiting for another process to finish this index", 0, 0)
    ):
        if store.settings_of(into) != settings([documents], None):  # not built while we waited
            _build([documents], into, None, tell)
    return into


def settings(paths: Sequence[Path], model: str | None) -> Mapping[str, Any]:
    """What an index depends on: the files as they are now, the model, and our own versions."""
    files = [_stamp(root, file) for root in paths for file in _watched(root)]
    loaders = sorted({f"{form.NAME}/{form.VERSION}" for form in LOADERS.values()})
    return {
        "files": files,
        "model": model or DEFAULT,
        "loaders": loaders,
        "version": VERSION,
        "format": store.FORMAT,
    }


def _watched(root: Path) -> list[Path]:
    """The documents, and what is said of them."""
    listing = (root if root.is_dir() else root.parent) / SOURCES
    return [*document_files(root), *([listing] if listing.is_file() else [])]


def _stamp(root: Path, file: Path) -> list[str | int]:
    state = os.stat(file)
    name = os.fspath(file.relative_to(root if root.is_dir() else root.parent))
    return [name.encode("utf-8", "backslashreplace").decode(), state.st_size, state.st_mtime_ns]


def _build(paths: Sequence[Path], into: Path, model: str | None, tell: Progress) -> Report:
    stamped = settings(paths, model)  # before reading: a change while we read is seen next time
    tell("reading documents", 0, 0)
    loaded = _load(paths)
    encoder, compiled = open_encoder(model, tell)
    contents = encode_documents(loaded.documents, encoder, tell)
    contents = replace(contents, failures=loaded.failures)
    tell("writing the index", 0, 0)
    store.publish(into, contents, encoder, compiled, stamped)
    return Report(
        into, len(contents.documents), len(contents.passages), len(contents.sentence_vectors),
        loaded.failures,
    )  # fmt: skip


def _load(paths: Sequence[Path]) -> Loaded:
    """All documents of all paths; with several, a source begins with its folder's name."""
    documents: dict[str, Document] = {}
    failures: list[Failure] = []
    for path in paths:
        loaded = load_folder(path)
        failures += loaded.failures
        for document in loaded.documents:
            if len(paths) > 1 and path.is_dir():
                document = _under(path.name, document)
            documents.setdefault(document.id, document)
    return Loaded(tuple(documents.values()), tuple(failures))


def _under(folder: str, d: Document) -> Document:
    return Document(d.id, d.text, d.title, f"{folder}/{d.source}", d.meta, d.blocks)


def open_encoder(model: str | None, tell: Progress | None = None) -> tuple[OnnxEncoder, Path]:
    """The compiled encoder of a model and its folder in the cache, compiled when it is new.

    Raises EncoderError or StorageError.
    """
    from index.compile import compile_model, model_digest, model_folder

    folder = model_folder(model)
    compiled = cache.encoder_folder(model_digest(folder))
    if compiled.is_dir():
        try:
            return OnnxEncoder(compiled), compiled
        except EncoderError:
            shutil.rmtree(compiled, ignore_errors=True)  # a cache: made again
    (tell or _silent)("compiling the encoder", 0, 0)
    with storage_errors("write the compiled encoder to", compiled):
        temporary = Path(tempfile.mkdtemp(prefix="tmp-", dir=compiled.parent))
        try:
            compile_model(folder, temporary)
            temporary.rename(compiled)
        except OSError:
            if not compiled.is_dir():  # else another process was first, with the same encoder
                raise
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return OnnxEncoder(compiled), compiled


def encode_documents(
    documents: Sequence[Document], encoder: OnnxEncoder, progress: Progress | None = None
) -> Contents:
    """Split and encode `documents`: all that their index will hold.

    Raises NoDocuments when there is no sentence in them.
    """
    tell = progress or _silent
    limit = encoder.config.max_tokens
    parts = []
    for i, document in enumerate(documents):
        tell("splitting documents", i, len(documents))
        parts.append(split(document, encoder.count_tokens, limit))
    passages = list(chain.from_iterable(parts))
    if not passages:
        raise NoDocuments("the documents hold no sentence that could be quoted; add text")
    texts = [passage_text(p) for p in passages]
    sentences = [sentence_text(p.document, s) for p in passages for s in p.sentences]
    vectors = encoder.encode_passages(texts, _counted(tell, "encoding passages", len(texts)))
    single = encoder.encode_passages(
        sentences, _counted(tell, "encoding sentences", len(sentences))
    )
    tell("counting words", 0, 0)
    lengths = [len(sentence_stems(p.document, s)) for p in passages for s in p.sentences]
    languages = [p.document.language for p in passages]
    sparse = Sparse.build(texts, float(np.mean(lengths)), languages)
    return Contents(documents, passages, vectors, single, sparse)


def _counted(tell: Progress, stage: str, total: int) -> Callable[[int], None]:
    return lambda done: tell(stage, done, total)


def _silent(stage: str, done: int, total: int) -> None:
    pass
