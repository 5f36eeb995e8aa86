"""The words of a question that no sentence holds: nowhere at all, or where nothing is quoted from.

BM25 knows the words of passages alone. A title, a menu, a footer, a file's name and its author are
no passages, and "Kindergeld" is no word of "Kindergeldantrag": of what stands there nobody may say
that it stands nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.language import Asked, Folded, folded
from index.search.mentions import Mention, Missing, Where
from index.search.surroundings import Surroundings, stems_of

if TYPE_CHECKING:
    from index.search.sparse import Sparse


class _Word(NamedTuple):
    written: str
    letters: bytes
    stems: frozenset[str]  # in every language of the index
    indexed: bool  # whether a passage is found by it


def find_missing(
    asked: Asked, sparse: Sparse, surroundings: Surroundings, chosen: NDArray[np.bool_]
) -> Missing:
    """What is missing of the words `asked` in the `chosen` documents, shape (n,).

    A word is nowhere where neither its stem nor its letters stand in a document's text, title, name
    or metadata, not even as a part of a word. What a passage is found by though no word of its
    document is it, as "author" where there is a byline, is neither nowhere nor mentioned.
    """
    if not chosen.any():  # of no document nothing is said
        return Missing()
    finder = _Finder(sparse, surroundings, chosen)
    left = [word for word in finder.words(asked) if not finder.is_said(word)]
    found = finder.look_for(left) if left else {}
    mentions = tuple(finder.mention(w, *places) for w, places in found.items() if any(places))
    nowhere = (w.written for w, places in found.items() if not any(places) and not w.indexed)
    return Missing(tuple(nowhere), mentions)


class _Finder:
    """Looks for words in the chosen documents."""

    def __init__(
        self, sparse: Sparse, surroundings: Surroundings, chosen: NDArray[np.bool_]
    ) -> None:
        self._sparse, self._surroundings, self._chosen = sparse, surroundings, chosen
        self._passages = surroundings.passages

    def words(self, asked: Asked) -> Iterator[_Word]:
        """The words, each stem once."""
        forms: dict[str, set[str]] = {}
        for own in asked.values():
            for written, stem in own:
                forms.setdefault(written, set()).add(stem)
        seen: set[str] = set()
        for written, stems in forms.items():
            if not stems <= seen:
                indexed = bool(self._found_by(stems))
                yield _Word(written, folded(written), frozenset(stems), indexed)
                seen |= stems

    def is_said(self, word: _Word) -> bool:
        """Whether a sentence holds the word: its stem, in the language of the document."""
        for row in self._found_by(word.stems):
            first, count = self._passages.rows[row, 1:3].tolist()
            sentences = range(first, first + count)
            if any(not word.stems.isdisjoint(self._sparse.sentence(i).own) for i in sentences):
                return True
        return False

    def look_for(self, words: list[_Word]) -> dict[_Word, tuple[set[int], set[int]]]:
        """The documents in which a word stands, and those in which it is a part of a longer one.

        Words that a sentence holds, written in another way ("café" for "cafe"), are left out.
        """
        found = {w: (self._surrounded_by(w), set[int]()) for w in words}
        for number in np.flatnonzero(self._chosen).tolist():
            letters = self._surroundings.letters(number)
            near = [word for word in found if word.letters in letters]
            if near:
                around, quotable = map(Folded.of, self._surroundings.parts(number))
            for word in near:
                if quotable.holds(word.letters):
                    del found[word]
                else:
                    found[word][not around.holds(word.letters)].add(number)
        return found

    def mention(self, word: _Word, alone: set[int], inside: set[int]) -> Mention:
        """Where the word stands, first of all; `inside` counts where it stands alone nowhere."""
        numbers = sorted(alone or inside)
        source = self._surroundings.documents[numbers[0]].source
        where = Where.LONGER_WORD
        if alone:
            where = where_of(word.stems, word.letters, self._surroundings, numbers[0])
        return Mention(word.written, source, where, len(numbers) - 1)

    def _surrounded_by(self, word: _Word) -> set[int]:
        having = {n for stem in word.stems for n in self._surroundings.having(stem)}
        return {n for n in having if self._chosen[n]}

    def _found_by(self, stems: Iterable[str]) -> list[int]:
        """The passages of chosen documents that are found by one of these stems."""
        rows = np.concatenate([self._sparse.passages_with(stem) for stem in stems])
        found: list[int] = rows[self._chosen[self._passages.rows[rows, 0]]].tolist()
        return found


def where_of(stems: Set[str], letters: bytes, surroundings: Surroundings, number: int) -> Where:
    """Where a word stands in what surrounds a document: by its stems, else by its letters."""
    language = surroundings.documents[number].language
    for where, text in surroundings.of(number):
        if stems & stems_of(text, language) or Folded.of(text).holds(letters):
            return where
    return Where.FURNITURE
