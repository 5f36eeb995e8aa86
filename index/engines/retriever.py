"""The seams over a collection: the engine chooses candidates, and our own code ranks them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from index.copies import digest
from index.engines.candidates import retriever_over
from index.engines.dictionary import number_of
from index.engines.fetched import FetchedTable
from index.engines.rows import FetchedRow, document_number, says_of
from index.engines.stored import FetchedSentences
from index.engines.unheard import find_unheard
from index.errors import DamagedIndex, EngineOutOfReach
from index.language import Asked, Query, words as words_of
from index.passages import PassageTable
from index.search import (
    CANDIDATES,
    DEPTH,
    Hybrid,
    Missing,
    StoredSentences,
    Surroundings,
    WordKnowing,
    find_missing,
    respelt,
    spelled_out,
)
from index.types import Document, Encoder, Hit, Passage, Sentence, Span

if TYPE_CHECKING:
    from index.engines.opened import OpenCollection

LEXICAL = DEPTH + 50  # rows that are asked for by their words: ours may score them another way
WEIGHT = 0.5  # of a compound that says a word, among what is asked for
FEW = 50  # documents that are fetched whole, to say what they do not hold
LOOKED_AT = 1_000  # rows with a stem, in which all of its sentences are looked for
SPELLED = 20  # passages in which a word's spelling is looked up
ACRONYMS = 3  # of a question, at most, that are looked for


class EngineRetriever:
    """All seams over the documents of a collection, or those of them that are `chosen`."""

    def __init__(self, opened: OpenCollection, chosen: frozenset[str] | None = None) -> None:
        """`chosen` are ids of documents of the collection; None means all."""
        self._opened, self._chosen = opened, chosen

    @property
    def encoder(self) -> Encoder:
        """What the vectors were made with."""
        return self._opened.encoder

    @property
    def passages(self) -> FetchedTable:
        """Those of all documents, looked at or not."""
        return self._opened.passages

    @property
    def stored(self) -> StoredSentences:
        """The vectors and the stems of the sentences, fetched with their passages."""
        return FetchedSentences(self._opened, self._chosen)

    def within(self, documents: Collection[str]) -> EngineRetriever:
        """The same collection, of which only the documents with these ids are looked at."""
        table = self.passages
        return EngineRetriever(
            self._opened, frozenset(d for d in documents if table.number(d) is not None)
        )

    def search(self, query: Query, k: int) -> list[Hit]:
        """At most `k` hits, best first, of which the texts are fetched and checked."""
        if self._chosen is not None and not self._chosen:
            return []
        try:
            return self._search(query, k)
        except DamagedIndex:
            self._still_there()
            raise

    def _search(self, query: Query, k: int) -> list[Hit]:
        vector = query.vector(self.encoder)
        terms = self._terms(query.asked(self._opened.statistics.languages))
        rows = self._opened.engine.candidates(
            vector, terms, self._version, (CANDIDATES, LEXICAL), self._chosen
        )
        found = self._over(rows.values())
        hits = found.search(query, k) if found is not None else []
        self._still_there()
        return self._checked(hits)

    def also_in(self, document: Document, spans: Sequence[Span]) -> tuple[str, ...]:
        """The other sources looked at that say all of these sentences of a document."""
        said = [digest(document.cut(span)) for span in spans]
        if not said:
            return ()
        wanted = {says_of(one) for one in said}
        holding: dict[int, set[int]] = {}
        for number, own in self._opened.engine.saying(said, self._version):
            holding.setdefault(number, set()).update(own)
        own_number = document_number(document.id)
        holding.setdefault(own_number, set()).update(wanted)
        numbers = sorted(
            self._opened.numbers[one] for one, says in holding.items() if says >= wanted
        )
        others = [self._opened.documents[number] for number in numbers]
        return tuple(
            source
            for other in others
            if self._chosen is None or other.id in self._chosen
            for source in (other.source, *other.copies)
            if source != document.source
        )

    def missing(self, query: Query) -> Missing:
        """The words of the question that no sentence of the documents looked at holds.

        Of `FEW` documents exactly so; of more by the dictionary, which knows words by their stems
        and does not know which of the documents are looked at.
        """
        opened = self._opened
        chosen = self._chosen if self._chosen is not None else opened.ids
        if not chosen:
            return Missing()
        if len(chosen) > FEW:
            return find_unheard(query, opened)
        found = self._over(opened.rows.of_documents(chosen))
        if found is None:
            return Missing()
        asked = query.asked(found.sparse.languages)
        # over whole texts: what surrounds the sentences is in no row
        own = [opened.document(document.id)[1] for document in found.passages.documents]
        given = found.passages
        whole = PassageTable(own, given.rows, given.sentences, given.headings)
        return find_missing(asked, found.sparse, Surroundings(whole), np.ones(len(own), bool))

    def holding(self, query: Query) -> Iterator[tuple[Passage, Sentence]]:
        """The sentences of the documents looked at that hold all words of the query, in order.

        Of those of a rarest word that stands in more than `LOOKED_AT` passages, some may be missed.
        """
        found: dict[str, FetchedRow] = {}
        for language in self._opened.statistics.languages:
            stems = {stem for _, _, stem in query.words(language).placed}
            if stems and all(map(self._opened.dictionary.often, stems)):
                rarest = min(stems, key=lambda stem: (self._opened.dictionary.often(stem), stem))
                found |= self._with(rarest, LOOKED_AT)
        over = self._over(found.values())
        for passage, sentence in over.holding(query) if over is not None else ():
            yield self._whole(passage), sentence

    def respell(self, words: Iterable[str]) -> dict[str, str]:
        """Those of `words`, which no document holds, that are misspelt: what was meant, by word.

        An acronym is looked for in the passages that are nearest to it.
        """
        words = tuple(words)
        encoder, stems = self.encoder, self._opened.dictionary.stems
        learnt = encoder.knows if isinstance(encoder, WordKnowing) else None
        odd = [word for word in words if learnt is None or not learnt(word)]
        found = {word: respelt(word, stems, self._spelled) for word in odd}
        for word in [word for word in words if word.isupper()][:ACRONYMS]:
            hits = self.search(Query(word), DEPTH)
            texts = {h.passage.document.id: h.passage.document.text for h in hits}
            found[word] = spelled_out(word, texts.values())
        return {word: meant for word, meant in found.items() if meant is not None}

    def _spelled(self, stem: str) -> Iterator[str]:
        """The words with this stem in some passages of the documents looked at."""
        for row in self._with(stem, SPELLED).values():
            language = self._opened.document(row.document)[1].language
            text = row.windows[0][1]
            yield from (word for word, own in words_of(text, language) if own == stem)

    def _with(self, stem: str, most: int) -> dict[str, FetchedRow]:
        found = self._opened.engine.with_stem(number_of(stem), self._version, most, self._chosen)
        return {key: row for key, row in found.items() if stem in row.stems}

    def _terms(self, asked: Asked) -> Mapping[int, float]:
        """What is asked for by its words: stems, and the compounds that say them, by their idf."""
        opened, found = self._opened, dict[int, float]()
        for language, own in asked.items():
            for stem, times in Counter(stem for _, stem in own).items():
                weight = times * opened.idf(stem)
                parts = opened.words.parts(stem, language)
                wholes = opened.words.wholes(stem, language)
                also = [
                    part for one in parts for part in (one, *opened.words.wholes(one, language))
                ]
                for other in (*wholes, *also):
                    number = number_of(other)
                    less = WEIGHT * min(weight, opened.idf(other))
                    found[number] = max(found.get(number, 0.0), less)
                found[number_of(stem)] = max(found.get(number_of(stem), 0.0), weight)
        return found

    @property
    def _version(self) -> int:
        return self._opened.state.version

    def _over(self, rows: Iterable[FetchedRow]) -> Hybrid | None:
        opened = self._opened
        return retriever_over(
            rows,
            opened.document,
            self.encoder,
            opened.statistics,
            opened.words,
            self._chosen,
        )

    def _still_there(self) -> None:
        """Raises EngineOutOfReach where rows of this version may have gone meanwhile."""
        state = self._opened.engine.state()
        if state is None or state.oldest > self._version:
            raise EngineOutOfReach(
                f"{self._opened.address.given} has been changed since it was opened; ask again"
            )

    def _checked(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits over the whole texts of their documents."""
        self._opened.objects.get_all(hit.passage.document.id for hit in hits)
        return [
            replace(
                hit,
                passage=self._whole(hit.passage),
                echoing=hit.echoing
                and replace(hit.echoing, passage=self._whole(hit.echoing.passage)),
            )
            for hit in hits
        ]

    def _whole(self, passage: Passage) -> Passage:
        """A passage over its document's text; raises DamagedIndex where that says otherwise."""
        document = self._opened.document(passage.document.id)[1]
        found = replace(passage, document=document)
        if found.text != passage.text:
            said = f"it holds other words of {document.source} than its text"
            raise self._opened.address.damaged(said)
        return found
