"""The stems of passages and of their sentences as numbers, counted when a document arrives.

BM25 is made of them, an update stems only what is new, and a question stems no sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.passages import Numbers, SentenceStems, ranges
from index.storage import Checked, Draft, Rows

VOCABULARY = "vocabulary.json"
_PASSAGES, _SENTENCES, _OWN = "terms", "sentence_terms", "sentence_terms_own"


@dataclass(frozen=True)
class StemLists:
    """n lists of stems: list i is ids[starts[i]] to ids[starts[i + 1]], numbers of a vocabulary.

    `ids` are int32 and `starts` (n + 1,) int64.
    """

    ids: NDArray[np.int32]
    starts: Numbers

    @classmethod
    def of(cls, lists: Sequence[Sequence[str]], numbers: Mapping[str, int]) -> StemLists:
        """The lists of stems, which all have a number."""
        ids = np.fromiter((numbers[stem] for stems in lists for stem in stems), np.int32)
        return cls(ids, np.cumsum([0, *map(len, lists)], dtype=np.int64))

    @property
    def lengths(self) -> Numbers:
        """Shape (n,): how many stems are in each list."""
        return np.diff(self.starts)

    @classmethod
    def join(cls, parts: Sequence[StemLists]) -> StemLists:
        """The lists of all parts, one after another; the numbers are of one vocabulary."""
        counts = np.concatenate([part.lengths for part in parts])
        starts = np.append(0, np.cumsum(counts)).astype(np.int64)
        return cls(np.concatenate([part.ids for part in parts]), starts)

    def take(self, chosen: Numbers) -> StemLists:
        """The lists with these numbers, in this order."""
        counts = self.lengths[chosen]
        ids = self.ids[ranges(self.starts[chosen], counts)]
        return StemLists(ids, np.append(0, np.cumsum(counts)).astype(np.int64))

    def renumbered(self, numbers: NDArray[np.int32]) -> StemLists:
        """The same lists, where the stem i has the number numbers[i]."""
        return StemLists(numbers[self.ids], self.starts)

    def save(self, draft: Draft, name: str) -> None:
        """Write the lists; raises OSError."""
        draft.save(f"{name}_ids", self.ids)
        draft.save(f"{name}_starts", self.starts)

    @classmethod
    def load(cls, files: Checked, name: str) -> StemLists:
        """Read what `save` wrote; raises what `Checked` raises."""
        return cls(files.array(f"{name}_ids"), files.array(f"{name}_starts"))


def mean_length(lists: StemLists) -> float:
    """How many stems a list has in the mean; 0 where there is no list."""
    return float(np.mean(lists.lengths)) if len(lists.starts) > 1 else 0.0


@dataclass(frozen=True)
class Terms:
    """The stems of n passages and of m sentences; `own` (m,) are the last ones of each sentence.

    So many are those of its own words. `vocabulary` is sorted, and every stem of it occurs.
    """

    vocabulary: tuple[str, ...]
    passages: StemLists
    sentences: StemLists
    own: NDArray[np.int32]

    @classmethod
    def of(
        cls, passages: Sequence[Sequence[str]], sentences: Iterable[SentenceStems] = ()
    ) -> Terms:
        """The terms of passages and of sentences given as their stems."""
        parts = list(sentences)
        whole = [part.all for part in parts]
        vocabulary = sorted(set(chain.from_iterable(chain(passages, whole))))
        numbers = {stem: i for i, stem in enumerate(vocabulary)}
        own = np.array([len(part.own) for part in parts], np.int32)
        lists, single = StemLists.of(passages, numbers), StemLists.of(whole, numbers)
        return cls(tuple(vocabulary), lists, single, own)

    @classmethod
    def join(cls, parts: Sequence[Terms]) -> Terms:
        """The passages and sentences of all parts, one after another."""
        vocabulary = sorted(set().union(*(part.vocabulary for part in parts)))
        number = {stem: i for i, stem in enumerate(vocabulary)}
        anew = [np.array([number[stem] for stem in part.vocabulary], np.int32) for part in parts]
        own = np.concatenate([part.own for part in parts])
        passages, sentences = (
            StemLists.join([lists.renumbered(n) for lists, n in zip(each, anew, strict=True)])
            for each in ([p.passages for p in parts], [p.sentences for p in parts])
        )
        return cls(tuple(vocabulary), passages, sentences, own)

    def take(self, passages: Numbers, sentences: Numbers) -> Terms:
        """The passages and the sentences with these numbers, in this order."""
        taken, single = self.passages.take(passages), self.sentences.take(sentences)
        used = np.unique(np.concatenate([taken.ids, single.ids]))
        anew = np.zeros(len(self.vocabulary), np.int32)
        anew[used] = np.arange(len(used))
        vocabulary = tuple(self.vocabulary[i] for i in used.tolist())
        return Terms(
            vocabulary, taken.renumbered(anew), single.renumbered(anew), self.own[sentences]
        )

    def save(self, draft: Draft) -> None:
        """Write the terms; raises OSError."""
        self.passages.save(draft, _PASSAGES)
        self.sentences.save(draft, _SENTENCES)
        draft.save(_OWN, self.own)
        draft.write(VOCABULARY, json.dumps(self.vocabulary))

    @classmethod
    def load(cls, files: Checked) -> Terms:
        """Read what `save` wrote; raises what `Checked` raises."""
        passages, sentences = StemLists.load(files, _PASSAGES), StemLists.load(files, _SENTENCES)
        return cls(load_vocabulary(files), passages, sentences, files.array(_OWN))


@dataclass(frozen=True)
class KeptStems:
    """The stems of the sentences of an index, by their numbers, each read when it is asked for.

    `ids`, `starts` and `own` are those of `Terms`.
    """

    vocabulary: Sequence[str]
    ids: NDArray[np.int32] | Rows
    starts: Numbers | Rows
    own: NDArray[np.int32] | Rows

    @classmethod
    def of(cls, terms: Terms) -> KeptStems:
        """Those of `terms`."""
        return cls(terms.vocabulary, terms.sentences.ids, terms.sentences.starts, terms.own)

    @classmethod
    def load(cls, files: Checked, vocabulary: Sequence[str]) -> KeptStems:
        """What `Terms.save` wrote; raises what `Checked` raises."""
        ids, starts = (files.rows(f"{_SENTENCES}_{name}") for name in ("ids", "starts"))
        return cls(vocabulary, ids, starts, files.rows(_OWN))

    def __getitem__(self, sentence: int) -> SentenceStems:
        """The stems of the sentence with this number."""
        first, end = self.starts[sentence : sentence + 2].tolist()
        stems = [self.vocabulary[i] for i in self.ids[first:end].tolist()]
        count = len(stems) - int(self.own[sentence])
        return SentenceStems(stems[:count], stems[count:])


def load_vocabulary(files: Checked) -> tuple[str, ...]:
    """The stems alone; raises what `Checked` raises."""
    return tuple(map(str, json.loads(files.read(VOCABULARY))))
