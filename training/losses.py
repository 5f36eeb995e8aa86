"""What a training step minimises: against the labels, and against what teachers say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import torch
from torch.nn import functional as F

from rag.reader import END, EVIDENCE, RANK, START, EncodedPair
from training.groups import Labelled

# of the whole: the answer's span and the null answer (Devlin et al., NAACL 2019), a softmax over a
# group's passages, each passage's relevance, a softmax over all sentences of a group, each sentence
WEIGHTS = {"span": 1.0, "rank": 0.5, "relevance": 0.5, "listed": 0.5, "single": 0.3}
UNANSWERED = 0.4  # weight of the span of a passage that does not answer

Group = Sequence[Labelled]
Outputs = Sequence[torch.Tensor]
Terms = Iterator[tuple[str, torch.Tensor]]


def against_labels(logits: Outputs, groups: Sequence[Group]) -> dict[str, torch.Tensor]:
    """The losses of a step by name, weighted. `logits` of each row, shape (tokens, 4)."""
    return _weighted_means(
        _terms_of_labels(group, outputs) for group, outputs in _by_group(groups, logits)
    )


def against_teacher(
    logits: Outputs, taught: Outputs, groups: Sequence[Group]
) -> dict[str, torch.Tensor]:
    """The same losses with the teacher's probabilities as the labels.

    Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015, its temperature
    1. `taught` are the teacher's logits of the same rows.
    """
    return _weighted_means(
        _terms_of_teacher(group, outputs, told)
        for (group, outputs), (_, told) in zip(
            _by_group(groups, logits), _by_group(groups, taught), strict=True
        )
    )


def sentence_evidence(output: torch.Tensor, row: EncodedPair) -> torch.Tensor:
    """The log odds of each sentence of a row, shape (sentences,)."""
    return torch.stack([output[s : max(e, s + 1), EVIDENCE].mean() for s, e in row.bounds])


def _terms_of_labels(group: Group, outputs: Outputs) -> Terms:
    if any(one.likely for one in group):
        yield from _terms_of_blocks(group, outputs)
        return
    for one, output in zip(group, outputs, strict=True):
        answers = bool(one.gold)
        weight = 1.0 if answers else UNANSWERED
        places = [p - one.row.second + 1 if p else 0 for p in one.answer]
        target = torch.tensor(places, device=output.device)
        yield "span", weight * F.cross_entropy(_span_logits(output, one.row), target)
        truth = torch.tensor(float(answers), device=output.device)
        yield "relevance", F.binary_cross_entropy_with_logits(output[0, EVIDENCE], truth)
    scores = _group_evidence(group, outputs)
    labels = torch.cat([_sentence_labels(one, outputs[0].device) for one in group])
    yield "single", F.binary_cross_entropy_with_logits(scores, labels, reduction="sum")
    if labels.any():
        yield "listed", scores.logsumexp(0) - scores[labels > 0].logsumexp(0)
        ranks = torch.stack([o[0, RANK] for o in outputs])
        yield "rank", F.cross_entropy(ranks, torch.tensor(0, device=ranks.device))


def _terms_of_blocks(group: Group, outputs: Outputs) -> Terms:
    """Where of all marked sentences of a group some answer, and not each; `likely` is their prior.

    Noisy or over them (Maron and Lozano-Pérez, "A Framework for Multiple-Instance Learning", NIPS
    1997). The words that answer are not known: their span is only said not to be null.
    """
    device = outputs[0].device
    for one, output in zip(group, outputs, strict=True):
        spans = _span_logits(output, one.row)
        if one.gold:
            yield "span", (spans.logsumexp(1) - spans[:, 1:].logsumexp(1)).mean()
        else:
            yield "span", UNANSWERED * (spans.logsumexp(1) - spans[:, 0]).mean()
    marked = torch.tensor([bool(one.gold) for one in group], device=device)
    relevance = torch.stack([output[0, EVIDENCE] for output in outputs])
    told = _any_of(relevance[marked]) + F.softplus(relevance[~marked]).sum()
    yield from (("relevance", told / len(group)) for _ in group)  # a term a row, as of labels
    scores = _group_evidence(group, outputs)
    gold = torch.cat([_sentence_labels(one, device) for one in group]) > 0
    yield "single", _any_of(scores[gold]) + F.softplus(scores[~gold]).sum()
    likely = torch.tensor([share for one in group for share in one.likely], device=device)
    yield "listed", scores.logsumexp(0) - (scores[gold] + likely.log()).logsumexp(0)
    ranks = torch.stack([output[0, RANK] for output in outputs])
    yield "rank", ranks.logsumexp(0) - ranks[marked].logsumexp(0)


def _any_of(log_odds: torch.Tensor) -> torch.Tensor:
    """The cross-entropy of "one of these at least", where each has its log odds by itself."""
    none = F.softplus(log_odds).sum().clamp(min=1e-6)  # minus the logarithm of that none is
    return -torch.log(-torch.expm1(-none))


def _terms_of_teacher(group: Group, outputs: Outputs, told: Outputs) -> Terms:
    for one, output, other in zip(group, outputs, told, strict=True):
        weight = 1.0 if one.gold else UNANSWERED
        spans = _span_logits(other, one.row).softmax(dim=-1)
        yield "span", weight * F.cross_entropy(_span_logits(output, one.row), spans)
        truth = other[0, EVIDENCE].sigmoid()
        yield "relevance", F.binary_cross_entropy_with_logits(output[0, EVIDENCE], truth)
    scores, wanted = _group_evidence(group, outputs), _group_evidence(group, told)
    yield "single", F.binary_cross_entropy_with_logits(scores, wanted.sigmoid(), reduction="sum")
    yield "listed", F.cross_entropy(scores, wanted.softmax(0))
    if len(group) > 1:
        ranks, theirs = (torch.stack([o[0, RANK] for o in own]) for own in (outputs, told))
        yield "rank", F.cross_entropy(ranks, theirs.softmax(0))


def _weighted_means(groups: Iterator[Terms]) -> dict[str, torch.Tensor]:
    found: dict[str, list[torch.Tensor]] = {name: [] for name in WEIGHTS}
    for terms in groups:
        for name, value in terms:
            found[name].append(value)
    return {n: WEIGHTS[n] * torch.stack(values).mean() for n, values in found.items() if values}


def _by_group(groups: Sequence[Group], rows: Outputs) -> Iterator[tuple[Group, Outputs]]:
    at = 0
    for group in groups:
        yield group, rows[at : at + len(group)]
        at += len(group)


def _span_logits(output: torch.Tensor, row: EncodedPair) -> torch.Tensor:
    """The logits of an answer's start and of its end, shape (2, 1 + tokens of the passage).

    [CLS], the null answer, comes first.
    """
    both = output[:, (START, END)].T
    return torch.cat([both[:, :1], both[:, row.second :]], dim=1)


def _group_evidence(group: Group, outputs: Outputs) -> torch.Tensor:
    rows = zip(outputs, group, strict=True)
    return torch.cat([sentence_evidence(output, one.row) for output, one in rows])


def _sentence_labels(one: Labelled, device: torch.device) -> torch.Tensor:
    labels = torch.zeros(len(one.row.bounds), device=device)
    labels[list(one.gold)] = 1.0
    return labels


Losses = Callable[[Outputs, Sequence[Group]], dict[str, torch.Tensor]]
