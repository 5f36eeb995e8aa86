"""What the held-out questions say of a model: here of some that read one word, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from rag.reader.cross_encoder import EVIDENCE, Logits
from rag.reader.pairs import EncodedPair
from training.evaluate import by_set, mean
from training.groups import Groups


def told(rows: Sequence[EncodedPair], word: int) -> list[Logits]:
    """Evidence wherever the word stands."""
    outputs = []
    for row in rows:
        output = np.zeros((len(row.ids), 4), np.float32)
        output[:, EVIDENCE] = [float(token == word) for token in row.ids]
        outputs.append(output)
    return outputs


@pytest.mark.parametrize(("word", "expected"), [("twelve", 1.0), ("bakers", 0.5), ("zebra", 0.5)])
def test_a_passage_without_what_answers_is_told_by_what_answers(
    groups: Groups, word: str, expected: float
) -> None:
    number = groups.sets["made"].pairs.tokens([word])[0][0]
    found = by_set(lambda rows: told(rows, number), groups)
    assert found["made"]["gutted"] == expected


def test_a_model_that_finds_the_answer_is_right(groups: Groups) -> None:
    number = groups.sets["made"].pairs.tokens(["twelve"])[0][0]
    found = mean(by_set(lambda rows: told(rows, number), groups))
    assert (found["first"], found["auroc"]) == (1.0, 1.0)
