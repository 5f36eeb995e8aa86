"""A fact: the few sentences that answer, best first."""

from __future__ import annotations

from rag.compose.composed import Composed, Material
from rag.compose.newest import newest_first, with_older_marked
from rag.compose.other_source import with_other_source
from rag.compose.summary import choose, summarize
from rag.readings import Choice, Reason


def compose_fact(material: Material) -> Composed:
    """The sentences that answer; without any where the best of them is not likely enough."""
    readings, whole, likely = material.readings, material.whole, material.likely
    if not readings or readings[0].probability < likely:
        return Composed((), tuple(Choice(r, Reason.UNLIKELY, likely) for r in readings))
    asked = material.asked
    readings = newest_first(asked, readings, likely)
    choices = choose(asked, readings, material.most, material.keep, likely=likely, whole=whole)
    choices = with_other_source(choices, likely, material.most)
    citations = with_older_marked(summarize(choices, whole, whole.before))
    return Composed(citations, tuple(choices))
