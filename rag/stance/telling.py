"""How sentences stand to a yes-no question, and how two sentences stand to each other; in English.

Whether a text is English is for the caller to ask. What the rules tell is told by them; of the rest
the model is asked, which is opened then. Without its weights the rules alone tell.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.query import AskedQuestion
from rag.stance.model import RELATIONS, STANCES, opened
from rag.stance.odds import RelationOdds, Stance, StanceOdds, temperature
from rag.stance.polarity import asks_whether, says
from rag.statements import states_the_same

__all__ = ["agreed_stance", "asks_whether", "relations", "stances"]

_BY_RULE = {
    Stance.YES: StanceOdds(1.0, 0.0, 0.0, 0.0),
    Stance.NO: StanceOdds(0.0, 1.0, 0.0, 0.0),
    Stance.DEPENDS: StanceOdds(0.0, 0.0, 1.0, 0.0),
}
_SILENT = StanceOdds(0.0, 0.0, 0.0, 1.0)
_SAME, _NEITHER = RelationOdds(1.0, 0.0, 0.0), RelationOdds(0.0, 0.0, 1.0)


def stances(question: AskedQuestion | str, sentences: Sequence[str]) -> list[StanceOdds]:
    """What each sentence, or two or three that stand together, says to the question.

    All are silent where the question does not ask whether something is so. Raises EncoderError
    where the model is damaged.
    """
    asked = AskedQuestion(question) if isinstance(question, str) else question
    if not asks_whether(asked):
        return [_SILENT] * len(sentences)
    by_rule = [says(asked, sentence) for sentence in sentences]
    rest = [s for s, told in zip(sentences, by_rule, strict=True) if told is None]
    read = iter(_read_stances(asked.cleaned, rest))
    return [_BY_RULE[told] if told else next(read) for told in by_rule]


def agreed_stance(question: AskedQuestion, sentence: str) -> Stance | None:
    """What a sentence says where the rules tell it and the model finds the same the likeliest.

    For a sentence of which nothing else is known, not even that it is about what is asked. None
    without the model's weights; raises EncoderError where they are damaged.
    """
    told = says(question, sentence)
    if told is None:
        return None
    (odds,) = _read_stances(question.cleaned, [sentence])
    return told if max(odds) == odds[list(Stance).index(told)] else None


def relations(pairs: Sequence[tuple[str, str]]) -> list[RelationOdds]:
    """Of each pair of sentences whether they say the same, go against each other, or neither.

    Which of the two comes first makes no difference: both ways are read. Raises EncoderError where
    the model is damaged.
    """
    by_rule = [states_the_same(*pair) for pair in pairs]
    read = iter(_read_relations([p for p, same in zip(pairs, by_rule, strict=True) if not same]))
    return [_SAME if same else next(read) for same in by_rule]


def _read_stances(question: str, sentences: Sequence[str]) -> list[StanceOdds]:
    model = opened() if sentences else None
    if model is None:
        return [_SILENT] * len(sentences)
    logits = model.logits([(question, sentence) for sentence in sentences])[:, STANCES]
    return [StanceOdds(*row) for row in _softmax(logits / temperature("stance")).tolist()]


def _read_relations(pairs: Sequence[tuple[str, str]]) -> list[RelationOdds]:
    model = opened() if pairs else None
    if model is None:
        return [_NEITHER] * len(pairs)
    both = [*pairs, *((other, one) for one, other in pairs)]
    logits = model.logits(both)[:, RELATIONS].reshape(2, len(pairs), 3).mean(axis=0)
    return [RelationOdds(*row) for row in _softmax(logits / temperature("relation")).tolist()]


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    wide = logits.astype(np.float64)
    raised = np.exp(wide - wide.max(axis=1, keepdims=True))
    odds: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
    return odds
