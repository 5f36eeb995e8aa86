"""A list that stands under a heading of its name: "Action items", "Tasks of the treasurer"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from index import Document, Passage, Tabled, ids_of, name_stems, stems
from rag.compose.composed import Composed, Material
from rag.compose.lists import WholeList, whole_list
from rag.compose.things import Things, things_of
from rag.kinds import Counted, Tally
from rag.types import Citation

LISTS = 20  # that are quoted, at most
SURE = 0.95  # that a list answers whose heading, title and file say all that is asked for


def compose_headed(material: Material) -> Composed | None:
    """The lists whose heading says what is asked for; None where there is none.

    What else the question says must stand in the headings above, the title or the file's name.
    """
    if not material.readings or not isinstance(material.retriever, Tabled):
        return None
    language = material.readings[0].hit.passage.document.language
    things = things_of(material.asked, language)
    if not things.nouns:
        return None
    sections = material.retriever.passages.under(lambda h: _names(h, things, language))
    asked = frozenset(ids_of(material.documents))
    own = (section for section in sections if section[0].document.id in asked)
    found = [*islice(filter(None, (_list_in(s, things) for s in own)), LISTS)]
    if not found:
        return None
    score = material.readings[0].score
    citations = tuple(_cite(*one, score, number) for number, one in enumerate(found, 1))
    number = sum(len(citation.members) for citation in citations)
    first = citations[0]
    alone = len(citations) == 1
    source, label = (first.document.source, first.headings[-1]) if alone else ("", "")
    return Composed(
        citations, tally=Tally(number, Counted.ITEMS, source, label=label), confidence=SURE
    )


def _names(heading: str, things: Things, language: str) -> bool:
    """Whether a heading says what is asked for, and nothing that is not."""
    said = frozenset(stems(heading, language))
    return things.nouns[-1].stem in said and said <= {word.stem for word in things.words}


def _list_in(
    section: Sequence[Passage], things: Things
) -> tuple[Document, WholeList, tuple[str, ...]] | None:
    """The first list of a section, where the section is of all that the question says."""
    document, headings = section[0].document, section[0].headings
    called = stems(" ".join((document.title, *headings)), document.language)
    known = name_stems(document.source, document.language).union(called)
    if any(word.stem not in known for word in things.words if not word.is_frame):
        return None
    sentences = [sentence for passage in section for sentence in passage.sentences]
    items = (sentence for sentence in sentences if sentence.role == "item")
    first = next(items, None)
    found = first and whole_list(document, first.span, sentences, several=True)
    return (document, found, headings) if found and _several(document, found) else None


def _several(document: Document, found: WholeList) -> bool:
    return len(found.members(document)) > 1


def _cite(
    document: Document, found: WholeList, headings: tuple[str, ...], score: float, number: int
) -> Citation:
    parts = found.parts
    return Citation(
        document,
        parts[0].start,
        parts[-1].end,
        found.context,
        score,
        number,
        headings,
        parts,
        parts[0],
        members=found.members(document),
    )
