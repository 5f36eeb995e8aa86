"""What is derived of documents when they arrive, and kept with their index."""

from __future__ import annotations

from index import Annotator, DocumentAnnotations, Generation, Progress, annotate
from rag.names import NamesAnnotator
from rag.overview import SourceGuide
from rag.questions import QuestionsAnnotator
from rag.timeline import DatedSentences

_NAMES = NamesAnnotator()
_ALONE: tuple[Annotator, ...] = (_NAMES, DatedSentences(), QuestionsAnnotator())
ANNOTATORS = (*_ALONE, SourceGuide())


def keep_annotations(generation: Generation, progress: Progress | None = None) -> int:
    """Make and keep what is missing of an opened index, as `annotate` says of each kind.

    Returns how many were made.
    """
    made = sum(annotate(generation, annotator, progress) for annotator in _ALONE)
    names = DocumentAnnotations(generation).each(_NAMES)  # a guide quotes them, too
    return made + annotate(generation, SourceGuide(names), progress)
