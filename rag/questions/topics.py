"""Questions that take up what an answer is about: what it names, or a section near it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from index import Passage, Span, clean
from rag.names import name_mentions
from rag.questions.ask_from import CandidateQuestion

_THING = re.compile(  # "the slipway", where a phrase ends: what follows is no part of it
    r"""(?x)\b(?P<thing>(?:the|an?)\s(?:[a-z-]{3,}\s)?[a-z-]{4,})
    (?=\s*[,.;:)]|\s(?:is|was|are|were|has|had|will|would|can|may|must|should|of|for|and|or|in|on|to|at
    |by|with|from|because|that|which|who|first)\b)"""
)
LONGEST = 60  # characters of a name or heading


def about_topics(passages: Sequence[Passage], quoted: Span) -> Iterator[CandidateQuestion]:
    """What the documents say of what a quotation names or speaks of: answered at no one place.

    That is what its document names more than once, and what stands in the quotation as "the
    slipway". `passages` are those of its document.
    """
    if not passages or passages[0].document.language != "en":
        return
    document = passages[0].document
    named = [(" ".join(document.cut(m.span).split()), m) for m in name_mentions(document, passages)]
    often = Counter(name for name, _ in named)
    within = (n for n, m in named if quoted.start <= m.span.start < quoted.end and often[n] > 1)
    things = (" ".join(m["thing"].split()) for m in _THING.finditer(document.cut(quoted)))
    for topic in dict.fromkeys([*within, *things]):
        if len(topic) <= LONGEST:
            question = f"What do the documents say about {topic}?"
            yield CandidateQuestion(question, document, Span(0, 0), "topic")


def about_sections(passages: Sequence[Passage]) -> Iterator[CandidateQuestion]:
    """What each section of a document says, by the heading over it; `passages` are all of its."""
    for heading, own in groupby(passages, lambda p: p.headings[-1] if p.headings else ""):
        under, text = list(own), clean(heading).strip(" .:")
        if text and len(text) <= LONGEST and '"' not in text:
            document = under[0].document
            file = PurePosixPath(document.source).name
            question = f'What does the section "{text}" of {file} say?'
            span = Span(under[0].start, under[-1].end)
            yield CandidateQuestion(question, document, span, "section")
