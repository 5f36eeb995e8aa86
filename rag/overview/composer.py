"""The answer to a question that asks for an overview."""

from __future__ import annotations

from index import Storing
from rag.compose import Composed, Material
from rag.overview.citing import cited_overview
from rag.overview.wanted import request_of


def compose_overview(material: Material) -> Composed | None:
    """What the question wants to know of the documents; None where they say nothing about it."""
    if not isinstance(material.retriever, Storing):
        return None
    request = request_of(material.asked, material.names)
    found = cited_overview(material.retriever, material.documents, request)
    if not found.citations:
        return None
    return Composed(found.citations, groups=found.groups, confidence=found.confidence)
