"""The documents and the passages of a collection, each text fetched when it is looked at."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engines.objects import Objects
from index.passages import PassageTable
from index.types import Document, Page

Windows = Sequence[tuple[int, str]]  # stretches of a text, and where they begin
_KNOWN = tuple(f.name for f in fields(Document) if f.name != "text")


class FetchedDocument(Document):
    """A document whose text is fetched by its sha256, which is its id, when it is first needed.

    What lies in one of its `windows` is cut from that. Raises DamagedIndex and StorageError where
    the text is looked at.
    """

    __slots__ = ("_fetch", "windows")
    _fetch: Callable[[str], str]
    windows: Windows

    def __init__(self, fetch: Callable[[str], str], windows: Windows = (), **known: Any) -> None:
        """`known` are the other fields of a `Document`."""
        filled = {f.name: f.default for f in fields(Document)} | {"meta": {}} | known
        for name in _KNOWN:
            object.__setattr__(self, name, filled[name])
        object.__setattr__(self, "_fetch", fetch)
        object.__setattr__(self, "windows", windows)

    def __eq__(self, other: object) -> bool:
        """Documents are equal where their texts are, wherever these are kept."""
        return self.id == other.id if isinstance(other, Document) else NotImplemented

    __hash__ = Document.__hash__

    @property
    def text(self) -> str:
        """All of it."""
        return self._fetch(self.id)

    def cut(self, span: tuple[int, int]) -> str:
        """The characters of `span`, as `Document.cut` says."""
        start, end = span
        for at, text in self.windows:
            if at <= start < end <= at + len(text):
                return text[start - at : end - at]
        return super().cut(span)

    def seen_through(self, windows: Windows) -> FetchedDocument:
        """The same document, of which these stretches are at hand."""
        known = {name: getattr(self, name) for name in _KNOWN}
        return FetchedDocument(self._fetch, windows, **known)


def text_fetched(objects: Objects) -> Callable[[str], str]:
    """What fetches a text by its id."""
    return lambda id_: objects.get(id_).decode("utf-8", "surrogatepass")


def pack_listing(documents: Sequence[Document], boxes: Sequence[str]) -> bytes:
    """What is known of documents beside their texts; `boxes` are the names of their boxes."""
    lines = (
        [d.id, d.title, d.source, dict(d.meta), d.pages, d.copies, own]
        for d, own in zip(documents, boxes, strict=True)
    )
    return zlib.compress("\n".join(json.dumps(line) for line in lines).encode(), 6)


def unpack_listing(data: bytes, objects: Objects) -> tuple[list[Document], list[str]]:
    """The documents and the names of their boxes; raises ValueError or zlib.error."""
    fetch, documents, boxes = text_fetched(objects), list[Document](), list[str]()
    for line in zlib.decompress(data).decode().split("\n"):
        id_, title, source, meta, pages, copies, own = json.loads(line)
        known = {"id": id_, "title": title, "source": source, "meta": meta}
        pages = tuple(Page(*page) for page in pages)
        documents.append(FetchedDocument(fetch, **known, pages=pages, copies=tuple(copies)))
        boxes.append(own)
    return documents, boxes


def pack_arrays(**arrays: NDArray[Any]) -> bytes:
    """Arrays by their names, compressed."""
    written = io.BytesIO()
    np.savez_compressed(written, allow_pickle=False, **arrays)
    return written.getvalue()


def unpack_arrays(data: bytes) -> Mapping[str, NDArray[Any]]:
    """What `pack_arrays` gave; raises ValueError or zipfile.BadZipFile."""
    with np.load(io.BytesIO(data), allow_pickle=False) as found:
        return {name: found[name] for name in found.files}


class FetchedTable(PassageTable):
    """The passages of a collection; their offsets are fetched when they are first looked at."""

    def __init__(self, documents: Sequence[Document], part: Callable[[str], bytes]) -> None:
        """`part` gives a part of the version by its name."""
        self.documents, self._part = documents, part

    @cached_property
    def _outline(self) -> Mapping[str, NDArray[Any]]:
        return unpack_arrays(self._part("outline"))

    @cached_property
    def rows(self) -> NDArray[np.int64]:  # type: ignore[override]
        """Shape (n, 4)."""
        return self._outline["rows"]

    @cached_property
    def keys(self) -> NDArray[np.uint8]:
        """Shape (n, 16): what the rows of the passages are called."""
        return self._outline["keys"]

    @cached_property
    def _sentences(self) -> Mapping[str, NDArray[Any]]:
        return unpack_arrays(self._part("sentences"))

    @cached_property
    def sentences(self) -> NDArray[np.int64]:  # type: ignore[override]
        """Shape (m, 5)."""
        return self._sentences["sentences"]

    @cached_property
    def standing(self) -> NDArray[np.int64]:
        """Shape (m,): the number of the document that stands for a sentence, or -1."""
        return self._sentences["standing"]

    @cached_property
    def headings(self) -> Sequence[Sequence[str]]:  # type: ignore[override]
        """The paths of headings."""
        found: Sequence[Sequence[str]] = json.loads(self._part("headings"))
        return found
