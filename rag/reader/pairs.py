"""Question and passage as one row of tokens, and where each sentence stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from index import Feed, Span

QUESTION_TOKENS = 64
PREFIX_TOKENS = 64
ROW_TOKENS = 384  # a longer passage is read in several windows
OVERLAP = 1  # sentences that two windows share, so that none is read without the one before


class EncodedPair(NamedTuple):
    """[CLS] question [SEP] prefix sentences [SEP].

    `bounds` are the tokens (first, end) of each sentence; `first` is the number of the first
    of them in its passage. `second` is where the passage starts.
    """

    ids: list[int]
    second: int
    bounds: list[tuple[int, int]]
    first: int

    def feed(self) -> Feed:
        """What a model reads of it, shape (1, tokens) each."""
        ids = np.array([self.ids], np.int64)
        types = np.zeros_like(ids)
        types[0, self.second :] = 1
        return {"input_ids": ids, "token_type_ids": types}


class Pairs:
    """Makes rows with BERT's tokenizer (Devlin et al., NAACL 2019), which it sets up and keeps."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in a text is five characters
        self._cls, self._sep = (tokenizer.token_to_id(t) or 0 for t in ("[CLS]", "[SEP]"))

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text, special tokens not added."""
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [e.ids for e in encoded]

    def characters(self, text: str, first: int, end: int) -> Span | None:
        """The characters of `text` that its tokens `first` to `end` stand for; None for none."""
        places = self._tokenizer.encode(text, add_special_tokens=False).offsets[first:end]
        return Span(places[0][0], places[-1][1]) if places else None

    def rows(
        self, question: Sequence[int], prefix: Sequence[int], sentences: Sequence[Sequence[int]]
    ) -> Iterator[EncodedPair]:
        """One row for a passage that fits into 384 tokens, else windows of whole sentences.

        All arguments are token ids. A sentence that fits into no window loses its end.
        """
        head = [self._cls, *question[:QUESTION_TOKENS], self._sep]
        # the end of a prefix, its last heading, says most
        front = [*head, *prefix[-PREFIX_TOKENS:]]
        room = ROW_TOKENS - len(front) - 1
        first = 0
        while True:
            ids = list(front)
            bounds: list[tuple[int, int]] = []
            for sentence in sentences[first:]:
                cut = sentence[:room]
                if bounds and len(ids) + len(cut) >= ROW_TOKENS:
                    break
                bounds.append((len(ids), len(ids) + len(cut)))
                ids += cut
            yield EncodedPair([*ids, self._sep], len(head), bounds, first)
            end = first + len(bounds)
            if end >= len(sentences):
                return
            first = max(first + 1, end - OVERLAP)
