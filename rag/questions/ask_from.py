"""Questions that a passage answers, made from its words by rules.

Overgenerate and rank, as in Heilman and Smith, "Good Question! Statistical Ranking for Question
Generation" (NAACL 2010): a declarative sentence is taken apart, each pattern turns it into a
question where it fits, and what is offered is chosen by asking. Questions that stand in
the text are taken as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index import Document, Passage, Sentence, Span, clean, stems, words as content_words
from rag.answers import Answer
from rag.questions.casing import Casing
from rag.questions.clause import clause_of
from rag.questions.patterns import turned
from rag.questions.written import abbreviations, corrected, heading_question, written_questions

FEWEST, MOST = 4, 14  # words of a question
SAME = 0.6  # share of common words at which two questions ask the same
_PROMISE = {
    "asked": 1.0,
    "why": 1.0,
    "heading": 0.95,
    "when": 0.95,
    "how many": 0.95,
    "how tall": 0.9,
    "who": 0.9,
    "where": 0.85,
    "moved": 0.85,
    "governed": 0.8,
    "toward": 0.8,
    "stands for": 0.6,
    "key": 0.8,
    "could": 0.75,
    "thing": 0.6,
    "is": 0.6,
    "said": 0.5,
    "section": 0.5,
    "topic": 0.5,
    "row": 0.5,
}
WIDE = frozenset(("section", "topic", "row"))  # answered by more than one sentence
_LOOSE = re.compile(r"\s+([,.;:?!)])|(?<=\w)\s+(?='s\b)")  # "the game 's theme ,"
_ODD = re.compile(r"[()\[\]|<>=@*_…]|\.\.|--|\b\d+\.\s")
_LEANS = re.compile(
    r"""(?xi) \b(?: it | its | they | them | their | he | him | his | she | her | we | (?-i:us)
    | our | i | me | my | you | your | this | that | these | those | here | there | such | above
    | below | following | anyone | someone | anybody | everyone | somebody
    | who(?:ever|soever) | whatever | whichever )\b"""
)


@dataclass(frozen=True, slots=True)
class CandidateQuestion:
    """A question, where its answer stands, and the kind of pattern that made it."""

    question: str
    document: Document
    span: Span
    pattern: str

    @property
    def promise(self) -> float:
        """How well questions of this kind read, and how much this one names: higher is better."""
        words = self.question.split()
        named = sum(w[0].isupper() or w[0].isdigit() for w in words[1:])
        return _PROMISE[self.pattern] + 0.1 * min(named, 2) - 0.03 * max(0, len(words) - 11)

    def is_answered_by(self, answer: Answer) -> bool:
        """Whether what answers is what it was made from, and does not ask itself.

        Of what stands at no one place it is whatever is quoted.
        """
        best = answer.best
        if not answer or best is None:
            return False
        if self.span.start < self.span.end and not self.overlaps(best.document, best.top):
            return False
        return not best.document.cut(best.top).rstrip("\"”’' ").endswith("?")

    def overlaps(self, document: Document, span: Span) -> bool:
        """Whether its answer stands there."""
        own = self.span
        return self.document == document and own.start < span.end and span.start < own.end


def asks_the_same(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two questions do, by the stems of what they ask."""
    return a <= b or b <= a or len(a & b) >= SAME * len(a | b)


def questions_from(passage: Passage, casing: Casing) -> Iterator[CandidateQuestion]:
    """What a passage answers, in its order; `casing` is that of its document.

    The rules are of English: nothing is made of another language.
    """
    document = passage.document
    if document.language != "en":
        return
    body = [s for s in passage.sentences if s.role in ("body", "item", "repeated", "row")]
    made = [*_headings(passage, casing)]
    for at in range(len(body)):
        made += _from_first_sentence(document, body[at : at + 3])
        made += _from_clauses(passage, body[at : at + 2], casing)
    for question, span, pattern in made:
        if reads_well(question):
            yield CandidateQuestion(question, document, span, pattern)


_Made = tuple[str, Span, str]


def _headings(passage: Passage, casing: Casing) -> Iterator[_Made]:
    """What headings ask is answered anywhere below them; the title is asked by no section."""
    document = passage.document
    if not passage.headings:
        for question in heading_question(document.title, casing):
            yield question, Span(0, len(document.text)), "heading"
    for heading in passage.headings[-1:]:
        for question in heading_question(heading, casing):
            yield question, Span(passage.start, passage.end), "heading"


def _from_first_sentence(document: Document, sentences: Sequence[Sentence]) -> Iterator[_Made]:
    """What the first sentence asks, answered in the two after it, and what it abbreviates."""
    text = _text(document, sentences[0])
    if len(sentences) > 1:
        answered = Span(sentences[1].start, sentences[-1].end)
        yield from ((question, answered, "asked") for question in written_questions(text))
    own = sentences[0].span
    yield from ((question, own, "stands for") for question in abbreviations(text))


def _from_clauses(
    passage: Passage, sentences: Sequence[Sentence], casing: Casing
) -> Iterator[_Made]:
    """The first sentence turned round; the one after it may correct it."""
    first = sentences[0]
    text = _text(passage.document, first)
    if text.endswith(("?", "!", ":")):
        return
    after = _text(passage.document, sentences[1]) if len(sentences) > 1 else ""
    said, by_next = corrected(text, after)
    span = Span(first.start, sentences[-1].end if by_next else first.end)
    topics = set(stems(" ".join([passage.document.title, *passage.headings])))
    for part in said.split("; "):
        clause = clause_of(part, casing)
        for question, kind in turned(clause, casing, topics) if clause else ():
            yield question, span, kind


def _text(document: Document, sentence: Sentence) -> str:
    return _LOOSE.sub(r"\1", clean(document.cut(sentence.span)))


def reads_well(question: str) -> bool:
    """Whether a question is of a good length, leans on nothing and says what it is about."""
    words = question.rstrip("?").split()
    if not FEWEST <= len(words) <= MOST or _LEANS.search(question):
        return False
    if question.count('"') % 2 or _ODD.search(question):
        return False
    named = any(w[0].isupper() or (w[0].isdigit() and len(w) == 4) for w in words[1:])
    definite = "the" in words
    return len(content_words(question)) >= (3 if definite and not named else 2)
