"""The answer to a question that asks which people, companies or places the documents name."""

from __future__ import annotations

from index import Storing, ids_of
from rag.compose import Composed, Material
from rag.kinds import Counted, Tally
from rag.names import NamesAnnotator
from rag.who.asked import asked_names
from rag.who.joining import WhoRequest, who_is_who

SHOWN = 50  # names, each by the sentence that tells most of it


def compose_names(material: Material) -> Composed | None:
    """The names of the kind that is asked for, and last those that may be of it.

    None where none are, or nobody asks for names.
    """
    asked = asked_names(material.asked, material.names)
    if asked is None or not isinstance(material.retriever, Storing):
        return None
    documents = asked.documents or material.documents
    request = WhoRequest(kind=asked.kind, most=SHOWN, each=1, unclear=True)
    kept = material.annotations.of(NamesAnnotator(), ids_of(documents))
    cited, number = who_is_who(material.retriever, documents, request, kept)
    if not cited.citations:
        return None
    tally = Tally(number, Counted.NAMES)
    return Composed(cited.citations, groups=cited.groups, tally=tally, confidence=cited.confidence)
