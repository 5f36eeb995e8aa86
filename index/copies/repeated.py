"""What a document repeats of another, as a mail does of the one that it answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.copies.digests import Digests
from index.passages import PassageTable
from index.pieces import ROLES

LEAST = 20  # letters: "Yes, please." says something else below another question


def are_repeated(table: PassageTable) -> NDArray[np.bool_]:
    """Shape (m,): which sentences are another's words."""
    found: NDArray[np.bool_] = table.sentences[:, 4] == ROLES.index("repeated")
    return found


def documents_of(table: PassageTable) -> NDArray[np.int64]:
    """Shape (m,): the number of each sentence's document."""
    return np.repeat(table.rows[:, 0], table.rows[:, 2])


def standing_for(
    table: PassageTable, digests: Digests, order: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Shape (m,): of a repeated sentence the number of the document that stands for it, or -1.

    It is the first that says the sentence itself, in the same letters and figures, else the first
    that repeats it; -1 for what is brief and in that document. `order` is what `digests.in_order`
    gives.
    """
    ordered, documents, repeated = digests[order], documents_of(table), are_repeated(table)
    begins = np.ones(len(order), bool)
    begins[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    run = np.cumsum(begins) - 1
    # ties are in order of the documents: the first of a run is the first that says it
    first = documents[order[begins]]
    itself = ~repeated[order]
    saying, at = np.unique(run[itself], return_index=True)
    first[saying] = documents[order[itself][at]]
    found = np.full(len(digests), -1)
    found[order] = first[run]
    letters = np.ascontiguousarray(digests[:, -4:]).view(">u4").ravel()
    found[~repeated | (found == documents) | (letters < LEAST)] = -1
    return found
