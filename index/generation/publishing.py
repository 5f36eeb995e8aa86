"""A new generation is written, proved and put in the index's place."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from index.encoder import CONFIG, MODEL, TOKENIZER
from index.errors import StorageError, storage_errors
from index.generation.catalog import FILES, Catalog
from index.generation.contents import Contents, read_retriever, write_contents
from index.generation.generations import ENCODERS, MANIFEST, TEMPORARY, next_folder, point
from index.generation.store import Base
from index.storage import (
    DAMAGE,
    Checked,
    Counts,
    Draft,
    Entry,
    Manifest,
    Settings,
    disk,
    entry_of,
)
from index.types import Encoder


def publish(
    path: Path,
    contents: Contents,
    base: Base | None,
    catalog: Catalog,
    encoder: tuple[Encoder, Path],
    settings: Settings,
) -> str:
    """Write the index's new generation; the caller holds `writer_lock`. Returns its name.

    Of `contents` that are those of `base` the files are taken over, if all of them are whole. The
    encoder's folder is copied into the index. Raises StorageError.
    """
    digest, compiled = encoder[0].digest, encoder[1]
    with storage_errors("write the index in", path):
        encoder_files = _adopt(compiled, path / ENCODERS / digest)
        draft = Draft(Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=path)))
        try:
            if base is not None and contents is base.contents and _is_whole(base.saved.files):
                _take_over(base.saved.files, draft)
            else:
                disk.require(path, 2 * _size(contents), "the index")
                write_contents(draft, contents)
            draft.write(FILES, catalog.to_bytes())
            table = contents.passages
            counts = Counts(len(table.documents), len(table), len(table.sentences))
            manifest = Manifest(
                digest,
                settings._replace(unencoded=len(contents.unencoded)),
                counts,
                catalog.failures,
                datetime.now(UTC).isoformat(timespec="seconds"),
                draft.entries,
                encoder_files,
            )
            disk.write(draft.folder / MANIFEST, manifest.to_bytes())
            disk.sync(draft.folder)
            _prove(draft, encoder[0], path)
            folder = next_folder(path)
            disk.move(draft.folder, folder)
        except BaseException:
            disk.remove(draft.folder)
            raise
        point(path, folder)
    return folder.name


def _prove(draft: Draft, encoder: Encoder, path: Path) -> None:
    """Open what was written; raises OSError, or StorageError where it is something else."""
    try:
        read_retriever(Checked(draft.folder, draft.entries), encoder)
    except OSError:
        raise
    except DAMAGE as exc:
        raise StorageError(
            f"the disk did not keep what was written in {path} ({exc}); check it and try again"
        ) from exc


def _adopt(compiled: Path, own: Path) -> dict[str, Entry]:
    """Copy the compiled encoder into the index: a link would share harm to one with the other."""
    disk.make_folder(own.parent)
    names = (CONFIG, MODEL, TOKENIZER)  # a file manager leaves others, and Python its bytecode
    entries = {name: entry_of((compiled / name).read_bytes()) for name in names}
    if compiled == own or _is_whole(Checked(own, entries)):
        return entries
    temporary = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=own.parent))
    for name in entries:
        disk.write(temporary / name, (compiled / name).read_bytes())
    disk.sync(temporary)
    if own.is_dir():  # damaged
        disk.move(own, Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=own.parent)) / own.name)
    disk.move(temporary, own)
    return entries


def _is_whole(files: Checked) -> bool:
    try:
        files.check()
    except DAMAGE:
        return False
    return True


def _take_over(old: Checked, draft: Draft) -> None:
    """Link the contents of one generation into another."""
    for name in old.entries:
        if name != FILES:
            draft.take(name, old)


def _size(contents: Contents) -> int:
    """About how many bytes its arrays and texts are."""
    table, terms = contents.passages, contents.terms
    arrays = (
        contents.vectors,
        contents.sentence_vectors,
        contents.digests,
        table.rows,
        table.sentences,
        terms.passages.ids,
        terms.sentences.ids,
        terms.sentences.starts,
        terms.own,
        contents.boxes.data,
    )
    return sum(a.nbytes for a in arrays) + sum(len(d.text) for d in contents.documents)
