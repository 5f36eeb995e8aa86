"""Of which kind a name is: a person, an organisation, a place, a product, or that is not clear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import Encoder
from rag.names.tokens import cues

WEIGHTS = Path(__file__).with_name("kinds.npz")
CLEAR = 0.6  # probability, from which on a kind is told
UNCLEAR = 0.3  # what a mention of no clear kind counts
_DIGIT = re.compile(r"\d")
_CAMEL = re.compile(r"[a-z][A-Z]")
_BEFORE = re.compile(r"(\w+)[\s\u00a0]+(?:the[\s\u00a0]+)?\Z")
# "companies such as A, B and C": Hearst, "Automatic Acquisition of Hyponyms" (COLING 1992)
_HEARST = re.compile(r"(\w+),?\s+(?:such as|like|including|namely|wie|darunter)\s[^.;:()]{0,60}\Z")
_AFTER = re.compile(r"(?:['’]s)?,?[\s\u00a0]+(\w+)(?:[\s\u00a0]+(\w+))?")

NameScores = NDArray[np.float64]


class NameKind(Enum):
    """What a name is of; the value is what a person reads."""

    PERSON = "people"
    ORGANISATION = "organisations"
    PLACE = "places"
    PRODUCT = "products"
    OTHER = "other names"

    @property
    def weight(self) -> float:
        """What a mention counts: less of what is no clear person, place or the like."""
        return UNCLEAR if self is NameKind.OTHER else 1.0


_KINDS = tuple(NameKind)
_PERSON, _ORGANISATION, _PLACE, _PRODUCT, _OTHER = range(5)
_NOUNS = (
    (_PERSON, "person_nouns"),
    (_ORGANISATION, "organisation_nouns"),
    (_PLACE, "place_nouns"),
    (_PRODUCT, "product_nouns"),
)


def kind_of_name(scores: Sequence[float] | NameScores) -> NameKind:
    """The kind with these scores, natural logarithms; `OTHER` where none is clear."""
    best = int(np.argmax(scores))
    return _KINDS[best] if odds_of_name(scores)[best] >= CLEAR else NameKind.OTHER


def odds_of_name(scores: Sequence[float] | NameScores) -> NameScores:
    """Shape (5,): the probability of each kind, by these scores."""
    values = np.asarray(scores, np.float64)
    odds = np.exp(values - values.max())
    return np.asarray(odds / odds.sum(), np.float64)


def may_be_of(kind: NameKind, scores: Sequence[float] | NameScores) -> bool:
    """Whether a name of no clear kind, if of any, is of this one, and that more than by chance."""
    odds = odds_of_name(scores)
    best = int(np.argmax(odds[:_OTHER]))
    return _KINDS[best] is kind and bool(odds[best] >= 1 / len(_KINDS))


def by_vector(encoder: Encoder | None, names: Sequence[str]) -> NameScores:
    """Shape (n, 5): the log probability of each kind by the vectors of n names.

    A multinomial logistic regression (training.names) on what the default encoder makes of names;
    of another one, or none, all kinds are as likely.
    """
    weights, bias, digest = _weights()
    if encoder is None or encoder.digest != digest:
        return np.zeros((len(names), len(_KINDS)))
    vectors = encoder.encode_passages(names)
    logits = vectors.astype(np.float64) @ weights.T + bias
    logits -= logits.max(axis=1, keepdims=True)
    found: NameScores = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return found


@cache
def _weights() -> tuple[NameScores, NameScores, str]:
    """By the kinds and for the encoder with this digest."""
    with np.load(WEIGHTS) as kept:
        weights, bias = kept["weights"].astype(np.float64), kept["bias"].astype(np.float64)
        return weights, bias, str(kept["encoder"])


def by_form(spellings: Sequence[str]) -> NameScores:
    """Shape (5,): what the words of a name say of its kind, by any of its spellings."""
    own, found = cues(), np.zeros(5)
    for spelling in spellings:
        words = [word.rstrip(".,") for word in spelling.split()]
        if words[0] in own["titles"] and len(words) > 1:
            found[_PERSON] = 5
        if len(words) > 1 and len(words[0]) == 1:
            found[_PERSON] = max(found[_PERSON], 3)
        if words[-1] in own["legal"] or "&" in words:
            found[_ORGANISATION] = 5
        elif len(words) > 1 and (
            words[-1] in own["organisations"] or words[0] in own["organisations"]
        ):
            found[_ORGANISATION] = max(found[_ORGANISATION], 4)
        elif len(words) > 1 and (words[-1] in own["places"] or words[0] in own["places"]):
            found[_PLACE] = max(found[_PLACE], 4)
        elif ("." not in spelling and _DIGIT.search(spelling)) or _CAMEL.search(spelling):
            found[_PRODUCT] = max(found[_PRODUCT], 2)
    return found


def by_context(before: str, after: str) -> NameScores:
    """Shape (5,): what the words around a name say of its kind."""
    own, found = cues(), np.zeros(5)
    lead, following = _BEFORE.search(before), _AFTER.match(after)
    follows = frozenset(following.groups() if following else ())
    if lead and lead[1] in own["locating"]:
        found[_PLACE] += 0.8 if lead[1] != "of" else 0.2
    if lead and lead[1].casefold() in ("by", "with", "and"):
        found[_PLACE] -= 0.5
    if named := _HEARST.search(before):
        for kind, nouns in _NOUNS:
            found[kind] += 3.0 * (named[1] in own[nouns])
    if follows & own["governing"]:
        found[_PLACE] += 2
    if follows & own["doing"]:
        found[_ORGANISATION] += 1.5
    if follows & own["saying"]:
        found[_PERSON] += 1.5
        found[_PLACE] -= 1
    if re.match(r", (?:who|chief|chair|director|aged?)\b", after):
        found[_PERSON] += 2
    return found
