"""An index that is open: what is asked, wherever it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from index.boxes import PageBox
from index.failures import Failure
from index.generation.catalog import Catalog
from index.search import WholeRetriever
from index.storage import Settings
from index.types import Document


class Generation(Protocol):
    """One state of an index, opened: its documents, and the retriever over them.

    A `SavedGeneration` is one on the disk.
    """

    @property
    def path(self) -> Path:
        """The index's folder, or the address of its collection."""

    @property
    def documents(self) -> Sequence[Document]:
        """Its documents, in order."""

    @property
    def retriever(self) -> WholeRetriever:
        """What answers questions."""

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What could not be read."""

    @property
    def settings(self) -> Settings:
        """How it was made."""

    @property
    def notice(self) -> str:
        """What is wrong with a newer one, for the reader's eyes; "" for nothing."""

    @property
    def revision(self) -> bytes:
        """What is another after each change of the index: that of when it was opened."""

    @property
    def annotations(self) -> Path:
        """The folder in which what was derived of its documents is kept."""

    @property
    def catalog(self) -> Catalog:
        """The files it was made of; raises DamagedIndex, StorageError."""

    def boxes_of(self, document: Document, start: int, end: int) -> list[PageBox]:
        """Where characters `start` to `end` of a document stand on its pages: one box a line.

        Empty where nothing is known of it. Raises ValueError when the span does not lie in the
        document, or that is none of this index; DamagedIndex, StorageError.
        """
