"""What an index is on disk: the only module that knows its layout.

    CURRENT                 JSON: the generation and the sha256 of its MANIFEST.json
    LOCK                    one writer; an OS lock, not the file's existence
    encoder/<digest>/       the compiled encoder
    objects/<sha256>        the files as they were read, for an index that keeps them
    work/                   vectors of an update that did not come to its end
    gen-<n>/MANIFEST.json   format, settings, encoder; size and sha256 of every file
    gen-<n>/files.jsonl     the files it was made of
    gen-<n>/…               documents, passages, sentences, vectors, terms, bm25, copies

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
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index.catalog import FILES, Catalog
from index.contents import Contents, read_contents, read_retriever, write_contents
from index.disk import link_or_copy, sha256, sync, sync_tree, write_synced
from index.encode import OnnxEncoder
from index.errors import DamagedIndex, ForeignIndex, IndexBusy, MissingPath, storage_errors
from index.fuse import Hybrid
from index.load.formats import Failure
from index.types import Document

FORMAT = 2
CURRENT, LOCK, MANIFEST, WORK = "CURRENT", "LOCK", "MANIFEST.json", "work"
WAIT_SECONDS = 900
_PARTS = {"encoder", "settings", "counts", "failures", "files", "published"}  # of a manifest


@dataclass(frozen=True)
class Generation:
    """A generation, opened: its documents, and the retriever over them."""

    path: Path
    documents: tuple[Document, ...]
    retriever: Hybrid
    failures: tuple[Failure, ...]
    settings: Mapping[str, Any]


def is_index(path: Path) -> bool:
    """Whether the folder is an index (good or damaged)."""
    return (path / CURRENT).is_file()


@dataclass(frozen=True)
class Summary:
    """What is said of an index without loading it; `published` is a time in ISO 8601."""

    documents: int
    passages: int
    sentences: int
    encoder: str
    published: str
    failures: tuple[Failure, ...]
    settings: Mapping[str, Any]


def summary_of(path: Path) -> Summary:
    """Read a summary; raises MissingPath, DamagedIndex or ForeignIndex."""
    _, manifest = _manifest(path)
    failures = tuple(Failure(*map(str, f)) for f in manifest["failures"])
    documents, passages, sentences = map(int, manifest["counts"])
    return Summary(
        documents, passages, sentences, manifest["encoder"], manifest["published"], failures,
        manifest["settings"],
    )  # fmt: skip


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


def catalog_of(path: Path) -> Catalog:
    """The files an index was made of; raises what `open_index` raises."""
    folder, manifest = _manifest(path)
    try:
        _check(folder, FILES, manifest["files"][FILES])
        return Catalog.load(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise _damaged(path, str(exc)) from exc


def encoder_of(path: Path) -> tuple[OnnxEncoder, Path]:
    """The index's own encoder and its folder; raises what `open_index` raises."""
    folder, manifest = _manifest(path)
    compiled = path / "encoder" / manifest["encoder"]
    prefix = f"../encoder/{manifest['encoder']}/"
    for name, entry in manifest["files"].items():
        if name.startswith(prefix):
            _check(folder, name, entry)
    return OnnxEncoder(compiled), compiled


def publish(
    path: Path,
    contents: Contents | None,
    catalog: Catalog,
    encoder: OnnxEncoder,
    compiled: Path,
    settings: Mapping[str, Any],
) -> None:
    """Write the index's new generation; the caller holds `writer_lock`.

    Without `contents` those of the generation before are taken over. `compiled` is the encoder's
    folder, linked or copied into the index. Raises StorageError.
    """
    with storage_errors("write the index in", path):
        own = path / "encoder" / encoder.digest
        if not own.is_dir():
            _adopt(compiled, own)
        old = [p for p in path.glob("gen-*") if p.is_dir()]
        number = max((_number(p) for p in old), default=0) + 1
        temporary = Path(tempfile.mkdtemp(prefix="tmp-", dir=path))
        try:
            if contents is None:
                folder, before = _manifest(path)
                _take_over(folder, temporary)
                counts = before["counts"]
            else:
                write_contents(temporary, contents)
                counts = [
                    len(contents.documents), len(contents.vectors), len(contents.sentence_vectors)
                ]  # fmt: skip
            catalog.save(temporary)
            manifest = {
                "format": FORMAT,
                "encoder": encoder.digest,
                "settings": dict(settings),
                "counts": counts,
                "failures": [list(f) for f in catalog.failures],
                "published": datetime.now(UTC).isoformat(timespec="seconds"),
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


def open_index(path: Path) -> Generation:
    """Check every file of the index, then load it.

    Raises MissingPath, DamagedIndex (a file is missing, cut short or changed) or ForeignIndex
    (made by another version), each with what to do.
    """
    folder, manifest = _manifest(path)
    for name, entry in manifest["files"].items():
        _check(folder, name, entry)
    encoder = OnnxEncoder(folder / ".." / "encoder" / manifest["encoder"])
    try:
        retriever = read_retriever(folder, encoder)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as exc:
        raise _damaged(path, str(exc)) from exc
    documents = tuple(retriever.passages.documents)
    failures = tuple(Failure(*map(str, f)) for f in manifest["failures"])
    return Generation(path, documents, retriever, failures, manifest["settings"])


def contents_of(path: Path) -> Contents:
    """All that the index holds, to be built on; checks and raises as `open_index` does."""
    folder, manifest = _manifest(path)
    for name, entry in manifest["files"].items():
        _check(folder, name, entry)
    try:
        return read_contents(folder)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as exc:
        raise _damaged(path, str(exc)) from exc


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
        link_or_copy(file, temporary / file.name)
    temporary.rename(own)


def _take_over(old: Path, new: Path) -> None:
    """Link the contents of one generation into another: they are never changed."""
    for file in old.rglob("*"):
        target = new / file.relative_to(old)
        if file.is_dir():
            target.mkdir()
        elif file.name not in (MANIFEST, FILES):
            link_or_copy(file, target)


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
