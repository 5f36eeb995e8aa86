"""The benchmark over made sets: the figures it names, what it compares them with, its pictures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import quality
from benchmarks.kit import (
    abstracts,
    curves,
    excerpts,
    squad2,
    two_facts,
    wiki,
)
from benchmarks.kit.asking import (
    FIRST,
    TRAINED,
    Readers,
    ask_all,
    judged,
)
from benchmarks.kit.corpora import encoded, without
from benchmarks.kit.metrics import Figure
from benchmarks.kit.passages import after_reading, documents_in_order, over_the_best_baseline
from benchmarks.kit.sets import squad
from index.encoder.encode import OnnxEncoder
from index.generation.build import encode_documents
from index.language import Query
from index.types import Hit, Span
from rag.reader.first import FirstReader
from rag.readings import Reading
from tests.doubles import document

HARBOUR = "The harbour of Brell was dredged in 1987. It took eleven months."
LIGHTHOUSE = "The lighthouse stands on the eastern mole. It is 41 metres tall."
EELS = "Eels migrate from the river Tarn to the sea each autumn. Poachers take glass eels."
BREAD = "Rye bread needs a sour starter. The dough of rye bread rests for twelve hours."
QUESTIONS = {
    HARBOUR: ("When was the harbour of Brell dredged?", "1987"),
    LIGHTHOUSE: ("Where does the lighthouse stand?", "eastern mole"),
    EELS: ("When do eels migrate from the river Tarn?", "each autumn"),
    BREAD: ("How long does the dough of rye bread rest?", "twelve hours"),
}


@pytest.fixture(scope="module")
def readers() -> Readers:
    """Both names, one reader: what is told apart here are the figures, not the readers."""
    return {TRAINED: FirstReader.shipped(), FIRST: FirstReader.shipped()}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of sets in the public ones' formats, with four paragraphs each."""
    folder = tmp_path_factory.mktemp("data")
    article = {"paragraphs": [_paragraph(text) for text in QUESTIONS]}
    unanswerable = {"question": "When was the tower built?", "is_impossible": True, "answers": []}
    article["paragraphs"][0]["qas"].append(unanswerable)
    _write(folder / wiki.FILE, json.dumps({"data": [{"paragraphs": article["paragraphs"][1:]}]}))
    _write(folder / squad2.FILE, json.dumps({"data": [article] * 10}))
    for name in ("scifact", "hotpotqa/beir_pooled500"):
        _beir(folder / name)
    text = "\n\n".join(QUESTIONS)
    _write(folder / "chroma_chunking/all.md", text)
    start = text.index(BREAD)
    gold = [{"content": BREAD, "start_index": start, "end_index": start + len(BREAD)}]
    row = f'{QUESTIONS[BREAD][0]},"{json.dumps(gold).replace(chr(34), chr(34) * 2)}",all\n'
    _write(folder / "chroma_chunking/questions_df.csv", f"question,references,corpus_id\n{row}")
    return folder


def _paragraph(text: str) -> dict[str, Any]:
    question, answer = QUESTIONS[text]
    found = {"text": answer, "answer_start": text.index(answer)}
    return {"context": text, "qas": [{"question": question, "answers": [found]}]}


def _beir(folder: Path) -> None:
    rows = [{"_id": str(i), "title": "", "text": text} for i, text in enumerate(QUESTIONS)]
    _write(folder / "corpus.jsonl", "\n".join(map(json.dumps, rows)))
    queries = [{"_id": "q", "text": "harbour dredged, and lighthouse on the mole"}]
    _write(folder / "queries.jsonl", "\n".join(map(json.dumps, queries)))
    _write(folder / "qrels/test.tsv", "query-id\tcorpus-id\tscore\nq\t0\t1\nq\t1\t1\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


SYSTEMS = ("retrieval", "dense", "bm25", "rrf", TRAINED, FIRST)


def test_wiki(data: Path, tiny_encoder: OnnxEncoder, readers: Readers) -> None:
    figures = wiki.figures(data, tiny_encoder, readers)
    for system in SYSTEMS:
        assert figures[f"recall@1.{system}"].rows.shape == (3,)
    for system in (TRAINED, FIRST):
        assert figures[f"ranking first.{system}"].value == 1.0
        assert figures[f"answers given.{system}"].rows.shape == (3,)
        assert figures[f"answers given without gold.{system}"].rows.shape == (3,)
        assert figures[f"calibration error.{system}"].rows.shape == (6, 2)
        # without the gold passages nothing that is found can be gold
        assert figures[f"calibration error.{system}"].rows[3:, 1].sum() == 0


def test_squad2(data: Path, tiny_encoder: OnnxEncoder, readers: Readers) -> None:
    figures = squad2.figures(data, tiny_encoder, readers)
    # five questions in each of two articles
    assert figures[f"auroc.{FIRST}"].rows[:, 1].tolist() == [1, 0, 1, 1, 1] * 2
    assert figures[f"answers given without gold.{FIRST}"].rows.shape == (2,)
    assert figures[f"ranking first.{FIRST}"].value == 1.0


def test_scifact(data: Path, tiny_encoder: OnnxEncoder, readers: Readers) -> None:
    figures = abstracts.figures(data, tiny_encoder, readers)
    for system in (*SYSTEMS, "trained_20", "trained_50"):
        assert figures[f"ndcg@10.{system}"].rows.shape == (1,)
    assert figures["ndcg@10.bm25"].value == 1.0  # the best of the baselines
    for system in ("retrieval", "trained", "trained_20", "trained_50"):
        lead = figures[f"ndcg@10 over the best baseline.{system}"]
        assert lead.value == figures[f"ndcg@10.{system}"].value - 1.0


def test_hotpot(data: Path, tiny_encoder: OnnxEncoder, readers: Readers) -> None:
    figures = two_facts.figures(data, tiny_encoder, readers)
    for system in (*SYSTEMS, "trained_20"):
        assert figures[f"both in five.{system}"].rows.tolist() == [1.0]


def test_chroma(data: Path, tiny_encoder: OnnxEncoder, readers: Readers) -> None:
    figures = excerpts.figures(data, tiny_encoder, readers)
    for system in (TRAINED, "one passage", "five passages"):
        assert 0 <= figures[f"iou.{system}"].value <= figures[f"recall.{system}"].value <= 1


def test_overlap_counts_characters() -> None:
    gold = [("a", Span(0, 10))]
    assert excerpts.overlap([("a", Span(5, 15))], gold) == (5 / 15, 0.5)
    assert excerpts.overlap([("b", Span(0, 10))], gold) == (0.0, 0.0)
    assert excerpts.overlap([], gold) == (0.0, 0.0)


def test_an_index_without_a_document_is_that_of_the_others(
    data: Path, tiny_encoder: OnnxEncoder
) -> None:
    documents, _ = squad(data / wiki.FILE)
    contents, _ = encoded(documents, tiny_encoder)
    left = without(contents, {documents[1].id})
    fresh = encode_documents([documents[0], documents[2]], tiny_encoder)
    assert left.documents == fresh.documents
    assert list(left.passages) == list(fresh.passages)
    np.testing.assert_allclose(left.vectors, fresh.vectors, atol=1e-6)
    np.testing.assert_allclose(left.sentence_vectors, fresh.sentence_vectors, atol=1e-6)
    question = QUESTIONS[EELS][0]
    both = [c.retriever(tiny_encoder).search(Query(question), 5) for c in (left, fresh)]
    assert [h.ranks for h in both[0]] == [h.ranks for h in both[1]]
    assert [h.evidence.lexical for h in both[0] if h.evidence] == [
        h.evidence.lexical for h in both[1] if h.evidence
    ]


def test_confidence_is_judged_by_the_best_sentence(
    data: Path, tiny_encoder: OnnxEncoder, readers: Readers
) -> None:
    documents, questions = squad(data / wiki.FILE)
    contents, asking = encoded(documents, tiny_encoder)
    asked = ask_all(contents.retriever(asking), documents, readers[FIRST], questions)
    assert [a.question for a in asked] == questions
    for one, (confidence, right) in zip(asked, judged(asked), strict=True):
        best = one.readings[0]
        assert confidence == best.probability == one.answer.confidence
        assert bool(right) == one.question.is_gold(best.hit.passage.document, best.span)


def test_what_was_read_comes_first_and_the_rest_as_retrieved(tiny_encoder: OnnxEncoder) -> None:
    documents = [document(text, name) for name, text in zip("abcd", QUESTIONS, strict=True)]
    a, b, c, d = encode_documents(documents, tiny_encoder).passages
    readings = [
        Reading(Hit(p, 1.0), p.sentences[0].span, score, 0.5) for p, score in ((b, 1.0), (a, 2.0))
    ]
    ranking = after_reading(readings, [d, b, a, c, a])
    assert ranking[:4] == [a, b, d, c]
    assert [x.source for x in documents_in_order([c, a, c, b])] == ["c", "a", "b"]


def test_the_best_baseline_is_the_best_of_this_run() -> None:
    marks: Mapping[str, Sequence[float]] = {
        "dense": (0, 0), "bm25": (1, 0), "rrf": (0, 0), TRAINED: (1, 1),
    }  # fmt: skip
    figures = {f"x.{name}": Figure(np.array(m, np.float64)) for name, m in marks.items()}
    lead = over_the_best_baseline(figures, "x", [TRAINED])
    assert lead["x over the best baseline.trained"].rows.tolist() == [0, 1]


BOUNDS = {"floor": {"a.right.x": 0.8, "b.right.x": 0.5}, "ceiling": {"a.wrong.x": 0.2}}


def test_figures_at_their_bounds_hold() -> None:
    assert quality.shortfalls({"a.right.x": 0.796, "a.wrong.x": 0.204}, BOUNDS, ["a"]) == []


@pytest.mark.parametrize(
    ("values", "sets", "told"),
    [
        ({"a.right.x": 0.79, "a.wrong.x": 0.2}, ["a"], "FLOOR: a.right.x"),
        ({"a.right.x": 0.9, "a.wrong.x": 0.21}, ["a"], "CEILING: a.wrong.x"),
        ({"a.right.x": float("nan"), "a.wrong.x": 0.1}, ["a"], "FLOOR: a.right.x"),
        ({"a.right.x": 0.9}, ["a"], "NOT MEASURED: a.wrong.x"),
        ({"c.right.x": 0.9}, ["c"], "NO BOUND: c"),
    ],
)
def test_a_figure_beyond_its_bound_or_missing_is_told(
    values: Mapping[str, float], sets: list[str], told: str
) -> None:
    (missed,) = quality.shortfalls(values, BOUNDS, sets)
    assert told in missed


def test_the_curves_are_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    table = np.array([(0.1, 0), (0.4, 1), (0.9, 1)], np.float64)
    panels = {"one": {TRAINED: table, FIRST: table}, "two": {TRAINED: table, FIRST: table}}
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        curves.draw(panels, {TRAINED: 0.3, FIRST: 0.95}, folder)
    for name in ("risk_coverage.png", "reliability.png"):
        drawn = (tmp_path / "a" / name).read_bytes()
        assert drawn.startswith(b"\x89PNG")
        assert drawn == (tmp_path / "b" / name).read_bytes()
