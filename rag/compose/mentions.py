"""Every sentence that mentions something: found by its words alone, so that none is left out."""

from __future__ import annotations

import re
from itertools import islice

from index import Holding, Query
from rag.citations import Citation
from rag.compose.composed import Composed, Material
from rag.kinds import Counted, Tally

SHOWN = 50  # quotations, at most
MOST = 10_000  # sentences that are counted
SURE = 0.95  # that a sentence mentions what it holds
_END = (
    r"(?=\s+(?:in|within|from|across|throughout)\s+(?:the|this|these|all|our|my|any|der|den|dem)\b"
    r"|\s+im\b|\W*\Z)"
)
_MENTIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:mentions?|occurrences?)\s+of\s+(.+?){_END}",
        r"\bhow\s+(?:often|many\s+times)\s+(?:is|are|was|were|does|do|did)\s+(.+?)\s+"
        r"(?:mentioned|named|appear|occur|come\s+up|quoted|cited)\b",
        rf"\b(?:places?|passages?|sentences?|everywhere|anywhere)\b.*\bmention(?:s|ed|ing)?\s+(.+?){_END}",
        r"\bwie\s+oft\s+(?:wird|werden|wurde|wurden|kommt|kommen)\s+(.+?)\s+(?:erwähnt|genannt|vor)\b",
        rf"\b(?:erwähnungen)\s+(?:von|des|der)\s+(.+?){_END}",
    )
)


def compose_mentions(material: Material) -> Composed | None:
    """The sentences that hold what a question asks the mentions of; None where it asks for none."""
    term = mentioned(material.asked)
    if not term or not isinstance(material.retriever, Holding):
        return None
    found = list(islice(material.retriever.holding(Query(term)), MOST))
    if not found:
        return None
    score = material.readings[0].score if material.readings else 0.0
    citations = tuple(
        Citation(
            passage.document,
            sentence.start,
            sentence.end,
            None,
            score,
            number,
            passage.headings,
            (sentence.span,),
            sentence.span,
        )
        for number, (passage, sentence) in enumerate(found[:SHOWN], 1)
    )
    tally = Tally(len(found), Counted.SENTENCES, words=((term,),))
    return Composed(citations, complete=len(found) < MOST, tally=tally, confidence=SURE)


def mentioned(question: Query) -> str:
    """What a question asks the mentions of, as it is written; "" where it asks for none."""
    found = (pattern.search(question.cleaned) for pattern in _MENTIONS)
    return next((match[1].strip(" \"'“”„«»") for match in found if match), "")
