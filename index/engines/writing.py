"""An index on the disk is written into a collection: what is new of it, and what is no more.

A reader sees the version before or the new one, whatever ends the writer: rows are written for a
version that nobody looks at yet, and one row then says that it is current. What a writer that died
left is gone over by the next one, and what it wrote of the same content is kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.annotations import FOLDER
from index.copies import Copies
from index.engines.connection import EngineConnection
from index.engines.dictionary import Dictionary
from index.engines.fetched import pack_arrays, pack_listing
from index.engines.lease import Lease
from index.engines.milvus import Milvus, current as in_version
from index.engines.milvus_writer import MilvusWriter
from index.engines.objects import Objects
from index.engines.opened import OpenCollection, manifest_of, require_ours
from index.engines.rows import RowPacker
from index.engines.state import FORMAT, CollectionState, VersionManifest
from index.engines.working_copy import WorkingCopy
from index.errors import DamagedIndex, ForeignIndex
from index.generation import Base, Catalog, base_of
from index.library import passed_over
from index.passages import ids_of
from index.search import Surroundings, mean_length
from index.storage import Originals
from index.types import Progress

AT_ONCE = 500  # rows that are packed before they are written


class CollectionWriter:
    """Writes what a working copy holds into a collection, whose one writer holds `lease`."""

    def __init__(
        self,
        connection: EngineConnection,
        objects: Objects,
        copy: WorkingCopy,
        lease: Lease,
        tell: Progress,
    ) -> None:
        self._engine, self._reader = MilvusWriter(connection, lease.require), Milvus(connection)
        self._objects, self._copy, self._lease, self._tell = objects, copy, lease, tell

    def follow(self, *, begins: bool = False, mends: bool = False) -> None:
        """Have the working copy hold the current version, where another machine wrote that.

        `begins`: there may be neither yet. `mends`: what cannot be restored is made of what is at
        hand. Raises MissingPath where there is no collection, ForeignIndex where another version of
        ours made it, DamagedIndex, and what `Milvus` and `Objects` raise.
        """
        address, is_there = self._engine.address, self._copy.is_there
        state = self._reader.state()
        if state is None or not state.manifest:
            if not (begins or is_there):
                raise address.missing()
            return
        if self._copy.holds(state.manifest):
            return
        try:
            self._copy.restore(self._opened(require_ours(state, address)), self._tell)
        except (DamagedIndex, ForeignIndex):
            if not (mends and (begins or is_there)):
                raise

    def write(self, *, alone: bool = False, check: bool = False, mends: bool = False) -> None:
        """Make the collection hold what the working copy holds.

        `alone`: what was there before is deleted at once, whoever reads it. `check`: what is there
        is looked at, and what is missing or altered written again. `mends`: of another version of
        ours, or of another encoder, all is deleted before. Raises ForeignIndex otherwise, and what
        `Milvus` and `Objects` raise.
        """
        path, address = self._copy.index.path, self._engine.address
        base = base_of(path)
        encoder = base.saved.manifest.encoder
        state = self._reader.state()
        if state is not None and mends and (state.format, state.encoder) != (FORMAT, encoder):
            self._engine.drop()
            state = None
        if state is not None and require_ours(state, address).encoder != encoder:
            raise ForeignIndex(
                f"{address.given} was made with another model; to make it again with this one: "
                f"ibid index --into {address.given} --rebuild"
            )
        nothing = CollectionState(FORMAT, encoder, 0, 0, "")
        state = state or nothing
        before = self._before(state, check)
        self._engine.create(base.contents.vectors.shape[1])
        if state.oldest < state.version:  # nobody may look at what is cleared away now
            state = state._replace(oldest=state.version)
            self._engine.set_state(state)
        if state.version:
            self._engine.purge(state.version)
        copies = Copies.of(base.contents.passages, base.contents.digests)
        keys = self._rows(RowPacker(base.contents, copies), state.version, before, check)
        known = before.listed if before is not None and not check else set[str]()
        manifest, listed = self._parts(path, base, copies, keys, known)
        if before is not None and _are_alike(manifest, before.manifest):
            self._copy.note(state.manifest)
            return
        self._tell("writing the collection", 0, 0)
        name = self._objects.put(manifest.to_bytes())
        self._copy.note(state.manifest, name)  # whichever is current, should this end here
        current = state._replace(version=state.version + 1, manifest=name)
        if alone:
            current = current._replace(oldest=current.version)
        self._engine.flush()
        if (self._reader.state() or nothing) != state:
            raise self._lease.lost()  # another has published meanwhile
        self._engine.set_state(current)
        if alone:
            self._engine.purge(current.version)
        kept = {name, *manifest.objects, *listed}
        if before is not None and not alone:
            kept |= {state.manifest, *before.manifest.objects, *before.listed}
        self._lease.require()
        self._objects.forget(kept)

    def _before(self, state: CollectionState, check: bool) -> OpenCollection | None:
        """The current version; with `check` None where nobody can know what it holds."""
        if not state.manifest:
            return None
        try:
            before = self._opened(state)
            _ = before.listed, before.passages.keys  # they are needed below
        except DamagedIndex:
            if not check:
                raise
            return None
        return before

    def _opened(self, state: CollectionState) -> OpenCollection:
        address, objects = self._engine.address, self._objects
        manifest = manifest_of(objects, state, address)
        return OpenCollection(address, self._reader, objects, state, manifest)

    def _rows(
        self, packer: RowPacker, version: int, before: OpenCollection | None, check: bool
    ) -> list[bytes]:
        """Write the rows that are not there, end those that are no more; what all are called.

        With `check` those that were lost are written into the current version, and those that no
        version lists, which a writer left that was one no longer, are deleted.
        """
        engine = self._engine
        old = {key.tobytes() for key in before.passages.keys} if before is not None else set()
        begun = {bytes.fromhex(key) for key in engine.begun(version)}
        there = {bytes.fromhex(key) for key in engine.names(in_version(version))} if check else old
        engine.delete(sorted(key.hex() for key in there - old))
        keys = [packer.key(number) for number in range(len(packer))]
        lost = [n for n, key in enumerate(keys) if key in old and key not in there]
        new = [n for n, key in enumerate(keys) if key not in old and key not in begun]
        self._add(packer, lost, version)
        self._add(packer, new, version + 1)
        now = set(keys)
        engine.delete(sorted(key.hex() for key in begun - now))
        ended = {bytes.fromhex(key) for key in engine.ended(version)}
        engine.revive(sorted(key.hex() for key in ended & now))
        engine.end(sorted(key.hex() for key in old - now - ended), version + 1)
        return keys

    def _add(self, packer: RowPacker, numbers: Sequence[int], since: int) -> None:
        for at in range(0, len(numbers), AT_ONCE):
            self._tell("writing passages", at, len(numbers))
            part = numbers[at : at + AT_ONCE]
            self._engine.add([packer.pack(number) for number in part], since)

    def _parts(
        self,
        path: Path,
        base: Base,
        copies: Copies,
        keys: Sequence[bytes],
        known: Set[str],
    ) -> tuple[VersionManifest, set[str]]:
        """Write the objects of a version but for those that are `known` to be there.

        Its manifest, and what its lists name.
        """
        contents, put, catalog = base.contents, self._objects.put, base.saved.catalog
        table, terms = contents.passages, contents.terms
        for number, id_ in enumerate(ids_of(table.documents)):
            self._tell("writing texts", number, len(table.documents))
            if id_ not in known:
                put(table.documents[number].text.encode("utf-8", "surrogatepass"))
        files = self._originals(Originals(path), catalog, known)
        edges = contents.boxes.starts.tolist()
        each = [contents.boxes.data[a:b].tobytes() for a, b in pairwise(edges)]
        boxes = [put(own) if own else "" for own in each]
        parts = {
            "documents": pack_listing(table.documents, boxes),
            "dictionary": Dictionary.of(terms, Surroundings(table)).to_bytes(),
            "outline": pack_arrays(
                rows=table.rows,
                keys=np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), -1),
            ),
            "sentences": pack_arrays(sentences=table.sentences, standing=copies.standing),
            "headings": json.dumps(table.headings).encode(),
            "catalog": catalog.to_bytes(),
        }
        saved = base.saved
        folder = saved.encoder_files.folder
        encoder = {name: put((folder / name).read_bytes()) for name in saved.encoder_files.entries}
        kept = sorted((path / FOLDER).glob("*"))
        annotations = {f.name: put(f.read_bytes()) for f in kept if f.suffix != ".tmp"}
        manifest = VersionManifest(
            saved.manifest.settings,
            saved.manifest.counts,
            float(terms.passages.lengths.mean()),
            mean_length(terms.sentences),
            tuple(contents.languages),
            datetime.now(UTC).isoformat(timespec="seconds"),
            saved.manifest.failures,
            passed_over(path),
            {name: put(data) for name, data in parts.items()},
            encoder,
            annotations,
            bool(Originals(path)),
        )
        return manifest, {*ids_of(table.documents), *boxes, *files} - {""}

    def _originals(self, originals: Originals, catalog: Catalog, known: Set[str]) -> set[str]:
        """Write the files, where they are kept; what all of them are called."""
        if not originals:
            return set()
        wanted = {row.sha256 for row in catalog.rows} - {""}
        for sha in wanted - known:
            if sha in originals:
                self._objects.put(originals.read(sha))
        return wanted


def _are_alike(a: VersionManifest, b: VersionManifest) -> bool:
    """Whether they hold the same, whenever they were published."""
    return replace(a, published="") == replace(b, published="")
