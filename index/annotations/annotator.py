"""What makes the annotations of documents."""

from __future__ import annotations

from typing import Any, Protocol

from index.search import Storing
from index.types import Document


class Annotator(Protocol):
    """Derives something of one document alone, as labels and offsets into its text.

    Standoff annotation (Ide and Suderman, "GrAF", LAW 2007): the text stays where it is, once.
    What is made depends on nothing but the document and how it was divided into passages, or it
    could not be kept while other documents come and go. `name` is of small letters and dashes, and
    names a file; `version` is raised whenever the same document gives other annotations.
    """

    @property
    def name(self) -> str:
        """What the annotations are, in the singular: "guide"."""

    @property
    def version(self) -> int:
        """From 1 on."""

    def annotate(self, retriever: Storing, document: Document) -> Any:
        """What is kept of a document, JSON-ready and without any of its words."""
