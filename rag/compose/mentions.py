"""Every sentence, or every document, that mentions something: found by its words alone.

So none is left out. Words in quotation marks have to stand as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from index import (
    Document,
    Holding,
    Knowing,
    Passage,
    Query,
    Sentence,
    Span,
    clean,
    placed_words,
)
from rag.citations import Citation
from rag.compose.composed import Composed, Material
from rag.kinds import Counted, Tally, expression, unframed
from rag.query import AskedQuestion

SHOWN = 50  # quotations, at most
MOST = 10_000  # sentences that are counted
SURE = 0.95  # that a sentence mentions what it holds
_END = (
    r"(?=\s+(?:in|within|from|across|throughout)\s+(?:the|this|these|all|our|my|any|der|den|dem)\b"
    r"|\s+im\b|\W*\Z)"
)
# more of the expressions of rag/kinds.toml, for questions that are lists or counts by other words
_SENTENCES = (
    rf"\b(?:mentions?|occurrences?)\s+of\s+(?P<term>.+?){_END}",
    r"\bhow\s+(?:often|many\s+times)\s+(?:is|are|was|were|does|do|did)\s+(?P<term>.+?)\s+"
    r"(?:mentioned|named|appear|occur|come\s+up|quoted|cited)\b",
    r"\b(?:places?|passages?|sentences?|everywhere|anywhere)\b.*\bmention(?:s|ed|ing)?"
    rf"\s+(?P<term>.+?){_END}",
    r"\bwie\s+oft\s+(?:wird|werden|wurde|wurden|kommt|kommen)\s+(?P<term>.+?)\s+"
    r"(?:erwähnt|genannt|vor)\b",
    rf"\b(?:erwähnungen)\s+(?:von|des|der)\s+(?P<term>.+?){_END}",
)
_CALLED = re.compile(r"(?i)\A(?:the\s+)?(?:word|term|phrase|name|expression)s?\s+(?=\S)")
_MARKS = "\"'“”„«»‘’"


class MentionsRequest(NamedTuple):
    """What a question asks the mentions of, as it is written, and `of` what they are counted.

    `quoted`: it stands in quotation marks.
    """

    term: str
    of: Counted
    quoted: bool = False


def compose_mentions(material: Material) -> Composed | None:
    """What holds what a question asks the mentions of; None where nothing does, or it asks none.

    Each sentence, or of each document the first.
    """
    asked = mentioned(material.asked)
    if asked is None or not isinstance(material.retriever, Holding):
        return None
    found = list(islice(_holding(material.retriever, asked), MOST))
    if not found:
        return None
    number = len(found)
    if asked.of is Counted.DOCUMENTS:
        of_each: dict[str, tuple[Passage, Sentence]] = {}
        for passage, sentence in found:
            of_each.setdefault(passage.document.id, (passage, sentence))
        found = list(of_each.values())
    citations = tuple(
        Citation(
            passage.document,
            sentence.start,
            sentence.end,
            None,
            0.0,
            place,
            passage.headings,
            (sentence.span,),
            sentence.span,
            _words_of(asked.term, passage.document, sentence.span),
        )
        for place, (passage, sentence) in enumerate(found[:SHOWN], 1)
    )
    tally = Tally(len(found), asked.of, words=((asked.term,),))
    return Composed(citations, complete=number < MOST, tally=tally, confidence=SURE)


def compose_unmentioned(material: Material) -> Composed | None:
    """No quotation, where the mentions of a word are asked for which no sentence holds."""
    asked, retriever = mentioned(material.asked), material.retriever
    if asked is None or not isinstance(retriever, Knowing):
        return None
    return Composed(()) if retriever.missing(Query(asked.term)).nowhere else None


def mentioned(question: AskedQuestion) -> MentionsRequest | None:
    """What a question asks the mentions of; None where it asks for none."""
    text = unframed(question)
    for of, expressions in _expressions().items():
        for own in expressions:
            if match := own.search(text):
                term = _CALLED.sub("", match["term"].strip())
                bare = term.strip(f" {_MARKS}")
                end = text[match.end("term") - 1 :][:2].strip()  # a mark may stand behind it
                quoted = term[:1] in _MARKS and any(mark in end for mark in _MARKS)
                return MentionsRequest(bare, of, quoted) if bare else None
    return None


@cache
def _expressions() -> dict[Counted, list[re.Pattern[str]]]:
    written = {
        Counted.DOCUMENTS: (expression("documents_mentioning"),),
        Counted.SENTENCES: (*_SENTENCES, expression("where_mentioned")),
    }
    return {of: [re.compile(own, re.IGNORECASE) for own in each] for of, each in written.items()}


def _holding(retriever: Holding, asked: MentionsRequest) -> Iterator[tuple[Passage, Sentence]]:
    found = retriever.holding(Query(asked.term))
    if not asked.quoted:
        yield from found
        return
    wanted = _plain(asked.term)
    for passage, sentence in found:
        if wanted in _plain(passage.document.cut(sentence.span)):
            yield passage, sentence


def _words_of(term: str, document: Document, span: Span) -> tuple[Span, ...]:
    """Where the words of a term stand in a sentence, in any of their forms."""
    text = clean(document.cut(span))
    if len(text) != span.end - span.start:  # places would be others
        return ()
    wanted = {stem for _, _, stem in placed_words(clean(term), document.language)}
    own = placed_words(text, document.language)
    places = [(span.start + at, len(word)) for at, word, stem in own if stem in wanted]
    return tuple(Span(start, start + length) for start, length in places)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
