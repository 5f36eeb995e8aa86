"""What is quoted whole for a question: a list, a section, an answer in an interview."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from index import Hit, Passage, Retriever, Sentence, Span, Tabled
from rag.compose.enumerations import definitions, enumeration
from rag.compose.lists import WholeList, is_flat, is_next, is_numbered, whole_list
from rag.compose.pooling import pool_lists
from rag.compose.turns import take_turns
from rag.query import AskedQuestion
from rag.reader import asks_for_section, section_named
from rag.readings import Reading

SECTIONS = 4  # of one number, each of another document or part, that are quoted
LONG = 10  # members: a longer list is quoted whole where several things are asked for
SURE = 0.95  # that a section answers which is asked for by its number
_AHEAD = 10.0  # log odds, of what else was read: so far that it is not quoted beside

Place = tuple[str, Span]


class Wholes:
    """What of the documents is quoted whole, for one question; it knows what was weighed last."""

    def __init__(self, asked: AskedQuestion, retriever: Retriever) -> None:
        self._asked = asked
        self._table = retriever.passages if isinstance(retriever, Tabled) else None
        self._around: dict[tuple[str, int, int], Sequence[Passage]] = {}
        self._lists: dict[Place, WholeList | None] = {}
        self._enumerations: dict[Place, WholeList | None] = {}
        self._others: dict[Place, WholeList] = {}

    def __call__(self, reading: Reading) -> WholeList | None:
        """The list, section or turn that a sentence is of, as far as it is to be quoted whole."""
        if found := self._others.get(_place(reading)):
            return found
        found = self._list_of(reading)
        if self._asked.asks_for_several:
            return found or self._enumeration(reading)
        return None if found and self._is_long(found, reading) else found

    def _is_long(self, found: WholeList, reading: Reading) -> bool:
        """Whether a list is no answer to a question that asks for one thing: notes of a release.

        Steps are: each needs the others.
        """
        document = reading.hit.passage.document
        members = found.members(document)
        return len(members) > LONG and not is_numbered(document, members[0])

    def before(self, reading: Reading) -> Sentence | None:
        """The sentence right before one, where nothing else stands between them."""
        sentences = self._sentences(reading.hit.passage, 1)
        at = next(i for i, own in enumerate(sentences) if own.span == reading.span)
        if at == 0:
            return None
        before, document = sentences[at - 1], reading.hit.passage.document
        return before if is_next(document, before.span, reading.span) else None

    def weigh(self, readings: Sequence[Reading], documents: frozenset[str]) -> list[Reading]:
        """The readings, best first, as what is quoted whole for each of them counts.

        A section that is asked for by its number stands first, wherever it is in `documents`.
        """
        taken, turns = take_turns(self._asked, readings, lambda p: self._passages(p, 1))
        self._others = dict(turns)
        if self._asked.asks_for_several:
            taken = pool_lists(taken, self._list_of)
        best = max((r.score for r in taken), default=0.0) + _AHEAD
        asked_for = (
            section
            for section in self._sections
            if section[0].document.id in documents
            and asks_for_section(self._asked, section[0].document)
        )
        sections = list(islice(asked_for, SECTIONS))
        within = {(p.document.id, s.span) for own in sections for p in own for s in p.sentences}
        rest = (r for r in taken if _place(r) not in within)
        return [*(self._read(section, best) for section in sections), *rest]

    def _read(self, section: Sequence[Passage], score: float) -> Reading:
        """The reading of a section by its first sentence; it is quoted whole."""
        own = [s for passage in section for s in passage.sentences]
        sentences, document = tuple(s.span for s in own), section[0].document.id
        whole = WholeList((), sentences, rows=frozenset(s.span for s in own if s.role == "row"))
        self._others |= {(document, sentence): whole for sentence in sentences}
        return Reading(Hit(section[0], 0.0), sentences[0], score, SURE)

    @cached_property
    def _sections(self) -> list[list[Passage]]:
        """Those that the question names by their number."""
        named = section_named(self._asked)
        return list(self._table.under(named.match)) if named and self._table else []

    def _list_of(self, reading: Reading) -> WholeList | None:
        passage, place = reading.hit.passage, _place(reading)
        if place not in self._lists:
            section, several = self._sentences(passage, 0), self._asked.asks_for_several
            found = whole_list(passage.document, reading.span, section, several=several)
            self._lists[place] = found
            if found and is_flat(passage.document, found):  # it is looked for once
                own = ((passage.document.id, sentence) for sentence in found.sentences)
                self._lists |= dict.fromkeys(own, found)
        return self._lists[place]

    def _enumeration(self, reading: Reading) -> WholeList | None:
        passage, place = reading.hit.passage, _place(reading)
        if place not in self._enumerations:
            told = passage.document, reading.span, self._sentences(passage, 1)
            self._enumerations[place] = definitions(*told) or enumeration(*told)
        return self._enumerations[place]

    def _sentences(self, passage: Passage, least: int) -> list[Sentence]:
        return [s for own in self._passages(passage, least) for s in own.sentences]

    def _passages(self, passage: Passage, least: int) -> Sequence[Passage]:
        if self._table is None:
            return [passage]
        key = (passage.document.id, passage.start, least)
        if key not in self._around:
            self._around[key] = self._table.around(passage, least)
        return self._around[key]


def _place(reading: Reading) -> Place:
    return reading.hit.passage.document.id, reading.span
