"""Where several things are asked for, a list is weighed by all of its members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp, log, prod

from rag.compose.lists import WholeList
from rag.compose.summary import Whole
from rag.readings import Reading

PARALLEL = 2  # members that count as if each answered on its own


def pool_lists(readings: Sequence[Reading], whole: Whole) -> list[Reading]:
    """The readings, best first, where the best member of each list stands for all that were read.

    Its score is the log of the sum of their odds; its probability that one of its two likeliest
    answers, as if each did on its own (noisy or: Pearl, "Probabilistic Reasoning in Intelligent
    Systems", 1988). They do not: of thirty that surely do not answer none does.
    """
    lists: dict[tuple[str, WholeList], list[Reading]] = {}
    for reading in readings:
        if found := whole(reading):
            lists.setdefault((reading.hit.passage.document.id, found), []).append(reading)
    best = {id(max(own, key=lambda r: r.score)): own for own in lists.values()}
    pooled = [_pooled(r, best[id(r)]) if id(r) in best else r for r in readings]
    return sorted(pooled, key=lambda r: -r.score)


def _pooled(best: Reading, members: Sequence[Reading]) -> Reading:
    more = log(sum(exp(own.score - best.score) for own in members))
    likeliest = sorted((own.probability for own in members), reverse=True)[:PARALLEL]
    none = prod(1 - probability for probability in likeliest)
    return replace(best, score=round(best.score + more, 6), probability=1 - none)
