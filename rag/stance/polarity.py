"""Whether a quotation says yes, no, or that it depends, where that is clear; in English.

Clear is a sentence that holds all words of the question, or their opposites, without another number
of negations than none or one among them. On whatever else it stays silent: a wrong "says no" is
worse than a quotation without a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index import ENGLISH, placed_words
from rag.query import AskedQuestion
from rag.stance.odds import Stance
from rag.statements import LISTS, are_opposites, are_synonyms, base

_ASKS_WHETHER = re.compile(
    r"""(?xi) \s*(?:is|are|was|were|do|does|did|can|could|will|would|should|shall|must|may|might
    |has|have|had)\s+(?!not\b|\w+\s+not\b)"""
)
_ASKS_IF_THERE_IS = re.compile(r"(?i)\s*(?:is|are|was|were)\s+there\b")
_THERE_IS = re.compile(r"(?i)\bthere\s+(?:is|are|was|were|will\s+be|shall\s+be)\b")
_SAID_AT_ONCE = re.compile(r"(?i)\s*(yes|no)\b\s*[,.:;!–-]")
_CONDITION = re.compile(
    r"""(?xi)\b(?: if | unless | provided | only | except | subject\s+to | depend\w* | otherwise
    | with(?:out)?\s+(?:[\w'’]+\s+){0,3}(?:consent|permission|approval|agreement)
    | as\s+long\s+as | so\s+long\s+as | in\s+case | until )\b"""
)
# what is said of a part says nothing of the whole
_BOUND = re.compile(
    r"""(?xi)\b(?: (?:less|more|fewer|other|later|earlier|older|worth)\s+than | under | over
    | above | below | up\s+to | at\s+least | at\s+most | within | some | certain | most
    | not\s+only | sometimes | usually | generally | before | after )\b"""
)
_CLAUSE = re.compile(r"[,;:()]|\b(?:but|although|though|while|whereas|because|and)\b")
_DENIAL = re.compile(
    rf"(?i)\b(?:{'|'.join(LISTS['negation']['words'].split())}|without)\b|n['’]t\b"
)
_PREFIX = re.compile(r"(?:un|in|im|ir|il|non|dis)-?(?=\w{4})")
_MAY = frozenset(["may", "can", "could", "might", "allowed", "permitted"])
_MUST = frozenset(["must", "shall", "required", "obliged", "need", "needs", "have", "has"])


def asks_whether(question: AskedQuestion) -> bool:
    """Whether it can be answered with yes or no."""
    return bool(_ASKS_WHETHER.match(question.text))


def says(question: AskedQuestion, sentence: str) -> Stance | None:
    """What a sentence says; None where that is not clear, or nothing is so asked."""
    if not asks_whether(question) or _DENIAL.search(question.text):
        return None  # who asks for what is not so may get yes for an answer and for a denial
    if at_once := _SAID_AT_ONCE.match(sentence):
        return Stance.YES if at_once[1].casefold() == "yes" else Stance.NO
    asked = {base(word.casefold()) for word, _ in question.words(ENGLISH).asked} - _bases(_MUST)
    where = _holding(asked, sentence)
    if not asked or where is None or _BOUND.search(sentence):
        return None
    if _ASKS_IF_THERE_IS.match(question.text) and not _THERE_IS.search(sentence):
        return None
    clauses, opposed = where
    denied = [clause for clause in _clauses(sentence) if _DENIAL.search(clause)]
    denials = len(_DENIAL.findall(clauses)) + opposed
    if denials > 1 or any(clause not in clauses for clause in denied):
        return None
    if _CONDITION.search(sentence):
        return Stance.DEPENDS
    if _speaks_of_another_duty(question.text, sentence, denials):
        return None
    return Stance.NO if denials else Stance.YES


def _holding(asked: set[str], sentence: str) -> tuple[str, int] | None:
    """The clauses with the question's words, and how many are opposites; None: not all are."""
    clauses = list(_clauses(sentence))
    held = [{base(w.casefold()) for _, w, _ in placed_words(c, ENGLISH)} for c in clauses]
    among: list[str] = []
    opposed = 0
    for word in sorted(asked):
        same = [c for c, own in zip(clauses, held, strict=True) if _is_among(word, own)]
        against = [c for c, own in zip(clauses, held, strict=True) if _is_denied_in(word, own)]
        if not same and not against:
            return None
        opposed += not same
        among += (same or against)[:1]
    return "\n".join(dict.fromkeys(among)), opposed


def _is_among(word: str, own: set[str]) -> bool:
    return word in own or any(are_synonyms(word, other) for other in own)


def _is_denied_in(word: str, own: set[str]) -> bool:
    return any(
        are_opposites(word, other)
        or _PREFIX.sub("", other, count=1) == word != other
        or _on_other_side(word, other)
        for other in own
    )


def _on_other_side(word: str, other: str) -> bool:
    return any(
        (word in one and other in two) or (word in two and other in one) for one, two in _SIDES
    )


def _bases(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(base, words))


_SIDES = [(_bases(p["one"].split()), _bases(p["other"].split())) for p in LISTS["opposed"]]


def _clauses(sentence: str) -> Iterable[str]:
    return filter(str.strip, _CLAUSE.split(sentence))


def _speaks_of_another_duty(question: str, sentence: str, denials: int) -> bool:
    """Whether one speaks of what may be, and the other of what must be or is."""
    asked, said = (set(re.findall(r"\w+", text.casefold())) for text in (question, sentence))
    if asked & _MAY:
        return bool(said & {"must"}) and not denials
    return bool(said & {"may", "might", "could", "can"})
