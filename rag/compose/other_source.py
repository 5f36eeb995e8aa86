"""No source speaks alone where another one would have answered without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.compose.summary import say_nearly_the_same
from rag.readings import Choice, Reason


def with_other_source(choices: Sequence[Choice], likely: float, most: int) -> list[Choice]:
    """What became of each sentence, as `summarize.choose` gives it, with another source heard.

    Where all that is chosen is of one document, or says nearly the same as what it says, the best
    sentence of the others is chosen too if its probability is `likely` or more: it would be the
    answer if that document were not there. It takes the place of the last one where `most` are
    chosen, and never that of the only one.
    """
    chosen = [c for c in choices if c.reason is Reason.CHOSEN]
    if not chosen or most < 2 or not all(_is_heard(c, chosen[0]) for c in chosen):
        return list(choices)
    sources = {_document_id(c) for c in chosen}
    left = [c for c in choices if c.reason in (Reason.FAR_BELOW, Reason.ENOUGH)]
    others = [c for c in left if _document_id(c) not in sources]
    other = max(others, key=lambda c: c.reading.score, default=None)
    if other is None or other.reading.probability < likely:
        return list(choices)
    kept, last = chosen[: most - 1], chosen[most - 1 :]
    below = chosen[0].reading.score - other.reading.score
    added = replace(other, reason=Reason.CHOSEN, limit=max(other.limit, below))
    passed = [replace(c, reason=Reason.ENOUGH) for c in last]
    rest = [c for c in choices if c.reason is not Reason.CHOSEN and c is not other]
    return [*kept, added, *passed, *rest]


def _is_heard(choice: Choice, best: Choice) -> bool:
    """Whether a sentence is of the source of the best one, or says nearly the same as that."""
    return _document_id(choice) == _document_id(best) or say_nearly_the_same(
        choice.reading, best.reading
    )


def _document_id(choice: Choice) -> str:
    return choice.reading.hit.passage.document.id
