"""What a person wants to know of a document before reading it: its source guide, quoted.

Its labels are fixed; all else stands in the document. It is made of the document alone, from what
the index keeps of its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from index import Document, Passage, Span, Storing, asks_something
from rag.citations import Citation
from rag.compose import summarize
from rag.dates import written_dates
from rag.names import document_names, read_names
from rag.overview.choosing import EACH, WHOLE, choices_of, pick
from rag.overview.pool import LEAST, SentencePool, pool_of
from rag.statements import quantities

WHY, POINTS, NUMBERS = "Why it matters", "Key points", "Numbers"
NAMED, QUESTIONS, OUTLINE = "Names", "Open questions", "Outline"
LABELS = (WHY, POINTS, NUMBERS, NAMED, QUESTIONS, OUTLINE)  # in shown order
IN_SENTENCES = (WHY, POINTS, NUMBERS, QUESTIONS)  # what stands under the others is less than one
REASONS = 2  # sentences that tell why it matters
SENTENCES = 3  # with numbers; and questions
NAMES = 8
HEADINGS = 20
_SAYS_WHY = re.compile(
    r"""(?xi)\W*(?:(?:\d+|[ivx]+)\b[\W\d]*)?
    (?:why\s+(?:it|this|that)\s+(?:matters|is\s+important)|what(?:'s|’s|\s+is)\s+at\s+stake|the\s+stakes
    |significance|importance|implications?|consequences|conclusions?|concluding\s+remarks
    |(?:the\s+)?bottom\s+line|warum\s+(?:es|das)\s+wichtig\s+ist|bedeutung|folgen|fazit
    |schlussfolgerung(?:en)?)(?:\W*|\s+(?:and|of|for|und|für)\b.*)"""
)


class GuideQuote(NamedTuple):
    """What is quoted: neighbouring sentences, or one name or heading; and what they lean on."""

    parts: tuple[Span, ...]
    context: Span | None = None

    def cited(self, document: Document, headings: tuple[str, ...]) -> Citation:
        """Cut from the document; raises CitationError where it does not lie in it."""
        start, end = self.parts[0].start, self.parts[-1].end
        return Citation(document, start, end, self.context, 0.0, 1, headings, sentences=self.parts)


def guide_quotes(
    retriever: Storing, document: Document, names: Any = None
) -> Mapping[str, Sequence[GuideQuote]]:
    """What the source guide of a document quotes, by its label, in the order of `LABELS`.

    `names` is what `NamesAnnotator` gave of it; where that is nothing, they are found now.
    What a sentence is quoted for once it is not quoted for again, and a label under which nothing
    would stand is left out.
    """
    table = retriever.passages
    number = table.number(document.id)
    rows = range(0) if number is None else table.rows_of(number)
    passages = [table[row] for row in rows]
    pool = pool_of(retriever.stored.in_each, rows)  # else it would depend on other documents
    why = reasons(pool)
    points = pick(pool, WHOLE, EACH, [pool.told[n] for n in why])
    found = {
        WHY: _joined(pool, why),
        POINTS: _joined(pool, points),
        NUMBERS: _joined(pool, _with_numbers(pool, [*why, *points])),
        NAMED: [GuideQuote((span,)) for span in _names(retriever, document, names)],
        QUESTIONS: [GuideQuote((span,)) for span in _questions(retriever, rows)],
        OUTLINE: [GuideQuote((span,)) for span in _headings(document, passages)],
    }
    return {label: found[label] for label in LABELS if found[label]}


def reasons(pool: SentencePool) -> list[int]:
    """The first sentences under a heading that says so ("Conclusion"), or else of the document.

    None of a document that is hardly longer than its key points and has no such heading. Of twenty
    that were marked, no method that one half chose was better on the other than the first
    sentences: `python -m benchmarks.mattering`.
    """
    own = [
        number
        for number, one in enumerate(pool.told)
        if any(map(_SAYS_WHY.fullmatch, one.passage.headings))
    ]
    if own or len(pool) <= EACH + REASONS:
        return own[:REASONS]
    return list(range(REASONS))


def _joined(pool: SentencePool, picked: Sequence[int]) -> list[GuideQuote]:
    """The sentences in the order of the document; neighbours are one quotation."""
    cited = sorted(summarize(choices_of(pool, picked)), key=lambda c: c.start) if picked else []
    return [GuideQuote(c.parts, c.context) for c in cited]


def _with_numbers(pool: SentencePool, but: Sequence[int]) -> list[int]:
    """The sentences that state most numbers and dates, but for some."""
    stated = [len(quantities(one.text)) + len(written_dates(one.text)) for one in pool.told]
    found = [i for i, count in enumerate(stated) if count and i not in set(but)]
    return sorted(found, key=lambda i: (-stated[i], i))[:SENTENCES]


def _names(retriever: Storing, document: Document, kept: Any) -> list[Span]:
    """Where those that are named most often are named first, in that order; each of them once."""
    read = read_names(kept)
    every = document_names(retriever, document) if read is None else read
    named = [one for one in every if len(one.mentions) > 1]
    often = sorted(named, key=lambda one: -len(one.mentions) * one.kind.weight)[:NAMES]
    return [one.mentions[0].span for one in often]


def _questions(retriever: Storing, rows: Sequence[int]) -> list[Span]:
    """The first questions that the document asks."""
    found = []
    for row in rows:
        passage = retriever.passages[row]
        for sentence, stems in zip(passage.sentences, retriever.stored.stems(row), strict=True):
            asks = asks_something(passage.document.cut(sentence.span))
            if sentence.role == "body" and asks and len(set(stems)) >= LEAST:
                found.append(sentence.span)
    return found[:SENTENCES]


def _headings(document: Document, passages: Sequence[Passage]) -> list[Span]:
    """Where the headings stand, as far as they stand there as they are called."""
    found: dict[Span, None] = {}
    before = 0
    for passage in passages:
        for heading in passage.headings:
            at = document.text.rfind(heading, before, passage.start) if heading else -1
            if at >= 0:
                found.setdefault(Span(at, at + len(heading)))
        before = passage.end
    return sorted(found)[:HEADINGS]
