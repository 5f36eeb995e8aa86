"""What stands under a heading of the name that is asked for: "Action items", "Events"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from index import Document, Passage, Span, Tabled, ids_of, name_stems, stems
from rag.citations import Citation
from rag.compose.composed import Composed, Material
from rag.compose.lists import whole_list
from rag.compose.things import Things, things_of
from rag.kinds import Counted, Tally

LISTS = 20  # that are quoted, at most
LONGEST = 60  # sentences of a section without a list, that is quoted
SURE = 0.95  # that a list answers whose heading, title and file say all that is asked for


class _Told(NamedTuple):
    """What stands under a heading: its sentences, and its items or paragraphs."""

    document: Document
    headings: tuple[str, ...]
    parts: tuple[Span, ...]
    members: tuple[Span, ...]
    of: Counted


def compose_headed(material: Material) -> Composed | None:
    """The lists whose heading says what is asked for, or else paragraphs; None where none does.

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
    found = [*islice(filter(None, (_told_in(s, things) for s in own)), LISTS)]
    if not found:
        return None
    listed = [one for one in found if one.of is Counted.ITEMS] or found
    score = material.readings[0].score
    citations = tuple(_cite(one, score, number) for number, one in enumerate(listed, 1))
    number, first = sum(len(one.members) for one in listed), listed[0]
    source, label = (first.document.source, first.headings[-1]) if len(listed) == 1 else ("", "")
    tally = Tally(number, first.of, source, label=label)
    return Composed(citations, tally=tally, confidence=SURE)


def _names(heading: str, things: Things, language: str) -> bool:
    """Whether a heading says what is asked for, and nothing that is not."""
    said = frozenset(stems(heading, language))
    return things.nouns[-1].stem in said and said <= {word.stem for word in things.words}


def _told_in(section: Sequence[Passage], things: Things) -> _Told | None:
    """The first list of a section, or its paragraphs, where it is of all that the question says."""
    document, headings = section[0].document, section[0].headings
    called = stems(" ".join((document.title, *headings)), document.language)
    known = name_stems(document.source, document.language).union(called)
    if any(word.stem not in known for word in things.words if not word.is_frame):
        return None
    sentences = [sentence for passage in section for sentence in passage.sentences]
    first = next((sentence for sentence in sentences if sentence.role == "item"), None)
    if first is not None:
        found = whole_list(document, first.span, sentences, several=True)
        members = found.members(document) if found else ()
        told = _Told(document, headings, found.parts if found else (), members, Counted.ITEMS)
    else:
        spans = tuple(s.span for s in sentences if s.role == "body")
        members = _paragraphs(document, spans) if len(spans) <= LONGEST else ()
        told = _Told(document, headings, spans, members, Counted.PARAGRAPHS)
    return told if len(told.members) > 1 else None


def _paragraphs(document: Document, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences of each paragraph together: an empty line stands between two."""
    found: list[Span] = []
    for own in sentences:
        if found and document.text.count("\n", found[-1].end, own.start) < 2:
            found[-1] = Span(found[-1].start, own.end)
        else:
            found.append(own)
    return tuple(found)


def _cite(told: _Told, score: float, number: int) -> Citation:
    return Citation(
        told.document,
        told.parts[0].start,
        told.parts[-1].end,
        None,
        score,
        number,
        told.headings,
        told.parts,
        told.parts[0],
        members=told.members,
    )
