"""What is derived of documents when they arrive, and kept with their index."""

from __future__ import annotations

from index import Annotator, Generation, Progress, annotate
from rag.names import NamesAnnotator
from rag.overview import SourceGuide
from rag.questions import QuestionsAnnotator
from rag.timeline import DatedSentences

ANNOTATORS: tuple[Annotator, ...] = (
    SourceGuide(),
    DatedSentences(),
    NamesAnnotator(),
    QuestionsAnnotator(),
)


def keep_annotations(generation: Generation, progress: Progress | None = None) -> int:
    """Make and keep what is missing of an opened index, as `annotate` says of each kind.

    Returns how many were made.
    """
    return sum(annotate(generation, annotator, progress) for annotator in ANNOTATORS)
