"""A collection, opened at its current version; what of it is large is fetched when it is used."""

from __future__ import annotations

import math
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from index.boxes import Boxes, PageBox
from index.encoder import OnnxEncoder
from index.engines.address import Address
from index.engines.connection import connected
from index.engines.dictionary import Dictionary, number_of
from index.engines.fetched import FetchedTable, unpack_listing
from index.engines.milvus import Milvus, parts_of
from index.engines.objects import Objects
from index.engines.parts import VersionParts, cache_of
from index.engines.retriever import EngineRetriever
from index.engines.rows import FetchedRow, document_number
from index.engines.state import FORMAT, CollectionState, VersionManifest
from index.engines.stored import RowCache
from index.errors import (
    EncoderError,
    ForeignIndex,
    IbidError,
)
from index.failures import Failure
from index.generation import BoxTable, Catalog
from index.passages import ids_of
from index.search import CompoundWords, Statistics
from index.storage import Settings
from index.types import Document, Encoder

TOGETHER = 500  # objects that are read together, and let go
_T = TypeVar("_T")
_WRONG = (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error)


class OpenCollection:
    """A `Generation` in an engine. It holds caches alone, and what it reads is checked.

    Two of the same version in two processes answer alike.
    """

    def __init__(
        self,
        address: Address,
        engine: Milvus,
        objects: Objects,
        state: CollectionState,
        manifest: VersionManifest,
    ) -> None:
        self.address, self.engine, self.objects = address, engine, objects
        self.state, self.manifest = state, manifest
        self.parts = VersionParts(objects, manifest, cache_of(address))

    @property
    def path(self) -> Path:
        """Its address."""
        return Path(self.address.given)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What could not be read."""
        return self.manifest.failures

    @property
    def settings(self) -> Settings:
        """How it was made."""
        return self.manifest.settings

    @property
    def notice(self) -> str:
        """Nothing: a version is there whole or not at all."""
        return ""

    @property
    def revision(self) -> bytes:
        """What is another after each change of the collection: that of this version."""
        return self.state.revision

    @cached_property
    def documents(self) -> Sequence[Document]:
        """Its documents, in order; their texts are fetched when they are looked at."""
        return self._listing[0]

    @cached_property
    def retriever(self) -> EngineRetriever:
        """What answers questions."""
        return EngineRetriever(self)

    @cached_property
    def passages(self) -> FetchedTable:
        """The passages of all documents."""
        return FetchedTable(self.documents, self.parts.get)

    @cached_property
    def dictionary(self) -> Dictionary:
        """The stems of all documents."""
        return self._read(lambda: Dictionary.from_bytes(self.parts.get("dictionary")))

    @cached_property
    def words(self) -> CompoundWords:
        """The compounds among them."""
        return CompoundWords(self.dictionary)

    @cached_property
    def statistics(self) -> Statistics:
        """What scores are reckoned by."""
        own = self.manifest
        return Statistics(
            own.counts.passages,
            own.passage_length,
            own.sentence_length,
            own.languages,
            self.dictionary,
        )

    def idf(self, stem: str) -> float:
        """As `Sparse.idf`."""
        df, own = self.dictionary.often(stem), self.manifest.counts.passages
        return math.log(1 + (own - df + 0.5) / (df + 0.5))

    def document(self, id_: str) -> tuple[int, Document]:
        """The number of the document with this id, and the document; raises DamagedIndex."""
        number = self.passages.number(id_)
        if number is None:
            raise self.address.damaged("it has rows of a document that it does not list")
        return number, self.documents[number]

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the documents."""
        return ids_of(self.documents)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The numbers of the documents by those that the engine knows them by."""
        return {document_number(id_): number for number, id_ in enumerate(self.ids)}

    def with_stems(self, stems: Iterable[str]) -> set[int]:
        """The numbers of the documents that have one of these stems."""
        found = self.engine.documents_with(map(number_of, stems), self.state.version)
        return {self.numbers[number] for number in found}

    @cached_property
    def rows(self) -> RowCache:
        """The rows that were fetched last."""
        return RowCache(self)

    @property
    def catalog(self) -> Catalog:
        """The files it was made of; raises DamagedIndex, StorageError."""
        return self._read(lambda: Catalog.from_bytes(self.parts.get("catalog")))

    @property
    def annotations(self) -> Path:
        """A folder of the cache into which what is kept of the documents was fetched."""
        return self.parts.annotations

    def boxes_of(self, document: Document, start: int, end: int) -> list[PageBox]:
        """As `Generation.boxes_of` says."""
        document.cut((start, end))
        number = self.passages.number(document.id)
        if number is None:
            raise ValueError(f"{document.source} is no document of {self.address.given}")
        own = self._listing[1][number]
        if not own:
            return []
        boxes = self._read(lambda: Boxes.from_bytes(self.objects.get(own), len(document.text)))
        return boxes.within(document.text, start, end)

    @property
    def boxes(self) -> BoxTable:
        """Those of all documents, fetched; raises DamagedIndex, StorageError."""
        names = self._listing[1]
        found = self.objects.get_all(filter(None, names))
        return BoxTable.packed([found[name] if name else b"" for name in names])

    def fetch(self, numbers: Sequence[int]) -> list[FetchedRow]:
        """The rows of the passages with these numbers; raises DamagedIndex where one is gone."""
        keys = [self.passages.keys[n].tobytes().hex() for n in numbers]
        rows = self.engine.fetch(keys)
        if any(key not in rows for key in keys):
            raise self.address.damaged("rows are lost, or it was changed since it was opened")
        return [rows[key] for key in keys]

    @cached_property
    def encoder(self) -> Encoder:
        """What its vectors were made with, as the collection keeps it."""
        folder = self.parts.encoder(self.state.encoder)
        try:
            found = OnnxEncoder(folder)
        except EncoderError as exc:
            raise self.address.damaged(f"its encoder cannot be used: {exc}") from exc
        if found.digest != self.state.encoder:
            raise self.address.damaged("its encoder is another than that of its vectors")
        return found

    @cached_property
    def listed(self) -> set[str]:
        """The objects that its lists name: texts, boxes, and files where it keeps these."""
        documents, boxes = self._listing
        files = {row.sha256 for row in self.catalog.rows} if self.manifest.originals else set()
        return ({d.id for d in documents} | set(boxes) | files) - {""}

    @cached_property
    def _listing(self) -> tuple[list[Document], list[str]]:
        return self._read(lambda: unpack_listing(self.parts.get("documents"), self.objects))

    def _read(self, use: Callable[[], _T]) -> _T:
        try:
            return use()
        except IbidError:
            raise
        except (*_WRONG, zipfile.BadZipFile) as exc:
            raise self.address.damaged("what it keeps cannot be read") from exc


def open_collection(address: Address, *, thorough: bool = False) -> OpenCollection:
    """The collection at its current version; `thorough` has all of its objects read and checked.

    The files among them, where it keeps any: who reads needs none of these.

    Raises MissingPath where there is none, ForeignIndex where another version of ours made it,
    DamagedIndex, EngineOutOfReach, EngineRefused or StorageError.
    """
    # what is only looked for is not made
    away = address.folder is not None and not address.folder.is_dir()
    engine = None if away else Milvus(connected(address))
    state = None if engine is None else engine.state()
    if engine is None or state is None:
        raise address.missing()
    require_ours(state, address)
    objects = Objects(address.objects)
    manifest = manifest_of(objects, state, address)
    found = OpenCollection(address, engine, objects, state, manifest)
    if thorough:
        for part in parts_of(sorted(manifest.objects | found.listed), TOGETHER):
            objects.get_all(part)
    return found


def require_ours(state: CollectionState, address: Address) -> CollectionState:
    """That state; raises ForeignIndex for one of another format."""
    if state.format != FORMAT:
        raise ForeignIndex(
            f"{address.given} was made by another version of Ibid; make it again of its folders "
            f"with: ibid index PATH --into {address.given} --check"
        )
    return state


def manifest_of(objects: Objects, state: CollectionState, address: Address) -> VersionManifest:
    """What the current version holds; raises DamagedIndex."""
    try:
        return VersionManifest.from_bytes(objects.get(state.manifest))
    except _WRONG as exc:
        raise address.damaged("what it holds cannot be read") from exc
