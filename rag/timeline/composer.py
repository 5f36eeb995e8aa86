"""The answer to a question that asks for a timeline."""

from __future__ import annotations

from index import Storing, ids_of
from rag.compose import Composed, Material
from rag.kinds import Counted, Tally
from rag.overview import request_of
from rag.timeline.dated import DatedSentences
from rag.timeline.ordering import TimelineRequest, timeline


def compose_timeline(material: Material) -> Composed | None:
    """What is dated of what the question names; None where nothing is."""
    if not isinstance(material.retriever, Storing):
        return None
    asked = request_of(material.asked, material.names)
    documents = asked.documents or material.documents
    kept = material.annotations.of(DatedSentences(), ids_of(documents))
    cited, number = timeline(material.retriever, documents, TimelineRequest(asked.topic), kept)
    if not cited.citations:
        return None
    tally = Tally(number, Counted.DATED)
    return Composed(cited.citations, groups=cited.groups, tally=tally, confidence=cited.confidence)
