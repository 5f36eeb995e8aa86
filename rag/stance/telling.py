"""How sentences stand to a yes-no question, and how two sentences stand to each other; in English.

Whether a text is English is for the caller to ask.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.query import AskedQuestion
from rag.stance.odds import RelationOdds, Stance, StanceOdds
from rag.stance.polarity import asks_whether, says
from rag.statements import states_the_same

__all__ = ["asks_whether", "relations", "stances"]

_TOLD = {
    Stance.YES: StanceOdds(1, 0, 0, 0),
    Stance.NO: StanceOdds(0, 1, 0, 0),
    Stance.DEPENDS: StanceOdds(0, 0, 1, 0),
    None: StanceOdds(0, 0, 0, 1),
}


def stances(question: AskedQuestion | str, sentences: Sequence[str]) -> list[StanceOdds]:
    """What each sentence, or two or three that stand together, says to the question.

    All are silent where the question does not ask whether something is so.
    """
    asked = AskedQuestion(question) if isinstance(question, str) else question
    return [_TOLD[says(asked, sentence)] for sentence in sentences]


def relations(pairs: Sequence[tuple[str, str]]) -> list[RelationOdds]:
    """Of each pair of sentences whether they say the same, go against each other, or neither."""
    return [
        RelationOdds(1, 0, 0) if states_the_same(*pair) else RelationOdds(0, 0, 1) for pair in pairs
    ]
