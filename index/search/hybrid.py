"""Reciprocal rank fusion, and the retriever that is made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.copies import Copies
from index.language import Asked, Query, words as words_of
from index.passages import PassageTable
from index.search.acronyms import spelled_out
from index.search.compounds import Compounds
from index.search.coverage import Coverage
from index.search.crowding import PassagePlace, crowded
from index.search.dense import WHOLE, Dense, best_run
from index.search.echoes import Echo
from index.search.holding import sentences_holding
from index.search.mentions import Missing
from index.search.missing import find_missing
from index.search.retriever import WordKnowing
from index.search.sparse import Sparse
from index.search.stored import StoredSentences
from index.search.surroundings import Surroundings
from index.search.unencoded import AT_ONCE
from index.types import Document, Encoder, Hit, Passage, Sentence, Span, Vectors

CANDIDATES = 400  # by their vectors, for the second look
DEPTH = 100  # of each list that is fused
ACRONYMS = 3  # of a question, at most, that are looked for
ACRONYM_CHARS = 20_000_000  # of texts, in which an acronym's term is looked for
SPELLED = 20  # passages in which a word's spelling is looked up
K = 10  # small, so that the first ranks count; 60 is the paper's


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[int]], k: int = K
) -> list[tuple[int, float]]:
    """Items by the sum of 1/(k + rank), ranks from 1; ties by item.

    Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
    Rank Learning Methods", SIGIR 2009.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, 1):
            scores[item] = scores.get(item, 0.0) + 1 / (k + rank)
    rounded = ((item, round(score, 6)) for item, score in scores.items())
    return sorted(rounded, key=lambda pair: (-pair[1], pair[0]))


class Hybrid:
    """Dense and sparse, fused; itself a Retriever.

    Passages are numbered by document and offset, so ties by number are ties by those.
    """

    def __init__(
        self,
        encoder: Encoder,
        dense: Dense,
        sparse: Sparse,
        passages: PassageTable,
        copies: Copies,
        chosen: NDArray[np.bool_] | None = None,
        surroundings: Surroundings | None = None,
        compounds: Compounds | None = None,
    ) -> None:
        """`chosen` (documents,) says which documents are looked at; None means all."""
        self.encoder, self.dense, self.sparse, self.passages = encoder, dense, sparse, passages
        self._copies = copies
        self._surroundings = surroundings or Surroundings(passages)
        self.compounds = compounds or Compounds(sparse, passages)
        self._coverage = Coverage(sparse, self.compounds, passages)
        self._chosen = np.ones(len(passages.documents), bool) if chosen is None else chosen
        own = self._copies.own(self._chosen)
        # None: all of them, which costs a question nothing
        self._own = None if own.all() else own
        self._among = None if own.all() else np.logical_or.reduceat(own, passages.starts[:-1])

    def within(self, documents: Collection[str]) -> Hybrid:
        """The same index, of which only the documents with these ids are looked at."""
        chosen = self.passages.among(documents)
        return Hybrid(
            self.encoder,
            self.dense,
            self.sparse,
            self.passages,
            self._copies,
            chosen,
            self._surroundings,
            self.compounds,
        )

    def also_in(self, document: Document, spans: Sequence[Span]) -> tuple[str, ...]:
        """The other sources looked at that say all of these sentences of a document."""
        return self._copies.also_in(document, spans, self._chosen)

    @property
    def stored(self) -> StoredSentences:
        """What is kept of the sentences of the passages."""
        return StoredSentences(self.passages, self.dense, self.sparse, self._own)

    def missing(self, query: Query) -> Missing:
        """The words of the question that no sentence of the documents looked at holds."""
        asked = query.asked(self._surroundings.languages)
        return find_missing(asked, self.sparse, self._surroundings, self._chosen)

    def holding(self, query: Query) -> Iterator[tuple[Passage, Sentence]]:
        """The sentences of the documents looked at that hold all words of the query, in order."""
        return sentences_holding(query, self.sparse, self.passages, self._chosen)

    def respell(self, words: Iterable[str]) -> dict[str, str]:
        """Those of `words`, which no document holds, that are misspelt: what was meant, by word.

        What the encoder has learnt as a word is spelt as it is meant. An acronym is the term of
        which the documents' first letters spell it.
        """
        from index.search.spelling import respelt

        words = tuple(words)
        learnt = self.encoder.knows if isinstance(self.encoder, WordKnowing) else None
        odd = [word for word in words if learnt is None or not learnt(word)]
        found = {word: respelt(word, self.sparse.stems, self._spelled) for word in odd}
        acronyms = [word for word in words if word.isupper()][:ACRONYMS]
        found |= {word: spelled_out(word, self._texts()) for word in acronyms}
        return {word: meant for word, meant in found.items() if meant is not None}

    def _texts(self) -> Iterator[str]:
        """The texts of the documents looked at, the first ones of very many."""
        left = ACRONYM_CHARS
        for number in np.flatnonzero(self._chosen).tolist():
            text = self.passages.documents[number].text
            yield text[:left]
            left -= len(text)
            if left <= 0:
                return

    def _spelled(self, stem: str) -> Iterator[str]:
        """The words with this stem in some passages of the documents looked at."""
        rows = self.sparse.passages_with(stem)
        held = rows[self._chosen[self.passages.rows[rows, 0]]]
        for row in held[:SPELLED].tolist():
            passage = self.passages[row]
            found = words_of(passage.text, passage.document.language)
            yield from (word for word, own in found if own == stem)

    def search(self, query: Query, k: int) -> list[Hit]:
        """At most `k` hits, best first, with what both retrievers think of their sentences."""
        vector = query.vector(self.encoder)
        echo = Echo(query)
        rankings = self._rankings(query, vector, echo)
        ranks = {n: {row: i for i, row in enumerate(r, 1)} for n, r in rankings.items()}
        asked = self.sparse.asked(query)
        return [
            self._hit(row, score, ranks, vector, asked, echo)
            for row, score in reciprocal_rank_fusion(list(rankings.values()))[:k]
        ]

    def rank(self, query: Query, k: int) -> list[tuple[int, float]]:
        """At most `k` (passage number, fused score), best first: `search` without evidence."""
        vector = query.vector(self.encoder)
        rankings = self._rankings(query, vector, Echo(query))
        return reciprocal_rank_fusion(list(rankings.values()))[:k]

    def _rankings(self, query: Query, vector: Vectors, echo: Echo) -> dict[str, list[int]]:
        """Both rankings, without what would crowd out others."""
        lexical = [row for row, _ in self._lexical(query, vector)]
        candidates = self.dense.search(vector, CANDIDATES, self._among)
        candidates += self.dense.encode(vector, lexical)  # of those, what has no vectors yet
        looked = self.dense.second_look(vector, candidates, DEPTH, self._own)
        rankings = {"dense": [row for row, _ in looked], "bm25": lexical}
        fused = [row for row, _ in reciprocal_rank_fusion(list(rankings.values()))]
        places = {row: self._place(row, vector, echo) for row in fused}
        known = {row: place for row, place in places.items() if place is not None}
        late = crowded(list(known.values()))
        kept = {row for row, is_late in zip(known, late, strict=True) if not is_late}
        return {  # what would crowd out others stands behind them
            name: sorted(found, key=lambda row: row not in kept) for name, found in rankings.items()
        }

    def _place(self, row: int, vector: Vectors, echo: Echo) -> PassagePlace | None:
        """What a passage says beside the question; None for nothing."""
        document, first, count, headings = self.passages.rows[row].tolist()
        passage, similarity = self.passages[row], self.dense.similarity(vector, row)
        mine = self._own_of(row) & ~self._echoes(echo, row, similarity)
        if not mine.any():
            return None
        digests = self._copies.digests[first : first + count]
        best = int(np.where(mine, similarity, -2).argmax())
        return PassagePlace(
            document,
            headings,
            frozenset(map(bytes, digests[mine])),
            bytes(digests[best]),
            self.dense.passage(row),
            passage.text,
            passage.document.language,
        )

    def _echoes(self, echo: Echo, row: int, similarity: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which sentences of a passage only say the question again."""
        first = int(self.passages.rows[row, 1])
        return echo.among(
            self.passages[row], similarity, lambda i: self.sparse.sentence(first + i).own
        )

    def _own_of(self, row: int) -> NDArray[np.bool_]:
        """Which sentences of a passage are looked at."""
        _, first, count, _ = self.passages.rows[row].tolist()
        return np.ones(count, bool) if self._own is None else self._own[first : first + count]

    def _lexical(self, query: Query, vector: Vectors) -> list[tuple[int, float]]:
        """BM25's ranking; of a passage's score, the share that the part looked at holds.

        Of passages that have no vectors yet only the first: these are encoded for the question.
        """
        asked = self.sparse.asked(query)
        found = self.sparse.search(query, DEPTH, self._among, self.compounds.scores(asked))
        late = set(self.dense.unencoded(row for row, _ in found)[AT_ONCE:])
        found = [pair for pair in found if pair[0] not in late]
        if self._own is None:
            return found
        self.dense.encode(vector, (row for row, _ in found))
        weights = {lang: self._coverage.weights(own) for lang, own in asked.items()}
        parts = ((row, score, self.dense.part(vector, row, self._own)) for row, score in found)
        scores = [(r, s * self._coverage.share(r, part, weights)) for r, s, part in parts]
        return sorted((s for s in scores if s[1]), key=lambda pair: (-pair[1], pair[0]))

    def _hit(
        self,
        row: int,
        score: float,
        ranks: Mapping[str, Mapping[int, int]],
        vector: Vectors,
        asked: Asked,
        echo: Echo,
    ) -> Hit:
        """A passage without what only says the question again; `Hit.echoing` holds it with that."""
        places = {name: rank[row] for name, rank in ranks.items() if row in rank}
        whole, similarity = self.passages[row], self.dense.similarity(vector, row)
        own, asked_here = self._own_of(row), asked[whole.document.language]

        def hit(mine: NDArray[np.bool_], echoing: Hit | None = None) -> Hit:
            part = best_run(similarity, mine) or WHOLE
            passage, cosine = whole.cut(part), self.dense.cosine(vector, row, part)
            similar = tuple(similarity[part].tolist())
            evidence = self._coverage.evidence(row, part, cosine, similar, asked_here)
            return Hit(passage, score, places, evidence, echoing)

        echoes = self._echoes(echo, row, similarity)
        # said once it may be what an answer follows, as in a list of questions and answers
        telling = own & ~echoes
        if not telling.any():
            return hit(own)
        return hit(telling, hit(own) if echoes.sum() == 1 else None)
