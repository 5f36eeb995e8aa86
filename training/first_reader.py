"""Fit the first reader: python -m training.first_reader --data ../shared/data

Trains on squadshifts amazon and reddit, squad2 articles 1-7 and nq_oracle (their development
tenth left out), and sets the thresholds on the development tenths and squad2 article 8. Writes
rag/first_reader.toml. A few minutes on 2 cores, seeded. No benchmark set is read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from benchmarks.corpora import encoded
from benchmarks.sets import Question, beir, hotpot, is_development, natural_questions, squad
from index import cache
from index.build import open_encoder
from index.encode import OnnxEncoder
from index.fuse import Hybrid
from index.sparse import Sparse
from index.store import Contents
from index.texts import passage_text, sentence_text
from index.types import Document, Hit, Passage, Span
from index.words import stems
from rag import expect, read
from rag.expect import KINDS, expectation
from rag.read import PASSAGES, WEIGHTS, sentence_features

KIND_FEATURES = [f"{kind}_{state}" for kind in KINDS for state in ("found", "missing")]
RANKER = (
    "similarity", "lexical", "fused", "cosine", "coverage", "passage_coverage",
    "relation", "similarity_lead", "lexical_lead", "stub", "asks", "follows", *KIND_FEATURES,
)  # fmt: skip
ANSWERABLE = (
    "similarity", "lexical", "fused", "cosine", "coverage", "passage_coverage", "relation",
    "stub", "asks", "follows", *KIND_FEATURES,
)  # fmt: skip
PARAGRAPHS = 700  # of each set: about as many as one folder holds
SMALL = 40  # paragraphs of a small corpus
UNANSWERABLE = ("removed", "adversarial", "foreign")
_EXTRA_HITS = 8  # searched beyond those read, so that a gold passage can be taken out


@dataclass(frozen=True)
class Sample:
    """One question over one corpus: its sentences' features and which of them are gold."""

    features: list[dict[str, float]]
    gold: list[bool]
    condition: str  # "answerable", "removed", "foreign" or "adversarial"
    development: bool


def main() -> None:
    """Fit, choose the thresholds, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=1500, help="of each set (default 1500)")
    args = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    samples = _kept(args.data, args.questions)
    print({c: sum(s.condition == c for s in samples) for c in {s.condition for s in samples}})
    ranker = _fit_ranker([s for s in samples if not s.development and any(s.gold)])
    held = [s for s in samples if s.development and s.condition == "answerable"]
    _report_ranking("development", ranker, held)
    keep = _choose_keep(ranker, [held, list(_two_facts(args.data))])
    bests = [(_best(ranker, s), s) for s in samples]
    train = [(f, g, s) for (f, g), s in bests if not s.development]
    bias, weights = _fit_answerable(train)
    developed = [(f, g, s) for (f, g), s in bests if s.development]
    abstain = _threshold(bias, weights, developed)
    _write(ranker, bias, weights, abstain, keep)


def _kept(data: Path, count: int) -> list[Sample]:
    """The samples, read back from the cache when the same features were computed before."""
    sources = [read.__file__, expect.__file__]
    key = hashlib.sha256(b"".join(Path(p).read_bytes() for p in sources)).hexdigest()[:12]
    file = cache.home() / "benchmarks" / f"samples-{key}-{count}.jsonl"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        lines = [json.dumps(asdict(sample)) for sample in _samples(data, count)]
        file.write_text("\n".join(lines), "utf-8")
    return [Sample(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def _samples(data: Path, count: int) -> Iterator[Sample]:
    encoder, _ = open_encoder(None)
    shifts = data / "squadshifts"
    sets = {
        "amazon": squad(shifts / "amazon_reviews.json"),
        "reddit": squad(shifts / "reddit.json"),
        "squad2": squad(data / "squad2/dev_10_articles.json", slice(0, 8)),
        "nq": natural_questions(data / "nq_oracle/nq-open-oracle.jsonl"),
    }
    sets = {name: _some(*pair) for name, pair in sets.items()}
    contents = {}
    for name, (documents, _) in sets.items():
        print(name, len(documents), "documents", flush=True)
        contents[name], _ = encoded(documents, encoder)
    names = list(sets)
    for i, (name, (_, questions)) in enumerate(sets.items()):
        chosen = _chosen(questions, count, name)
        large = contents[name].retriever(encoder)
        foreign = contents[names[(i + 1) % len(names)]]
        for j, question in enumerate(chosen):
            development = _is_held_out(question, name)
            # half over the whole set, half over a small corpus such as a person's own folder
            small = _small(contents[name], encoder, question, name == "squad2") if j % 2 else None
            yield from _of_question(question, small or large, development)
            if j % 4 == 1:
                other = _small(foreign, encoder, Question("", ()), False)
                yield _sample(
                    question, other.search(question.text, PASSAGES), "foreign", development
                )
        print(name, "read", flush=True)


def _two_facts(data: Path) -> Iterator[Sample]:
    """HotpotQA train: each question over its own ten paragraphs, two of which hold the answer.

    Paragraphs that stand in the benchmark's pool are left out.
    """
    encoder, _ = open_encoder(None)
    pool = {d.title for d in beir(data / "hotpotqa/beir_pooled500").documents}
    for documents, question in hotpot(data / "hotpotqa/hotpotqa_train.json"):
        documents = [d for d in documents if d.title not in pool]
        contents, asking = encoded(documents, encoder)
        hits = contents.retriever(asking).search(question.text, PASSAGES)
        yield _sample(question, hits, "answerable", True)


def _some(
    documents: list[Document], questions: list[Question]
) -> tuple[list[Document], list[Question]]:
    """At most 700 paragraphs, and the questions that these answer (or that nothing does)."""
    kept = random.sample(documents, min(PARAGRAPHS, len(documents)))
    ids = {d.id for d in kept}
    return kept, [q for q in questions if all(d in ids for d, _ in q.gold)]


def _is_held_out(question: Question, name: str) -> bool:
    """The development tenth; of squad2 the eighth article, which is for calibration."""
    return question.group == "7" if name == "squad2" else is_development(question.text)


def _chosen(questions: list[Question], count: int, name: str) -> list[Question]:
    """`count` questions to train on and up to half as many that were held out."""
    held = [q for q in questions if _is_held_out(q, name)]
    rest = [q for q in questions if not _is_held_out(q, name)]
    return [
        *random.sample(rest, min(count, len(rest))),
        *random.sample(held, min(count // 2, len(held))),
    ]


def _of_question(question: Question, retriever: Hybrid, development: bool) -> Iterator[Sample]:
    hits = retriever.search(question.text, PASSAGES + _EXTRA_HITS)
    if not question.gold:
        yield _sample(question, hits[:PASSAGES], "adversarial", development)
        return
    yield _sample(question, hits[:PASSAGES], "answerable", development)
    gold = {document for document, _ in question.gold}
    rest = [h for h in hits if h.passage.document.id not in gold][:PASSAGES]
    yield _sample(question, _refused(rest), "removed", development)


def _refused(hits: Sequence[Hit]) -> list[Hit]:
    """The hits as if they were ranked 1, 2, … : what a corpus without the gold one would give."""
    scores = [h.score for h in hits]
    top = 2 / 11  # first in both lists: the gold passage's usual place, taken by the next one
    lift = top / scores[0] if scores and scores[0] > 0 else 1.0
    return [Hit(h.passage, min(top, h.score * min(lift, 1.3)), h.ranks, h.evidence) for h in hits]


def _sample(question: Question, hits: Sequence[Hit], condition: str, development: bool) -> Sample:
    expected = expectation(question.text)
    features, gold = [], []
    for hit in hits:
        for i, sentence in enumerate(hit.passage.sentences):
            features.append(sentence_features(hit, i, expected))
            gold.append(_is_gold(question, hit.passage.document, sentence.span))
    return Sample(features, gold, condition, development)


def _is_gold(question: Question, document: Document, span: Span) -> bool:
    return any(d == document.id and span.start <= s.start < span.end for d, s in question.gold)


def _small(
    contents: Contents, encoder: OnnxEncoder, question: Question, by_article: bool
) -> Hybrid:
    """A retriever over about 40 paragraphs, those of the question's gold among them."""
    documents = contents.documents
    if by_article:
        keep = {d.id for d in documents if d.source.split("/")[0] == question.group}
    else:
        keep = {
            documents[i].id
            for i in random.sample(range(len(documents)), min(SMALL, len(documents)))
        }
        keep |= {document for document, _ in question.gold}
    return _subset(contents, keep).retriever(encoder)


def _subset(contents: Contents, keep: set[str]) -> Contents:
    passages: list[Passage] = []
    rows: list[int] = []
    sentence_rows: list[int] = []
    at = 0
    for row, passage in enumerate(contents.passages):
        if passage.document.id in keep:
            passages.append(passage)
            rows.append(row)
            sentence_rows += range(at, at + len(passage.sentences))
        at += len(passage.sentences)
    texts = [passage_text(p) for p in passages]
    lengths = [len(stems(sentence_text(p.document, s))) for p in passages for s in p.sentences]
    return Contents(
        [d for d in contents.documents if d.id in keep], passages, contents.vectors[rows],
        contents.sentence_vectors[sentence_rows], Sparse.build(texts, float(np.mean(lengths))),
    )  # fmt: skip


def _matrix(features: Sequence[dict[str, float]], names: Sequence[str]) -> torch.Tensor:
    return torch.tensor([[f[n] for n in names] for f in features], dtype=torch.float64)


def _fit_ranker(samples: Sequence[Sample]) -> dict[str, float]:
    """Conditional logit (McFadden 1974): softmax over a question's sentences."""
    x = torch.cat([_matrix(s.features, RANKER) for s in samples])
    gold = torch.tensor([g for s in samples for g in s.gold])
    group = torch.repeat_interleave(
        torch.arange(len(samples)), torch.tensor([len(s.gold) for s in samples])
    )
    weights = torch.zeros(len(RANKER), dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        scores = torch.exp(x @ weights)
        total = torch.zeros(len(samples), dtype=torch.float64).index_add(0, group, scores)
        right = torch.zeros(len(samples), dtype=torch.float64).index_add(
            0, group[gold], scores[gold]
        )
        return -torch.log(right / total).mean() + 1e-4 * (weights**2).sum()

    _minimise([weights], loss)
    return dict(zip(RANKER, weights.tolist(), strict=True))


def _minimise(parameters: list[torch.Tensor], loss) -> None:  # type: ignore[no-untyped-def]
    optimiser = torch.optim.LBFGS(parameters, max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        value: torch.Tensor = loss()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(closure)  # type: ignore[no-untyped-call]


def _ranked(ranker: dict[str, float], sample: Sample) -> list[int]:
    scores = [sum(w * f[n] for n, w in ranker.items()) for f in sample.features]
    return sorted(range(len(scores)), key=lambda i: -scores[i])


def _best(ranker: dict[str, float], sample: Sample) -> tuple[dict[str, float], bool]:
    first = _ranked(ranker, sample)[0]
    return sample.features[first], sample.gold[first]


def _report_ranking(name: str, ranker: dict[str, float], samples: Sequence[Sample]) -> None:
    tops = [[s.gold[i] for i in _ranked(ranker, s)[:3]] for s in samples]
    first, three = np.mean([t[0] for t in tops]), np.mean([any(t) for t in tops])
    print(f"{name}: first {first:.3f}, any of three {three:.3f} of {len(tops)}")


def _choose_keep(ranker: dict[str, float], sets: Sequence[Sequence[Sample]]) -> float:
    """The margin with the best F1 of quoted sentences, the mean over questions of one fact and
    of two, with at most four sentences."""
    rows = []
    for keep in (0.3, 0.5, 0.7, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5):
        quality = [[_f1(ranker, s, keep) for s in samples] for samples in sets]
        means = [float(np.mean(q)) for q in quality]
        print(f"keep {keep}: F1 {' and '.join(f'{m:.3f}' for m in means)}")
        rows.append((float(np.mean(means)), keep))
    return max(rows)[1]


def _f1(ranker: dict[str, float], sample: Sample, keep: float) -> float:
    scores = [sum(w * f[n] for n, w in ranker.items()) for f in sample.features]
    order = _ranked(ranker, sample)[:4]
    quoted = [i for i in order if scores[i] >= scores[order[0]] - keep]
    return 2 * sum(sample.gold[i] for i in quoted) / (len(quoted) + max(1, sum(sample.gold)))


def _fit_answerable(
    examples: Sequence[tuple[dict[str, float], bool, Sample]],
) -> tuple[float, dict[str, float]]:
    """Whether the best sentence is gold. Conditions weigh: answerable a half, the others share."""
    conditions = [s.condition for _, _, s in examples]
    share = {"answerable": 0.5, "removed": 0.2, "adversarial": 0.2, "foreign": 0.1}
    weight = torch.tensor([share[c] / conditions.count(c) for c in conditions], dtype=torch.float64)
    x = _matrix([f for f, _, _ in examples], ANSWERABLE)
    y = torch.tensor([float(g) for _, g, _ in examples], dtype=torch.float64)
    weights = torch.zeros(len(ANSWERABLE), dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)

    def loss() -> torch.Tensor:
        errors = torch.nn.functional.binary_cross_entropy_with_logits(
            x @ weights + bias, y, weight=weight, reduction="sum"
        )
        return errors + 1e-4 * (weights**2).sum()

    _minimise([weights, bias], loss)
    return float(bias.detach()), dict(zip(ANSWERABLE, weights.tolist(), strict=True))


def _threshold(
    bias: float, weights: dict[str, float], held: Sequence[tuple[dict[str, float], bool, Sample]]
) -> float:
    """The lowest threshold within one standard error of the best Youden index.

    The index (Youden 1950) is the share of rightly answered questions that are kept, plus the
    mean share of the three kinds of unanswerable ones that are abstained from, less one. The
    one-standard-error rule (Breiman et al. 1984) takes the least change that is as good: here,
    the reader that is silent least often.
    """
    scored = [
        (1 / (1 + np.exp(-(bias + sum(w * f[n] for n, w in weights.items())))), g, s.condition)
        for f, g, s in held
    ]
    right = np.array([p for p, g, c in scored if g and c == "answerable"])
    silent = {k: np.array([p for p, _, c in scored if c == k]) for k in UNANSWERABLE}
    grid = [round(0.01 * i, 2) for i in range(5, 60)]
    rows = []
    for threshold in grid:
        shares = [float(np.mean(right >= threshold))]
        shares += [float(np.mean(silent[k] < threshold)) for k in UNANSWERABLE]
        variances = [
            s * (1 - s) / len(x) for s, x in zip(shares, [right, *silent.values()], strict=True)
        ]
        index = shares[0] + float(np.mean(shares[1:])) - 1
        rows.append((index, math.sqrt(variances[0] + sum(variances[1:]) / 9), shares))
    best, error, _ = max(rows, key=lambda row: row[0])
    chosen = next(i for i, (index, _, _) in enumerate(rows) if index >= best - error)
    index, _, shares = rows[chosen]
    print(f"threshold {grid[chosen]}: Youden {index:.3f} (best {best:.3f}, error {error:.3f})")
    print(
        f"keeps {shares[0]:.3f} of the right; abstains from",
        dict(zip(UNANSWERABLE, shares[1:], strict=True)),
    )
    return grid[chosen]


def _write(
    ranker: dict[str, float], bias: float, weights: dict[str, float], abstain: float, keep: float
) -> None:
    lines = ["# Written by: python -m training.first_reader --data DATA", "[ranker]", "bias = 0.0"]
    lines += ["[ranker.weights]", *(f"{n} = {w:.4f}" for n, w in ranker.items())]
    lines += ["", "[answerable]", f"bias = {bias:.4f}", "[answerable.weights]"]
    lines += [f"{n} = {w:.4f}" for n, w in weights.items()]
    lines += ["", "[thresholds]", f"abstain = {abstain}", f"keep = {keep}", ""]
    WEIGHTS.write_text("\n".join(lines), "utf-8")
    print(WEIGHTS.read_text("utf-8"))


if __name__ == "__main__":
    main()
