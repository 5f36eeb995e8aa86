"""Lists and counts: a quotation for each thing, how many there are, and whether that is all."""

from __future__ import annotations

from index import ids_of
from rag.compose.composed import Composed, Material
from rag.compose.counted_rows import SHOWN, compose_rows
from rag.compose.fact import compose_fact
from rag.compose.mentions import compose_mentions
from rag.compose.summary import choose, summarize
from rag.kinds import Counted, QuestionKind, Tally
from rag.types import Reason

PASSAGES = 40  # that are read where things are gathered from prose


def compose_list(material: Material) -> Composed | None:
    """What a question lists or counts; None where there are not several, or a number is stated.

    The rows of a table that match, or the sentences that mention something: all of them. Else a
    list as it stands in a text, or the sentences that answer.
    """
    return compose_rows(material) or compose_mentions(material) or _told(material)


def _told(material: Material) -> Composed | None:
    """The best list of the text, or sentences from more passages than a fact is looked for in."""
    fact = compose_fact(material)
    if not fact.citations or _states_number(material):
        return None
    if members := fact.citations[0].members:
        return fact._replace(tally=Tally(len(members), Counted.MEMBERS))
    if material.readings[0].role == "row":
        return None
    asked, whole, likely = material.asked, material.whole, material.likely
    hits = material.retriever.search(asked, PASSAGES)
    readings = whole.weigh(material.reader.read(asked, hits), frozenset(ids_of(material.documents)))
    choices = choose(asked, readings, SHOWN, material.keep, likely=likely, whole=whole)
    found = sum(choice.reason is Reason.CHOSEN for choice in choices)
    if found < 2:
        return None
    tally = Tally(found, Counted.SENTENCES)
    return Composed(summarize(choices, whole, whole.before), tuple(choices), tally=tally)


def _states_number(material: Material) -> bool:
    """Whether the number that is asked for stands in the best sentence."""
    best, expected = material.readings[0], material.asked.expectation
    if material.kind is not QuestionKind.COUNT or expected is None:
        return False
    return expected.met_by(best.hit.passage.document.cut(best.span))
