"""Questions that a passage answers, made from its words by rules.

Overgenerate and rank, as in Heilman and Smith, "Good Question! Statistical Ranking for Question
Generation" (NAACL 2010): `rag.clause` takes a declarative sentence apart, each pattern below turns
it into a question where it fits, and what is offered is chosen by asking (`rag.suggest`). Questions
that stand in the text are taken as they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from index.clean import clean
from index.types import Document, Passage, Span
from index.words import question_words, stems
from rag.casing import Casing
from rag.clause import Clause, clause_of, is_plural
from rag.patterns import PATTERNS
from rag.written import abbreviations, heading_question, written_questions

FEWEST, MOST = 4, 14  # words of a question
_LOOSE = re.compile(r"\s+([,.;:?!)])|(?<=\w)\s+(?='s\b)")  # "the game 's theme ,"
_PROMISE = {
    "asked": 1.0, "why": 1.0, "heading": 0.95, "when": 0.95, "how many": 0.95, "how": 0.9,
    "who": 0.9, "where": 0.85, "moved": 0.85, "governed": 0.8, "toward": 0.8, "stands for": 0.8,
    "specified": 0.8, "cause": 0.75, "object": 0.6, "defined": 0.6, "said": 0.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question, where its answer stands, and the name of the pattern that made it."""

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


def questions_from(passage: Passage, casing: Casing) -> Iterator[Candidate]:
    """What a passage answers, in its order; `casing` is that of its document."""
    document = passage.document

    def candidate(question: str, span: Span, pattern: str) -> Iterator[Candidate]:
        if reads_well(question):
            yield Candidate(question, document, span, pattern)

    body = [s for s in passage.sentences if s.role in ("body", "item")]
    topics = set(stems(" ".join([document.title, *passage.headings])))
    whole = Span(passage.start, passage.end)
    for question in heading_question(document.title, casing):
        yield from candidate(question, Span(0, len(document.text)), "heading")
    for heading in passage.headings[-1:]:
        for question in heading_question(heading, casing):
            yield from candidate(question, whole, "heading")
    for at, sentence in enumerate(body):
        text = _LOOSE.sub(r"\1", clean(document.cut(sentence.span)))
        following = Span(body[at + 1].start, body[min(at + 2, len(body) - 1)].end) if at + 1 < len(body) else None
        if following:
            for question in written_questions(text):
                yield from candidate(question, following, "asked")
        for question in abbreviations(text):
            yield from candidate(question, sentence.span, "stands for")
        if text.endswith(("?", "!", ":")) :
            continue
        after = clean(document.cut(body[at + 1].span)) if at + 1 < len(body) else ""
        text, denied = corrected(text, after)
        clause = clause_of(text, casing)
        span = Span(sentence.start, body[at + 1].end) if denied else sentence.span
        for question, pattern in turned(clause, casing, topics) if clause else ():
            yield from candidate(question, span, pattern)


_DENIED = re.compile(r"(?P<subject>[A-Z][^,;]+?) (?P<verb>is|was)(?:n't| not) [^;]+$")
_RATHER = re.compile(r"It(?:'s| is| was) (?P<said>[^,;]+)")


def corrected(sentence: str, following: str) -> tuple[str, bool]:
    """ "S isn't X." with "It's Y." after it says that S is Y; whether it was so."""
    first, _, second = sentence.partition("; ")
    second = f"{second[:1].upper()}{second[1:]}" or following
    denied, rather = _DENIED.match(first.rstrip(".")), _RATHER.match(second)
    if denied is None or rather is None:
        return sentence, False
    return f"{denied['subject']} {denied['verb']} {rather['said']}", second == following


def turned(clause: Clause, casing: Casing, topics: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each question a clause makes, with its pattern's name."""
    for name, pattern in PATTERNS:
        question = pattern(clause)
        if question and (name in ("defined", "specified") or is_specific(clause, casing, topics)):
            yield f"{question[0].upper()}{question[1:]}?", name


def is_specific(clause: Clause, casing: Casing, topics: Collection[str]) -> bool:
    """Whether a reader who has not seen the sentence knows what the subject is.

    `topics` are the stems of the words that title and headings hold.
    """
    subject = clause.subject
    names = [w for w in subject if w[0].isupper() or w[0] in '"']
    if subject[0] in ("a", "an"):
        return False
    if subject[0] == "the":
        if len(subject) == 2 and names:
            return not casing.is_common(names[0])
        return bool(names) or len(subject) > 3 or set(stems(subject[-1])) <= set(topics)
    return bool(names) or len(subject) > 1 or not is_plural(subject)


_LEANING = re.compile(
    r"(?i)\b(?:it|its|they|them|their|he|him|his|she|her|we|us|our|i|me|my|you|your|this|that|these"
    r"|those|here|there|such|above|below|following|anyone|someone|anybody|everyone|somebody)\b"
)
_FRONT_DEFINITE = re.compile(r"(?i)\w+ (?:\w+ )?(?:\w+ )?the ([a-z-]+)(?:'s)?\b")


def reads_well(question: str) -> bool:
    """Whether a question is of a good length, leans on nothing and says what it is about."""
    words = question.rstrip("?").split()
    if not FEWEST <= len(words) <= MOST or _LEANING.search(_allowed(question)):
        return False
    if question.count('"') % 2 or re.search(r"[()\[\]|<>=@*_…]|\.\.|--|\b\d+\.\s", question):
        return False
    content = question_words(question)
    named = any(w[0].isupper() or (w[0].isdigit() and len(w) == 4) for w in words[1:])
    return len(content) >= (2 if named or not re.search(r"\b(?:the|an?)\b", question) else 3)


def _allowed(question: str) -> str:
    """`US` is no pronoun."""
    return re.sub(r"\bUS\b", "", question)
