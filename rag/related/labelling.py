"""Under a quotation: what says the same elsewhere, what adds to it, and what goes against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from index import ENGLISH, CitationError, Storing
from rag.citations import Citation
from rag.compose import cite_sentence
from rag.overview import CitedOverview, Told
from rag.readings import Reader
from rag.related.nearby import NearSentence, near_sentences
from rag.related.opposing import may_oppose
from rag.related.quoted import MOST, sentences_of
from rag.stance import RelationOdds, relations
from rag.statements import states_the_same

EACH = 3  # statements under each label
READ = 12  # the nearest, that are read beside the quotation
AGAINST = 0.6  # the model's odds, from which that is told, where the words speak for it, too
DOUBTFUL = 0.3  # and from which nothing is told
OPPOSED = 0.3  # likeness by words, of what goes against it: both are about one thing
ALIKE = 0.75  # likeness by words, of what says nearly the same
_DETAIL = re.compile(r"\d[\d.,]*|(?<=[a-z,] )[A-Z]\w+")  # numbers and names


class RelatedLabel(Enum):
    """How a statement stands to a quotation, as a person reads it."""

    SAME = "Says the same"
    ADDS = "Adds to it"
    AGAINST = "Goes against it"


def related(retriever: Storing, reader: Reader, cited: Citation) -> CitedOverview:
    """What is related to the sentences of a quotation, under labels; none where nothing is.

    Raises CitationError where it quotes nothing of the retriever's documents.
    """
    quoted = [
        one
        for part in cited.parts
        for one in sentences_of(retriever, cited.document, part.start, part.end)
    ][:MOST]
    if not quoted:
        raise CitationError(f"no sentence of these documents stands at {cited.place}")
    found: dict[RelatedLabel, list[Citation]] = {label: [] for label in RelatedLabel}
    shown: list[Told] = []
    for label, near in labelled(near_sentences(retriever, reader, quoted)[:READ]):
        if len(found[label]) < EACH and not any(_repeats(near.told, other) for other in shown):
            shown.append(near.told)
            found[label].append(cite_sentence(near.told.passage, near.told.at, (), near.score))
    own = CitedOverview().with_more((label.value, c) for label, c in found.items() if c)
    return own._replace(confidence=float(bool(own.citations)))


def labelled(near: Sequence[NearSentence]) -> list[tuple[RelatedLabel, NearSentence]]:
    """Each sentence with its label, in their order; what is not clear has none, and is left out."""
    english = [n for n in near if {_language(n.to), _language(n.told)} == {ENGLISH}]
    odds = relations([(one.to.text, one.told.text) for one in english])
    read = dict(zip(map(id, english), odds, strict=True))
    return [(label, one) for one in near if (label := _label(one, read.get(id(one)))) is not None]


def _label(near: NearSentence, odds: RelationOdds | None) -> RelatedLabel | None:
    """`odds` are what the model makes of the two; None where they are not both in English."""
    one, other = near.to.text, near.told.text
    language = _language(near.to)
    if language == _language(near.told) and states_the_same(one, other, language):
        return RelatedLabel.SAME
    if odds is not None and may_oppose(one, other):
        if odds.against >= AGAINST and near.words >= OPPOSED:
            return RelatedLabel.AGAINST
        is_doubtful = odds.against >= DOUBTFUL or near.words >= ALIKE
        return None if is_doubtful else RelatedLabel.ADDS
    if near.words >= ALIKE:
        # else it is a form that is filled in for something else
        return RelatedLabel.SAME if _same_details(one, other) else None
    return RelatedLabel.ADDS


def _same_details(one: str, other: str) -> bool:
    """Whether the numbers and the names of one are in the other."""
    own, others = (set(_DETAIL.findall(text)) for text in (one, other))
    return own <= others or others <= own


def _language(told: Told) -> str:
    return told.passage.document.language


def _repeats(one: Told, other: Told) -> bool:
    if _language(one) != _language(other):
        return False
    return states_the_same(one.text, other.text, _language(one))
