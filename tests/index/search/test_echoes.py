"""Which sentences only say the question again."""

from __future__ import annotations

import numpy as np
import pytest

from index.passages.chunking import split
from index.search.echoes import Echo
from tests.doubles import FakeEncoder, document


def echoes(question: str, text: str) -> list[bool]:
    """Of each sentence of a text of one passage."""
    (passage,) = split(document(text), FakeEncoder().count_tokens)
    return Echo(question).among(passage, np.ones(len(passage.sentences))).tolist()


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("When does the lease end?", "When does the lease end? In March it ends.", [True, False]),
        ("When does the lease end?", "So when will the lease end? It was sold.", [True, False]),
        ("how big is a block", "how big is a block how big is a block how big is a.", [True]),
        ("how big is a block", "how big is a block 98 bytes.", [False]),
        ("how big is the block", "how big is the block how big is the block 98 bytes.", [True]),
        ("rent", "The parents rent different rooms.", [False]),
        ("When does the lease end?", "The lease ends on 31 March 2027.", [False]),
        ("Does the lease end in March?", "The lease ends in March.", [False]),
        # who types the words of a sentence looks for it; nobody types what is said twice
        ("The lease ends in March.", "The lease ends in March.", [False]),
        ("What lies in peat is kept.", "What lies in peat is kept.", [False]),
        ("lease end", "Lease end. Lease end. The rent is 900 euros.", [True, True, False]),
        ("When does the lease end?", "When does the lease for the mill end? Soon.", [False, False]),
        ("?", "Is it so? It is.", [False, False]),
    ],
)
def test_an_echo_adds_no_word_to_the_question(
    question: str, text: str, expected: list[bool]
) -> None:
    assert echoes(question, text) == expected


def test_what_is_unlike_the_question_is_not_looked_at() -> None:
    (passage,) = split(document("When does it end?"), FakeEncoder().count_tokens)
    assert not Echo("When does it end?").among(passage, np.zeros(1)).any()
