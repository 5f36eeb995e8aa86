"""How good the answers are: python -m benchmarks.quality --data ../shared/data [--check]

Every figure comes with a 95% bootstrap interval over questions, beside baselines computed in the
same run on the same passages: dense passages alone, BM25 alone, plain RRF of the two. With
--check, fails when a figure falls more than half a point under benchmarks/floor.toml.
"""

from __future__ import annotations

import argparse
import math
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import encoded
from benchmarks.sets import Judged, Question, beir, chroma, squad
from index.build import open_encoder
from index.encode import OnnxEncoder
from index.fuse import DEPTH, Hybrid, reciprocal_rank_fusion
from index.load import load_folder
from index.types import Passage, Span
from rag.engine import Engine
from rag.first_reader import FirstReader
from rag.read import PASSAGES

Values = NDArray[np.float64]
Rankers = Mapping[str, Callable[[str], list[int]]]
FLOOR = Path(__file__).with_name("floor.toml")
SLACK = 0.005  # half a point


def main() -> None:
    """Run the sets, print the table, compare with the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--check", action="store_true", help="fail below the floor")
    parser.add_argument("--only", choices=["wiki", "scifact", "chroma"], help="one set")
    args = parser.parse_args()
    encoder, _ = open_encoder(None)
    figures: dict[str, float] = {}
    for name, run in (("wiki", wiki), ("scifact", scifact), ("chroma", chunking)):
        if args.only in (None, name):
            print(f"\n## {name}\n", flush=True)
            for key, values in run(args.data, encoder).items():
                figures[f"{name}.{key}"] = float(values.mean())
                print(f"| {name}.{key} | {_with_interval(values)} |", flush=True)
    if args.check:
        sys.exit(_check(figures))


def rankers(retriever: Hybrid) -> Rankers:
    """Passage numbers, best first: ours, and the three baselines."""

    def dense(question: str) -> list[int]:
        vector = retriever.encoder.encode_query(question)
        return [row for row, _ in retriever.dense.search(vector, DEPTH)]

    def sparse(question: str) -> list[int]:
        return [row for row, _ in retriever.sparse.search(question, DEPTH)]

    def plain(question: str) -> list[int]:
        return [row for row, _ in reciprocal_rank_fusion([dense(question), sparse(question)])]

    return {
        "ibid": lambda q: [row for row, _ in retriever.rank(q, DEPTH)],
        "dense": dense, "bm25": sparse, "rrf": plain,
    }  # fmt: skip


def wiki(data: Path, encoder: OnnxEncoder) -> dict[str, Values]:
    """squadshifts new-wiki, even articles: paragraphs, sentences, and what `ask` answers."""
    documents, questions = squad(data / "squadshifts/new_wiki_even_articles.json")
    contents, asking = encoded(documents, encoder)
    retriever = contents.retriever(asking)
    results: dict[str, Values] = {}
    for name, rank in rankers(retriever).items():
        places = np.array([_first_gold(q, rank(q.text), contents.passages) for q in questions])
        results[f"recall@1 {name}"] = (places < 1).astype(float)
        results[f"recall@5 {name}"] = (places < 5).astype(float)
        results[f"mrr@10 {name}"] = np.where(places < 10, 1 / (places + 1.0), 0.0)
    best = max(("dense", "bm25", "rrf"), key=lambda n: results[f"recall@1 {n}"].mean())
    results["recall@1 over the best baseline"] = (
        results["recall@1 ibid"] - results[f"recall@1 {best}"]
    )
    results |= _usual_sentences(retriever, questions)
    results |= _ranking(retriever, questions)
    return results | _answers(Engine(retriever, FirstReader.shipped(), documents), questions)


def _first_gold(question: Question, ranking: Sequence[int], passages: Sequence[Passage]) -> float:
    """The place (from 0) of the first gold paragraph, each paragraph at its best passage."""
    gold = {document for document, _ in question.gold}
    seen: list[str] = []
    for row in ranking:
        document = passages[row].document.id
        if document in gold:
            return float(len(seen))
        if document not in seen:
            seen.append(document)
    return math.inf


def _usual_sentences(retriever: Hybrid, questions: Sequence[Question]) -> dict[str, Values]:
    """The usual way: the best five passages by cosine, and in them the most similar sentences."""
    tops = []
    for question in questions:
        vector = retriever.encoder.encode_query(question.text)
        scored = []
        for row, _ in retriever.dense.search(vector, 5):
            passage = retriever.passages[row]
            similar = retriever.dense.similarity(vector, row)
            scored += [
                (-c, s.span, passage.document)
                for c, s in zip(similar, passage.sentences, strict=True)
            ]
        scored.sort(key=lambda t: t[0])
        tops.append([question.is_gold(d, s) for _, s, d in scored[:3]])
    return _first_and_any("usual sentences", tops)


def _ranking(retriever: Hybrid, questions: Sequence[Question]) -> dict[str, Values]:
    reader = FirstReader.shipped()
    tops = []
    for question in questions:
        readings = reader.read(question.text, retriever.search(question.text, PASSAGES))[:3]
        tops.append([question.is_gold(r.hit.passage.document, r.span) for r in readings])
    return _first_and_any("ranking", tops)


def _first_and_any(name: str, tops: Sequence[Sequence[bool]]) -> dict[str, Values]:
    return {
        f"{name} first": np.array([float(bool(t) and t[0]) for t in tops]),
        f"{name} any of three": np.array([float(any(t)) for t in tops]),
    }


def _answers(engine: Engine, questions: Sequence[Question]) -> dict[str, Values]:
    rows = []
    for question in questions:
        answer = engine.ask(question.text)
        spans = [(c.document, s) for c in answer.citations for s in c.sentences]
        best = answer.best
        # of joined sentences, the one that scored highest is the answer's first
        top = best is not None and question.is_gold(best.document, best.top)
        rows.append((
            float(top),
            float(any(question.is_gold(d, s) for d, s in spans)),
            float(not answer), len(spans), sum(s.end - s.start for _, s in spans),
        ))  # fmt: skip
    table = np.array(rows, np.float64)
    names = ("first", "any", "abstained", "sentences", "characters")
    return {f"answer {name}": table[:, i] for i, name in enumerate(names)}


def scifact(data: Path, encoder: OnnxEncoder) -> dict[str, Values]:
    """BEIR SciFact, test: nDCG@10 of abstracts at their best passage."""
    judged = beir(data / "scifact")
    contents, asking = encoded(judged.documents, encoder)
    retriever = contents.retriever(asking)
    passages = retriever.passages
    return {
        f"ndcg@10 {name}": np.array(
            [_ndcg(_sources(rank(judged.queries[q]), passages), judged, q) for q in judged.relevant]
        )
        for name, rank in rankers(retriever).items()
    }


def _sources(ranking: Sequence[int], passages: Sequence[Passage]) -> list[str]:
    return list(dict.fromkeys(passages[row].document.source for row in ranking))[:10]


def _ndcg(sources: Sequence[str], judged: Judged, query: str) -> float:
    relevant = judged.relevant[query]
    gain = sum(1 / math.log2(i + 2) for i, s in enumerate(sources) if s in relevant)
    return gain / sum(1 / math.log2(i + 2) for i in range(min(10, len(relevant))))


def chunking(data: Path, encoder: OnnxEncoder) -> dict[str, Values]:
    """chroma_chunking, all five documents in one index: cited characters against gold ones."""
    documents = load_folder(data / "chroma_chunking").documents
    contents, asking = encoded(documents, encoder)
    retriever = contents.retriever(asking)
    engine = Engine(retriever, FirstReader.shipped(), documents)
    rows: dict[str, list[tuple[float, float]]] = {
        "ibid": [],
        "one passage": [],
        "five passages": [],
    }
    sizes = []
    for question, source, gold in chroma(data / "chroma_chunking"):
        answer = engine.ask(question)
        cited = [(c.document.source, s) for c in answer.citations for s in c.sentences]
        sizes.append(float(len(cited)))
        rows["ibid"].append(_overlap(cited, source, gold))
        vector = asking.encode_query(question)
        best = [retriever.passages[row] for row, _ in retriever.dense.search(vector, 5)]
        spans = [(p.document.source, Span(p.start, p.end)) for p in best]
        rows["one passage"].append(_overlap(spans[:1], source, gold))
        rows["five passages"].append(_overlap(spans, source, gold))
    results = {"sentences": np.array(sizes)}
    for name, pairs in rows.items():
        table = np.array(pairs)
        results |= {f"iou {name}": table[:, 0], f"recall {name}": table[:, 1]}
    return results


def _overlap(
    cited: Sequence[tuple[str, Span]], source: str, gold: Sequence[Span]
) -> tuple[float, float]:
    """Intersection over union, and recall, of characters."""
    found = {(s, i) for s, span in cited for i in range(*span)}
    wanted = {(source, i) for span in gold for i in range(*span)}
    both = len(found & wanted)
    return both / len(found | wanted), both / len(wanted)


def _with_interval(values: Values) -> str:
    """Mean and its 95% percentile bootstrap interval (Efron 1979), 1,000 resamples, seeded."""
    random = np.random.default_rng(0)
    means = [values[random.integers(0, len(values), len(values))].mean() for _ in range(1000)]
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{values.mean():.4f} | {low:.4f} to {high:.4f}"


def _check(figures: Mapping[str, float]) -> int:
    floor = tomllib.loads(FLOOR.read_text("utf-8"))["floor"]
    low = [k for k, least in floor.items() if k in figures and figures[k] < least - SLACK]
    for key in low:
        print(f"BELOW THE FLOOR: {key} = {figures[key]:.4f}, floor {floor[key]:.4f}")
    missing = [k for k in floor if k not in figures]
    if missing:
        print(f"not measured in this run: {', '.join(missing)}")
    return 1 if low else 0


if __name__ == "__main__":
    main()
