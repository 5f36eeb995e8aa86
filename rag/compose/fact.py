"""A fact: the few sentences that answer, best first."""

from __future__ import annotations

from dataclasses import replace

from index import ENGLISH
from rag.citations import Citation
from rag.compose.composed import Composed, Material
from rag.compose.newest import newest_first, with_older_marked
from rag.compose.other_source import with_other_source
from rag.compose.summary import choose, summarize
from rag.query import AskedQuestion
from rag.readings import Choice, Reason
from rag.stance import agreed_stance


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
    return Composed(tuple(_with_stance(asked, one) for one in citations), tuple(choices))


def _with_stance(asked: AskedQuestion, cited: Citation) -> Citation:
    """The citation with what its best sentence says to a yes-no question, where that is clear."""
    document = cited.document
    if document.language != ENGLISH or cited.members:
        return cited
    stance = agreed_stance(asked, document.cut(cited.top))
    return replace(cited, stance=stance) if stance else cited
