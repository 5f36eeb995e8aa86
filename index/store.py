"""What an index is on disk: the only module that knows its layout.

    CURRENT                 JSON: the generation and the sha256 of its MANIFEST.json
    LOCK                    one writer; an OS lock, not the file's existence
    encoder/<digest>/       the compiled encoder
    gen-<n>/MANIFEST.json   format, settings, encoder; size and sha256 of every file
    gen-<n>/…               documents, passages, sentences, vectors, bm25, copies

A generation is never changed. Publishing writes a temporary folder, flushes it to the disk,
renames it, and then replaces CURRENT: a reader sees the old index or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout

from index.contents import Contents, read_documents, write_contents
from index.copies import Copies
from index.dense import Dense
from index.disk import sha256, sync, sync_tree, write_synced
from index.encode import OnnxEncoder
from index.errors import DamagedIndex, ForeignIndex, IndexBusy, MissingPath, storage_errors
from index.fuse import Hybrid
from index.load.formats import Failure
from index.passages import PassageTable
from index.sparse import Sparse
from index.types import Document

FORMAT = 2
CURRENT, LOCK, MANIFEST = "CURRENT", "LOCK", "MANIFEST.json"
WAIT_SECONDS = 900
_PARTS = {"encoder", "settings", "failures", "files"}  # of a manifest


@dataclass(frozen=True)
class Index:
    """An opened index: its documents, and the retriever over them."""

    path: Path
    documents: tuple[Document, ...]
    retriever: Hybrid
    failures: tuple[Failure, ...]
    settings: Mapping[str, Any]


def is_index(path: Path) -> bool:
    """Whether the folder is an index (good or damaged)."""
    return (path / CURRENT).is_file()


def settings_of(path: Path) -> Mapping[str, Any]:
    """The settings an index was built with; {} when there is none that can be read."""
    try:
        return dict(_manifest(path)[1]["settings"])
    except (DamagedIndex, ForeignIndex, MissingPath, KeyError, TypeError, OSError):
        return {}


@contextmanager
def writer_lock(path: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the index's only writer's place; `waiting` is called once if it is taken.

    Raises IndexBusy when another process keeps it for 15 minutes.
    """
    with storage_errors("create the index folder", path):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(path / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if waiting is not None:
                waiting()
            try:
                lock.acquire(timeout=WAIT_SECONDS)
            except Timeout as exc:
                raise IndexBusy(
                    f"another process is building the index in {path}; wait for it, or end it"
                ) from exc
    try:
        yield
    finally:
        lock.release()


def publish(
    path: Path,
    contents: Contents,
    encoder: OnnxEncoder,
    compiled: Path,
    settings: Mapping[str, Any],
) -> None:
    """Write `contents` as the index's new generation; the caller holds `writer_lock`.

    `compiled` is the encoder's folder, linked or copied into the index. Raises StorageError.
    """
    with storage_errors("write the index in", path):
        own = path / "encoder" / encoder.digest
        if not own.is_dir():
            _adopt(compiled, own)
        old = [p for p in path.glob("gen-*") if p.is_dir()]
        number = max((_number(p) for p in old), default=0) + 1
        temporary = Path(tempfile.mkdtemp(prefix="tmp-", dir=path))
        try:
            write_contents(temporary, contents)
            manifest = {
                "format": FORMAT,
                "encoder": encoder.digest,
                "settings": dict(settings),
                "failures": [list(f) for f in contents.failures],
                "files": {**_sums(temporary, ""), **_sums(own, f"../encoder/{encoder.digest}/")},
            }
            write_synced(temporary / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
            sync_tree(temporary)
            final = path / f"gen-{number:08}"
            temporary.rename(final)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        pointer = {"generation": final.name, "manifest": sha256(final / MANIFEST)}
        write_synced(path / f"{CURRENT}.tmp", json.dumps(pointer))
        sync(path)
        os.replace(path / f"{CURRENT}.tmp", path / CURRENT)
        sync(path)
    _collect(path, keep=final.name, encoder=encoder.digest)


def open_index(path: Path) -> Index:
    """Check every file of the index, then load it.

    Raises MissingPath, DamagedIndex (a file is missing, cut short or changed) or ForeignIndex
    (made by another version), each with what to do.
    """
    folder, manifest = _manifest(path)
    for name, entry in manifest["files"].items():
        _check(folder, name, entry)
    try:
        documents = tuple(read_documents(folder))
        arrays = {
            name: np.load(folder / f"{name}.npy", allow_pickle=False)
            for name in (
                "vectors", "sentence_vectors", "passages", "sentences", "sentence_digests", "copies"
            )
        }  # fmt: skip
        headings = json.loads((folder / "headings.json").read_text("utf-8"))
        passages = PassageTable(documents, arrays["passages"], arrays["sentences"], headings)
        dense = Dense(arrays["vectors"], arrays["sentence_vectors"], passages.starts)
        copies = Copies(passages, arrays["sentence_digests"], arrays["copies"])
    except (OSError, ValueError, KeyError, IndexError) as exc:
        raise _damaged(path, str(exc)) from exc
    encoder = OnnxEncoder(folder / ".." / "encoder" / manifest["encoder"])
    retriever = Hybrid(encoder, dense, Sparse.load(folder / "bm25"), passages, copies)
    failures = tuple(Failure(*map(str, f)) for f in manifest["failures"])
    return Index(path, documents, retriever, failures, manifest["settings"])


def _manifest(path: Path) -> tuple[Path, dict[str, Any]]:
    if not is_index(path):
        raise MissingPath(
            f"there is no index in {path}; make one with: ibid index PATH --into {path}"
        )
    try:
        pointer = json.loads((path / CURRENT).read_text("utf-8"))
        folder = path / Path(pointer["generation"]).name
        raw = (folder / MANIFEST).read_bytes()
        if hashlib.sha256(raw).hexdigest() != pointer["manifest"]:
            raise _damaged(path, f"{MANIFEST} has changed")
        manifest: dict[str, Any] = json.loads(raw)
        if manifest["format"] != FORMAT:
            raise ForeignIndex(
                f"the index in {path} has format {manifest['format']}, this version of Ibid reads "
                f"{FORMAT}; build it again with: ibid index PATH --into {path}"
            )
        if missing := _PARTS - manifest.keys():
            raise _damaged(path, f"{MANIFEST} lacks {', '.join(sorted(missing))}")
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise _damaged(path, str(exc)) from exc
    return folder, manifest


def _check(folder: Path, name: str, entry: Mapping[str, Any]) -> None:
    file = folder / name
    try:
        size = file.stat().st_size
    except OSError as exc:
        raise _damaged(folder.parent, f"{file.name} is missing") from exc
    if size != entry["size"] or sha256(file) != entry["sha256"]:
        raise _damaged(folder.parent, f"{file.name} is cut short or changed")


def _damaged(path: Path, why: str) -> DamagedIndex:
    return DamagedIndex(
        f"the index in {path} is damaged ({why}); delete that folder and build it again "
        f"(an index of the cache: ibid cache clear)"
    )


def _adopt(compiled: Path, own: Path) -> None:
    """Put the compiled encoder into the index: a hard link costs no space where one can be."""
    own.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix="tmp-", dir=own.parent))
    for file in compiled.iterdir():
        try:
            os.link(file, temporary / file.name)
        except OSError:
            shutil.copyfile(file, temporary / file.name)
    temporary.rename(own)


def _collect(path: Path, keep: str, encoder: str) -> None:
    """Remove what no generation needs; a reader that is still loading it fails loudly at worst."""
    for folder in [*path.glob("gen-*"), *path.glob("tmp-*")]:
        if folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)
    for folder in (path / "encoder").iterdir():
        if folder.name != encoder:
            shutil.rmtree(folder, ignore_errors=True)


def _number(path: Path) -> int:
    digits = path.name.removeprefix("gen-")
    return int(digits) if digits.isdigit() else 0


def _sums(folder: Path, prefix: str) -> dict[str, dict[str, Any]]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {
        prefix + p.relative_to(folder).as_posix(): {"size": p.stat().st_size, "sha256": sha256(p)}
        for p in files
    }
