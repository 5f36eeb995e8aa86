"""What an answer is composed of, and what comes of it: the seam between a kind and its composer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from index import NOTHING_KEPT, Document, DocumentAnnotations, Retriever
from rag.citations import Citation
from rag.compose.wholes import Wholes
from rag.kinds import CitationGroup, CitationPair, QuestionKind, Tally
from rag.named import Names
from rag.query import AskedQuestion
from rag.readings import Choice, Reader, Reading


class Material(NamedTuple):
    """A question as it was looked for, and what there is to answer it with.

    `readings` are what was read, best first, and `whole` knows what of them is quoted whole; what
    else of `documents` is wanted, `retriever` and `reader` give; `names` are theirs. Under the
    probability `likely` a sentence is no answer, and one that scores more than `keep` below the
    best is not quoted; `most` sentences answer a question for a fact. `kind` is the kind that is
    composed, and `annotations` what the index keeps of the documents.
    """

    asked: AskedQuestion
    readings: Sequence[Reading]
    whole: Wholes
    retriever: Retriever
    reader: Reader
    documents: Sequence[Document]
    names: Names
    likely: float
    keep: float
    most: int
    kind: QuestionKind = QuestionKind.FACT
    annotations: DocumentAnnotations = NOTHING_KEPT


class Composed(NamedTuple):
    """What is quoted, numbered from 1 in shown order; the other fields are as on `Answer`.

    `confidence` is None where it is that of the best sentence that was read.
    """

    citations: tuple[Citation, ...]
    choices: tuple[Choice, ...] = ()
    groups: tuple[CitationGroup, ...] = ()
    complete: bool = False
    tally: Tally | None = None
    confidence: float | None = None
    pairs: tuple[CitationPair, ...] = ()


Composer = Callable[[Material], Composed | None]  # None where there is nothing of its kind
