"""Where the sources of an answer may differ: both sentences side by side, and never a verdict.

Two sentences are compared only where they are about the same thing. Where they say the same but for
one part, `contrast` tells by that part; else they have to share words, and what `claims` reads off
each tells. That is English. Silence is preferred to a false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from index import Span
from rag.answers import Answer
from rag.citations import Citation
from rag.differences.claims import Claim, DifferenceKind, Side, Statement, other_part, statement
from rag.differences.contrast import contrast_of, tells_two_things
from rag.statements import differing_parts, states_the_same

__all__ = ["Difference", "DifferenceKind", "compare", "differing"]

SHARED = 2 / 3  # of the shorter clause's words, that the other must hold to be about the same
_WHEN = re.compile(
    r"(?i)\b(?:when|how (?:long|often)"
    r"|(?:what|which|whose) (?:date|day|weekday|month|year|decade|century)s?)\b"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two quoted sentences of different documents, in shown order, that may disagree."""

    a: Citation
    b: Citation
    in_a: Span
    in_b: Span
    kind: DifferenceKind


def differing(answer: Answer) -> tuple[Difference, ...]:
    """Every pair of quoted sentences, of different documents, that may disagree."""
    return tuple(
        Difference(a, b, in_a, in_b, kind)
        for a, b in combinations(answer.citations, 2)
        if a.document.id != b.document.id and a.document.language == b.document.language == "en"
        for in_a in a.parts
        for in_b in b.parts
        if (kind := compare(answer.looked_for, a.document.cut(in_a), b.document.cut(in_b)))
    )


def compare(question: str, a: str, b: str) -> DifferenceKind | None:
    """How two sentences differ in answering the question; None where they are not seen to."""
    one, other = statement(a), statement(b)
    if not one.claims or not other.claims or other_part(one, other) or states_the_same(a, b):
        return None
    parts = differing_parts(a, b)
    if tells_two_things(parts):
        return None
    kind = contrast_of(parts, question)
    if kind is DifferenceKind.DATE:
        return kind if _WHEN.search(question) else None
    return kind or _contrary(question, one, other)


def _contrary(question: str, one: Statement, other: Statement) -> DifferenceKind | None:
    """How their claims differ, which may be said in other words."""
    if not _same_subject(one, other):
        return None
    contrary = {kind: list(_contrary_claims(one, other, kind)) for kind in DifferenceKind}
    if _says_it_otherwise(one, other):
        contrary[DifferenceKind.NEGATION] = contrary[DifferenceKind.OPPOSED] = []
    if contrary[DifferenceKind.DATE]:
        # what was so on one day may not be on another, and neither are the figures: that is a
        # difference only where the day itself is asked for
        asks = _WHEN.search(question) and not contrary[DifferenceKind.NUMBER]
        kinds = [DifferenceKind.DATE] if asks else []
    else:
        kinds = list(DifferenceKind)
    return next((k for k in kinds if any(_same_matter(x, y) for x, y in contrary[k])), None)


def _same_subject(one: Statement, other: Statement) -> bool:
    """Whether the first word of one stands in the other."""
    return one.subject in other.stems or other.subject in one.stems


def _says_it_otherwise(one: Statement, other: Statement) -> bool:
    """Whether one denies what the other says by an opposite: "may not" is "is forbidden"."""
    return any(
        x.differs(y) is False and x.value.denied != y.value.denied
        for x in one.claims
        for y in other.claims
        if isinstance(x.value, Side) and isinstance(y.value, Side)
    )


def _contrary_claims(
    one: Statement, other: Statement, kind: DifferenceKind
) -> Iterator[tuple[Claim, Claim]]:
    """The claims of a kind that cannot both hold, but for those that both sentences make."""

    def unmatched(claims: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
        return [
            x for x in claims if x.kind is kind and not any(x.differs(y) is False for y in others)
        ]

    for x in unmatched(one.claims, other.claims):
        for y in unmatched(other.claims, one.claims):
            if x.differs(y):
                yield x, y


def _same_matter(x: Claim, y: Claim) -> bool:
    """Whether two claims are about the same: their clauses share words, and no names part them."""
    if x.about.names - y.about.stems and y.about.names - x.about.stems:
        return False
    one, other = x.about.words, y.about.words
    shared, size = one & other, min(len(one), len(other))
    return len(shared) >= 2 and len(shared) >= SHARED * size
