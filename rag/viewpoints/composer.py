"""Viewpoints: what says yes, what says no, what says on what it depends; and the rest about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from index import ENGLISH, Storing
from rag.citations import Citation
from rag.compose import Composed, Material, summarize
from rag.kinds import unframed
from rag.overview import (
    CLOSE,
    NEAR,
    CitedOverview,
    OverviewRequest,
    SentencePool,
    Told,
    choices_of,
    relevant,
    topical_pool,
)
from rag.stance import Stance, StanceOdds, stances
from rag.statements import leans, states_the_same
from rag.viewpoints.proposition import Proposition, proposition_of

READ = 60  # sentences of which the stance is told
EACH, REST = 6, 4  # sentences of a camp, and beside them of those in none
ALONE = 12  # sentences where there are no camps
ANSWERING = {Stance.YES: "Says yes", Stance.NO: "Says no", Stance.DEPENDS: "Depends"}
ARGUING = {Stance.YES: "For", Stance.NO: "Against", Stance.DEPENDS: "Depends"}
SIDES = (ANSWERING[Stance.YES], ANSWERING[Stance.NO])
_ASKS_OF_OTHERS = re.compile(r"(?i)should\s+(?!i\b|you\b)")
BESIDE = "Also about this"  # what stands in no camp


def compose_viewpoints(material: Material) -> Composed | None:
    """What is said for and against something, by camp; None where nothing is about it.

    Whose stance is not clear stands in no camp; where none is, each document has its say.
    """
    if not isinstance(material.retriever, Storing):
        return None
    wanted = proposition_of(material.asked)
    pool = topical_pool(material.retriever, OverviewRequest(wanted.topic))
    if pool.relevance is None or pool.relevance.max() < CLOSE:
        return None
    found = CitedOverview().with_more(_camps(wanted, pool))
    confidence = min(1.0, max(c.score for c in found.citations))
    return Composed(found.citations, groups=found.groups, confidence=confidence)


def compose_debate(material: Material) -> Composed | None:
    """The camps of a question whether something should be, where sentences clearly are in both.

    What one ought to do oneself is asked of instructions, and told as a fact.
    """
    if not _ASKS_OF_OTHERS.match(unframed(material.asked)):
        return None
    made = compose_viewpoints(material)
    filled = {group.label for group in made.groups if group.numbers} if made else set()
    return made if filled.issuperset(SIDES) else None


def _camps(wanted: Proposition, pool: SentencePool) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """The camps under their labels, the one that is asked for first, and what is in none."""
    numbers = _told_once(pool, islice(relevant(pool), READ))
    labels = ANSWERING if wanted.is_asked else ARGUING
    order = sorted(labels, key=lambda stance: stance is not wanted.first)
    near = [0.0] * len(pool) if pool.relevance is None else pool.relevance
    # what is not about it may well say yes, and to something else
    about = [i for i in numbers if near[i] >= NEAR]
    odds = dict(zip(about, _stances(wanted, [pool.told[i] for i in about]), strict=True))
    camps = {stance: [i for i in about if odds[i].clear is stance] for stance in order}
    some = any(camps.values())
    for stance, camp in camps.items():
        # a side that nothing is on is told, but there need not be anything that it depends on
        if camp or (some and stance is not Stance.DEPENDS):
            yield labels[stance], _cited(pool, camp[:EACH])
    rest = [i for i in about if odds[i].clear is None]
    if some and rest:
        yield BESIDE, _cited(pool, rest[:REST])
    elif rest:
        yield from _by_document(pool, rest[:ALONE])


def _by_document(
    pool: SentencePool, picked: Sequence[int]
) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """What was picked under the titles of the documents, that of the best one first."""
    for document, own in groupby(_cited(pool, picked), lambda c: c.document):
        yield document.title or document.source, tuple(own)


def _told_once(pool: SentencePool, numbers: Iterable[int]) -> list[int]:
    """The sentences but for those that state what one before them does.

    What differs in a "not" is told, which an overview would take for the same.
    """
    found: list[int] = []
    for number in numbers:
        one = pool.told[number]
        language = one.passage.document.language
        if not any(states_the_same(one.text, pool.told[i].text, language) for i in found):
            found.append(number)
    return found


def _stances(wanted: Proposition, told: Sequence[Told]) -> list[StanceOdds]:
    """What each sentence says, with the one before it where it leans on that."""
    english = [one for one in told if one.passage.document.language == ENGLISH]
    odds = iter(stances(wanted.question, list(map(_in_context, english))))
    silent = StanceOdds(0, 0, 0, 1)
    return [next(odds) if one.passage.document.language == ENGLISH else silent for one in told]


def _in_context(one: Told) -> str:
    if not one.at or not leans(one.text):
        return one.text
    before = one.passage.sentences[one.at - 1].span
    return f"{one.passage.document.cut(before)} {one.text}"


def _cited(pool: SentencePool, picked: Sequence[int]) -> tuple[Citation, ...]:
    """What was picked, by document, that of the best one first, in the order of the text."""
    cited = summarize(choices_of(pool, picked)) if picked else ()
    first: dict[str, int] = {}
    for at, citation in enumerate(cited):
        first.setdefault(citation.document.id, at)
    return tuple(sorted(cited, key=lambda c: (first[c.document.id], c.start)))
