"""What a person wants to know of a document before reading it: its source guide, quoted.

Its labels are fixed; all else stands in the document. It is made when it is wanted, from what the
index keeps, and nothing of it is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index import Document, Passage, Retriever, Span, Storing, asks_something, rules_of
from rag.overview.choosing import EACH, WHOLE, LabelledChoices, choices_of, pick
from rag.overview.citing import CitedOverview, cite
from rag.overview.pool import LEAST, SentencePool, pool_of
from rag.statements import dates, quantities
from rag.types import Citation

SENTENCES = 3  # with numbers; and questions
NAMES = 8
HEADINGS = 20
CAPITALISING = ("de", "lb")  # languages in which each noun has a capital letter
_WORD = r"[^\W\d_a-zß-ÿ][\w&’'-]*\w"
_NAME = re.compile(rf"(?<![\w.’'-]){_WORD}(?:[ \u00a0](?:(?:of|the|de|van|von) )?{_WORD})*")


def guide(retriever: Retriever, document: Document) -> CitedOverview:
    """The source guide of a document: key points, numbers, names, open questions, outline.

    What a sentence is quoted for once it is not quoted for again, and a label under which nothing
    would stand is left out. Raises TypeError when the retriever keeps nothing of its sentences.
    """
    if not isinstance(retriever, Storing):
        raise TypeError(f"{type(retriever).__name__} has no `stored`")
    table = retriever.passages
    number = table.number(document.id)
    rows = range(0) if number is None else table.rows_of(number)
    passages = [table[row] for row in rows]
    pool = pool_of(retriever.stored, rows)
    points = pick(pool, WHOLE, EACH)
    figures = _with_numbers(pool, points)
    spans = {
        "Names": _names(document, passages),
        "Open questions": _questions(retriever, rows),
        "Outline": _headings(document, passages),
    }
    sentences = {"Key points": points, "Numbers": figures}
    quoted = cite([LabelledChoices(k, choices_of(pool, v)) for k, v in sentences.items() if v])
    told = quoted.with_more((k, [_cited(document, s) for s in v]) for k, v in spans.items() if v)
    return told._replace(confidence=float(bool(told.citations)))


def _with_numbers(pool: SentencePool, but: Sequence[int]) -> list[int]:
    """The sentences that state most numbers and dates, but for some."""
    stated = [len(quantities(one.text)) + len(dates(one.text)) for one in pool.told]
    found = [i for i, count in enumerate(stated) if count and i not in set(but)]
    return sorted(found, key=lambda i: (-stated[i], i))[:SENTENCES]


def _names(document: Document, passages: Sequence[Passage]) -> list[Span]:
    """Where the names that occur most often stand first, in that order; none of them but once.

    Of words that begin a sentence it is not known whether they are names.
    """
    if document.language in CAPITALISING:
        return []
    places: dict[str, Span] = {}
    counts: Counter[str] = Counter()
    for span in _capitalised(document, passages):
        name = document.cut(span)
        places.setdefault(name, span)
        counts[name] += 1
    often = sorted((n for n in counts if counts[n] > 1), key=lambda n: (-counts[n], places[n]))
    return [places[name] for name in often[:NAMES]]


def _capitalised(document: Document, passages: Sequence[Passage]) -> Iterator[Span]:
    silent = rules_of(document.language).stop
    for passage in passages:
        for sentence in passage.sentences:
            if sentence.role not in ("body", "item"):
                continue
            words = document.cut(sentence.span)
            for match in _NAME.finditer(words):
                begins = not any(map(str.isalnum, words[: match.start()])) or re.search(
                    r"[.:!?][\W]*\Z", words[: match.start()]
                )
                if not begins and match.group().casefold() not in silent:
                    yield Span(sentence.start + match.start(), sentence.start + match.end())


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


def _cited(document: Document, span: Span) -> Citation:
    return Citation(document, span.start, span.end, None, 0.0, 1, sentences=(span,))
