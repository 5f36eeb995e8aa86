"""How much of what a question asks for is said by a passage, a part of one, a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from index.passages import PassageTable, passage_stems
from index.search.compounds import Compounds
from index.search.sparse import Sparse
from index.types import Evidence


class Coverage:
    """What passages hold of a question's words, each weighted by how rare it is; thread-safe."""

    def __init__(self, sparse: Sparse, compounds: Compounds, passages: PassageTable) -> None:
        self._sparse, self._compounds, self._passages = sparse, compounds, passages

    def weights(self, asked: Sequence[tuple[str, str]]) -> dict[str, float]:
        """By stem, the weights of the words `asked`: (written, stem)."""
        return {stem: self._sparse.idf(stem) for _, stem in asked}

    def share(
        self, row: int, part: slice | None, weights: Mapping[str, Mapping[str, float]]
    ) -> float:
        """How much of what a passage holds of the question's words its `part` holds, 0-1.

        None is all of it. `weights` are those of the question's stems in each language.
        """
        if part is None:
            return 1.0
        whole = self._passages[row]
        own = weights[whole.document.language]
        held = self._of(row, own)
        said = self._said(own, passage_stems(whole.cut(part)), whole.document.language)
        return _covered(own, said) / held if held else 0.0

    def evidence(
        self,
        row: int,
        part: slice,
        cosine: float,
        similarity: tuple[float, ...],
        asked: Sequence[tuple[str, str]],
    ) -> Evidence:
        """Of a `part` of a passage; `asked` are the question's words in its language."""
        _, first, count, _ = self._passages.rows[row].tolist()
        kept = [self._sparse.sentence(i) for i in range(first, first + count)[part]]
        language = self._passages[row].document.language
        own = [self._said([stem for _, stem in asked], one.all, language) for one in kept]
        stem_list = [stem for _, stem in asked]
        weights = self.weights(asked)
        relation = {s: weights[s] for word, s in asked if not word[0].isupper()} or weights
        whole = self._of(row, weights)
        if len(own) < count:
            held = passage_stems(self._passages[row].cut(part))
            whole = _covered(weights, self._said(weights, held, language))
        return Evidence(
            cosine,
            similarity,
            tuple(round(self._sparse.sentence_score(stem_list, s), 6) for s in own),
            tuple(_covered(weights, s) for s in own),
            whole,
            tuple(_covered(relation, s) for s in own),
            tuple(tuple(one.own) for one in kept),
        )

    def _of(self, row: int, weights: Mapping[str, float]) -> float:
        """How much of the words of these `weights` a passage holds, 0-1."""

        def has(stem: str) -> bool:
            return self._sparse.holds(row, stem)

        language = self._passages.documents[int(self._passages.rows[row, 0])].language
        also = self._compounds.also_said(weights, language, has)
        return _covered(weights, [*filter(has, weights), *also])

    def _said(self, asked: Iterable[str], stems: Sequence[str], language: str) -> list[str]:
        """The stems of a text, with those asked that it says in other words."""
        return [*stems, *self._compounds.also_said(asked, language, frozenset(stems).__contains__)]


def _covered(weights: Mapping[str, float], found: Sequence[str]) -> float:
    total = sum(weights.values())
    held = set(found)
    return round(sum(w for s, w in weights.items() if s in held) / total, 6) if total else 0.0
