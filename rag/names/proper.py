"""Whether what is written as a name is one, or common words with capitals: "Covered Software".

A logistic regression (training.proper) on what the default encoder makes of the words and on how
they are written elsewhere. It learnt from how thousands of English pages write the same words:
those that others write small are no names, as for "Truecasing" (Lita et al., ACL 2003).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import ENGLISH, Document, Encoder
from rag.statements import is_word

PROPER_WEIGHTS = Path(__file__).with_name("proper.npz")
# log odds of a name, from which on it is taken for one. On pages that were held out from training
# 7 of 10 common words are under it, and of names 9 of 1,000 (training.proper).
LEAST_ODDS = -2.0
_WORD = re.compile(r"[^\W_][\w’'&.-]*")
_SMALL = frozenset({"of", "the", "and", "for", "de", "van", "von"})

Rows = NDArray[np.float64]


def are_proper(
    encoder: Encoder | None, document: Document, names: Sequence[str]
) -> NDArray[np.bool_]:
    """Shape (n,): which of n names of a document are more than common words.

    All of them where the document is not in English or the encoder is another than the default one.
    """
    weights, digest = _weights()
    if not names or encoder is None or encoder.digest != digest or document.language != ENGLISH:
        return np.ones(len(names), np.bool_)
    vectors = encoder.encode_passages(names).astype(np.float64)
    rows = np.hstack([vectors, how_written(document.text, names), np.ones((len(names), 1))])
    found: NDArray[np.bool_] = rows @ weights >= LEAST_ODDS
    return found


def how_written(text: str, names: Sequence[str]) -> Rows:
    """Shape (n, 2): of each name the share of its words that WordNet has, and whether it is written
    small in the text, too: 1 or 0.
    """
    found = np.zeros((len(names), 2))
    for row, name in zip(found, names, strict=True):
        own = [word.casefold() for word in _WORD.findall(name) if word.casefold() not in _SMALL]
        small = re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text)
        row[:] = np.mean([is_word(word) for word in own]) if own else 1, small is not None
    return found


@cache
def _weights() -> tuple[Rows, str]:
    """Of the vector, of what `how_written` gives and of 1; and for the encoder with this digest."""
    with np.load(PROPER_WEIGHTS) as kept:
        return kept["weights"].astype(np.float64), str(kept["encoder"])
