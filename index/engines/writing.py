"""An index on the disk is written into a collection: what is new of it, and what is no more.

A reader sees the version before or the new one, whatever ends the writer: rows are written for a
version that nobody looks at yet, and one row then says that it is current. What a writer that died
left is gone over by the next one, and what it wrote of the same content is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.annotations import FOLDER
from index.copies import Copies
from index.engines.connection import EngineConnection
from index.engines.dictionary import Dictionary
from index.engines.fetched import pack_arrays, pack_listing, unpack_arrays, unpack_listing
from index.engines.lease import Lease
from index.engines.milvus import Milvus, current as in_version
from index.engines.milvus_writer import MilvusWriter
from index.engines.objects import Objects
from index.engines.opened import current_state, manifest_of
from index.engines.rows import PackedRow, RowPacker
from index.engines.state import FORMAT, CollectionState, VersionManifest
from index.errors import DamagedIndex, ForeignIndex
from index.failures import Failure
from index.generation import Base, Catalog, base_of
from index.passages import ids_of
from index.search import Surroundings, mean_length
from index.storage import Originals
from index.types import Progress

AT_ONCE = 500  # rows that are packed before they are written


class CollectionWriter:
    """Writes the states of one index into one collection, whose one writer holds `lease`."""

    def __init__(
        self, connection: EngineConnection, objects: Objects, lease: Lease, tell: Progress
    ) -> None:
        self._engine, self._reader = MilvusWriter(connection, lease.require), Milvus(connection)
        self._objects, self._lease, self._tell = objects, lease, tell

    def write(
        self,
        path: Path,
        passed_over: Sequence[Failure],
        *,
        alone: bool = False,
        afresh: bool = False,
        check: bool = False,
    ) -> bool:
        """Make the collection hold what the index in `path` holds; whether it changed.

        `check`: what is there is looked at, and what is missing or altered written again.
        `alone`: what was there before is deleted at once, whoever reads it; `afresh`: and so is
        the whole collection, before. Raises ForeignIndex where it was made with another encoder,
        and what `Milvus` and `Objects` raise.
        """
        base = base_of(path)
        encoder = base.saved.manifest.encoder
        state = None if afresh else current_state(self._reader)
        if afresh:
            self._engine.drop()
        if state is not None and state.encoder != encoder:
            raise ForeignIndex(
                f"{self._engine.address.given} was made with another model; to make it again with "
                f"this one: ibid index --into {self._engine.address.given} --rebuild"
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
        known = None if check else before
        manifest = self._parts(path, base, copies, keys, known, passed_over)
        if before is not None and replace(manifest, published=before.published) == before:
            return False
        self._tell("writing the collection", 0, 0)
        name = self._objects.put(manifest.to_bytes())
        current = state._replace(version=state.version + 1, manifest=name)
        if alone:
            current = current._replace(oldest=current.version)
        self._engine.flush()
        if (current_state(self._reader) or nothing) != state:
            raise self._lease.lost()  # another has published meanwhile
        self._engine.set_state(current)
        if alone:
            self._engine.purge(current.version)
        kept = {current.manifest, *self._needed(manifest)}
        if before is not None and not alone:
            kept |= {state.manifest, *self._needed(before)}
        self._lease.require()
        self._objects.forget(kept)
        return True

    def _before(self, state: CollectionState, check: bool) -> VersionManifest | None:
        """What the current version holds; with `check` None where nobody can know that."""
        if not state.manifest:
            return None
        try:
            before = manifest_of(self._objects, state, self._engine.address)
            self._needed(before)
            self._objects.get(before.parts["outline"])
        except DamagedIndex:
            if not check:
                raise
            return None
        return before

    def _rows(
        self, packer: RowPacker, version: int, before: VersionManifest | None, check: bool
    ) -> list[bytes]:
        """Write the rows that are not there, end those that are no more; what all are called.

        With `check` those that were lost are written into the current version, and those that no
        version lists, which a writer left that was one no longer, are deleted.
        """
        engine = self._engine
        old: set[bytes] = set()
        if before is not None:
            outline = unpack_arrays(self._objects.get(before.parts["outline"]))
            old = {key.tobytes() for key in outline["keys"]}
        begun = {bytes.fromhex(key) for key in engine.begun(version)}
        there = {bytes.fromhex(key) for key in engine.names(in_version(version))} if check else old
        engine.delete(sorted(key.hex() for key in there - old))
        keys: list[bytes] = []
        for rows in self._packed(packer):
            keys += [row.key for row in rows]
            engine.add([r for r in rows if r.key in old and r.key not in there], version)
            engine.add([r for r in rows if r.key not in old and r.key not in begun], version + 1)
        now = set(keys)
        engine.delete(sorted(key.hex() for key in begun - now))
        ended = {bytes.fromhex(key) for key in engine.ended(version)}
        engine.revive(sorted(key.hex() for key in ended & now))
        engine.end(sorted(key.hex() for key in old - now - ended), version + 1)
        return keys

    def _packed(self, packer: RowPacker) -> Iterator[list[PackedRow]]:
        total = len(packer)
        for at in range(0, total, AT_ONCE):
            self._tell("writing passages", at, total)
            yield [packer.pack(number) for number in range(at, min(at + AT_ONCE, total))]

    def _parts(
        self,
        path: Path,
        base: Base,
        copies: Copies,
        keys: Sequence[bytes],
        before: VersionManifest | None,
        passed_over: Sequence[Failure],
    ) -> VersionManifest:
        """Write the objects of a version, those that are not there."""
        contents, put, catalog = base.contents, self._objects.put, base.saved.catalog
        table, terms = contents.passages, contents.terms
        known = self._names(before)
        for number, id_ in enumerate(ids_of(table.documents)):
            self._tell("writing texts", number, len(table.documents))
            if id_ not in known:
                put(table.documents[number].text.encode("utf-8", "surrogatepass"))
        self._originals(path, catalog, known)
        edges = contents.boxes.starts.tolist()
        each = [contents.boxes.data[a:b].tobytes() for a, b in pairwise(edges)]
        parts = {
            "documents": pack_listing(table.documents, [put(own) if own else "" for own in each]),
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
        return VersionManifest(
            saved.manifest.settings,
            saved.manifest.counts,
            float(terms.passages.lengths.mean()),
            mean_length(terms.sentences),
            tuple(contents.languages),
            datetime.now(UTC).isoformat(timespec="seconds"),
            saved.manifest.failures,
            tuple(passed_over),
            {name: put(data) for name, data in parts.items()},
            encoder,
            annotations,
        )

    def _originals(self, path: Path, catalog: Catalog, known: set[str]) -> None:
        originals = Originals(path)
        for sha in {row.sha256 for row in catalog.rows}:
            if sha and sha not in known and sha in originals:
                self._objects.put(originals.read(sha))

    def _names(self, manifest: VersionManifest | None) -> set[str]:
        """The objects of a version that hold texts and files."""
        if manifest is None:
            return set()
        listing = self._objects.get(manifest.parts["documents"])
        documents, boxes = unpack_listing(listing, self._objects)
        catalog = Catalog.from_bytes(self._objects.get(manifest.parts["catalog"]))
        return {d.id for d in documents} | set(boxes) | {row.sha256 for row in catalog.rows}

    def _needed(self, manifest: VersionManifest) -> set[str]:
        """All objects of a version."""
        own: Mapping[str, str]
        found = self._names(manifest)
        for own in (manifest.parts, manifest.encoder_files, manifest.annotations):
            found |= set(own.values())
        return found
