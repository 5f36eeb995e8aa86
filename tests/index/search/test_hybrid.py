"""Vectors, BM25 and their fusion against straightforward oracles."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index.generation.build import encode_documents
from index.language import Query
from index.language.analysis import stems, words
from index.passages.texts import SentenceStems, sentence_text
from index.search.dense import Dense
from index.search.hybrid import Hybrid, reciprocal_rank_fusion
from index.search.postings import K1, B
from index.search.sparse import Sparse
from index.search.terms import Terms
from index.storage.checked import Checked, Draft
from index.types import Hit
from tests.doubles import WORLD, FakeEncoder, document

REPOSITORY = Path(__file__).parents[3]
VOCABULARY = st.sampled_from(["eel", "harbour", "mud", "weir", "bread", "dough", "1987", "Tarn"])
TEXTS = st.lists(st.lists(VOCABULARY, max_size=12).map(" ".join), max_size=12)
SEEDS = st.integers(0, 2**32 - 1)


def unit(rng: np.random.Generator, rows: int, dim: int = 8) -> np.ndarray:
    made = rng.integers(-2, 3, (rows, dim)) + 0.25  # few values, so that there are ties
    scaled: np.ndarray = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    return scaled


def in_order(scores: dict[int, float]) -> list[int]:
    """Best first, ties by number."""
    return sorted(scores, key=lambda row: (-scores[row], row))


class Case:
    """Random passages with random numbers of sentences, and a question."""

    def __init__(self, seed: int, n: int) -> None:
        rng = np.random.default_rng(seed)
        self.passages = unit(rng, n)
        self.starts = np.append(0, np.cumsum(rng.integers(1, 4, n))).astype(np.int64)
        self.sentences = unit(rng, int(self.starts[-1]))
        self.question = unit(rng, 1)[0]
        self.dense = Dense(self.passages, self.sentences, self.starts)

    def cosines(self, rows: np.ndarray) -> list[float]:
        return [
            math.fsum(float(a) * float(b) for a, b in zip(r, self.question, strict=True))
            for r in rows
        ]

    def second(self, row: int) -> float:
        own = self.sentences[self.starts[row] : self.starts[row + 1]]
        return self.cosines(self.passages[row : row + 1])[0] + max(self.cosines(own))


def check_ranking(found: list[tuple[int, float]], scores: dict[int, float], k: int) -> None:
    """The k best by `scores`, each with its score; rows that float32 cannot tell apart may swap."""
    assert len(found) == min(k, len(scores))
    assert len({row for row, _ in found}) == len(found)
    for row, score in found:
        assert score == pytest.approx(scores[row], abs=5e-6)
        assert score == round(score, 6)
    assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))
    left_out = [s for row, s in scores.items() if row not in dict(found)]
    assert not left_out or not found or max(left_out) <= found[-1][1] + 5e-6


@given(SEEDS, st.integers(0, 30), st.integers(0, 40))
def test_the_nearest_are_those_that_brute_force_finds(seed: int, n: int, k: int) -> None:
    case = Case(seed, n)
    scores = dict(enumerate(case.cosines(case.passages)))
    check_ranking(case.dense.search(case.question, k), scores, k)


@given(SEEDS, st.integers(0, 30), st.integers(0, 40))
def test_the_second_look_is_cosine_and_best_sentence(seed: int, n: int, k: int) -> None:
    case = Case(seed, n)
    candidates = case.dense.search(case.question, max(1, n // 2))
    scores = {row: case.second(row) for row, _ in candidates}
    check_ranking(case.dense.second_look(case.question, candidates, k), scores, k)


@given(SEEDS, st.integers(0, 30), st.integers(0, 40), st.sets(st.integers(0, 29)))
def test_the_nearest_are_looked_for_only_among_what_was_chosen(
    seed: int, n: int, k: int, chosen: set[int]
) -> None:
    case = Case(seed, n)
    among = np.array([row in chosen for row in range(n)], bool)
    scores = {r: s for r, s in enumerate(case.cosines(case.passages)) if r in chosen}
    check_ranking(case.dense.search(case.question, k, among), scores, k)


@given(SEEDS, st.integers(1, 12), st.data())
def test_of_a_passage_the_run_with_the_likest_own_sentence_is_looked_at(
    seed: int, n: int, data: st.DataObject
) -> None:
    case = Case(seed, n)
    m = len(case.sentences)
    own = np.array(data.draw(st.lists(st.booleans(), min_size=m, max_size=m)))
    rows = [i for i in range(n) if own[case.starts[i] : case.starts[i + 1]].any()]
    expected = {}
    for row in rows:
        mine = own[case.starts[row] : case.starts[row + 1]].tolist()
        similar = case.dense.similarity(case.question, row).tolist()
        part = case.dense.part(case.question, row, own)
        if all(mine):
            assert part is None
            expected[row] = case.second(row)
            continue
        assert part is not None
        assert all(mine[part])
        assert max(s for s, is_own in zip(similar, mine, strict=True) if is_own) in similar[part]
        assert not any(mine[i] for i in (part.start - 1, part.stop) if 0 <= i < len(mine))
        mean = case.sentences[case.starts[row] :][part].mean(axis=0)
        length = max(float(np.linalg.norm(mean)), 1e-9)
        expected[row] = case.cosines(mean[None, :])[0] / length + max(similar[part])
    found = case.dense.second_look(case.question, [(row, 9.0) for row in rows], n, own)
    whole = {row for row in rows if case.dense.part(case.question, row, own) is None}
    scores = {
        r: 9 + max(case.dense.similarity(case.question, r)) if r in whole else s
        for r, s in expected.items()
    }
    check_ranking(found, scores, n)


def test_a_part_of_a_passage_is_of_its_sentences() -> None:
    passage = hybrid().passages[0]
    part = passage.cut(slice(1, 2))
    assert part.sentences == passage.sentences[1:2]
    assert part.text == passage.document.cut(passage.sentences[1].span)
    assert passage.cut(slice(None)) == passage
    with pytest.raises(ValueError, match="from its first sentence to its last"):
        passage.cut(slice(0, 0))


def test_equal_passages_are_ranked_by_number() -> None:
    same = np.tile(np.eye(4, dtype=np.float32)[0], (6, 1))
    dense = Dense(same, same, np.arange(7))
    assert [row for row, _ in dense.search(same[0], 6)] == list(range(6))
    backwards = [(row, 1.0) for row in range(5, -1, -1)]
    assert [row for row, _ in dense.second_look(same[0], backwards, 6)] == list(range(6))


def terms_of(texts: list[str]) -> Terms:
    """Of `texts`, each a passage of one sentence."""
    found = [stems(text) for text in texts]
    return Terms.of(found, [SentenceStems((), own) for own in found])


def sparse_of(texts: list[str]) -> Sparse:
    """BM25 over `texts`, each a passage of one sentence."""
    return Sparse.build(terms_of(texts))


def lucene(texts: list[str], question: str) -> dict[int, float]:
    """BM25 as Lucene counts it, straight from the formula; every word of the question counts."""
    bags = [Counter(stems(t)) for t in texts]
    mean = sum(bag.total() for bag in bags) / len(bags)
    scores = dict.fromkeys(range(len(texts)), 0.0)
    for stem in stems(question):
        df = sum(stem in bag for bag in bags)
        idf = math.log(1 + (len(bags) - df + 0.5) / (df + 0.5))
        for i, bag in enumerate(bags):
            if bag[stem]:
                length = 1 - B + B * bag.total() / mean
                scores[i] += idf * bag[stem] / (bag[stem] + K1 * length)
    return {i: score for i, score in scores.items() if score}


@given(TEXTS.filter(bool), st.lists(VOCABULARY, max_size=4).map(" ".join), st.integers(0, 15))
def test_bm25_is_lucenes_and_nothing_scores_zero(texts: list[str], question: str, k: int) -> None:
    found = sparse_of(texts).search(Query(question), k)
    check_ranking(found, lucene(texts, question), k)
    assert all(score > 0 for _, score in found)


@given(TEXTS.filter(bool), st.lists(VOCABULARY, max_size=4).map(" ".join), st.data())
def test_bm25_looks_only_among_what_was_chosen(
    texts: list[str], question: str, data: st.DataObject
) -> None:
    among = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))))
    found = sparse_of(texts).search(Query(question), 15, among)
    scores = {row: s for row, s in lucene(texts, question).items() if among[row]}
    check_ranking(found, scores, 15)


def saved(sparse: Sparse, texts: list[str], folder: Path) -> Sparse:
    """What is read of it after it was written."""
    draft = Draft(folder)
    terms_of(texts).save(draft)
    sparse.save(draft)
    return Sparse.load(Checked(folder, draft.entries))


@pytest.mark.parametrize("texts", [[], [""], ["the of and"], ["eel"]])
@pytest.mark.parametrize("question", ["", "the", "eel", "unheard-of words", "\ud800 \x00"])
def test_an_index_of_nothing_answers_nothing(
    texts: list[str], question: str, tmp_path: Path
) -> None:
    sparse = sparse_of(texts)
    for each in (sparse, saved(sparse, texts, tmp_path)):
        found = each.search(Query(question), 100)
        assert [row for row, _ in found] == ([0] if "eel" in texts and question == "eel" else [])


@given(TEXTS.filter(bool), st.lists(VOCABULARY, min_size=1, max_size=4).map(" ".join))
def test_bm25_is_the_same_after_the_disk(texts: list[str], question: str) -> None:
    import tempfile

    built = sparse_of(texts)
    with tempfile.TemporaryDirectory() as folder:
        loaded = saved(built, texts, Path(folder))
    assert loaded.search(Query(question), 10) == built.search(Query(question), 10)
    assert [loaded.idf(s) for s in stems(question)] == [built.idf(s) for s in stems(question)]


def test_a_rarer_word_weighs_more_and_an_unheard_one_most() -> None:
    sparse = sparse_of(["eel eel weir", "eel", "mud"])
    assert sparse.idf("unheard") > sparse.idf("weir") > sparse.idf("eel") > 0


def test_a_sentence_scores_by_the_same_measure() -> None:
    texts = ["eel weir", "eel mud harbour", "mud"]
    sparse = sparse_of(texts)  # sentences as long as passages: then it is BM25 itself
    for text, score in zip(texts, sparse.scores(Query("eel weir")), strict=True):
        found = sparse.sentence_score(stems("eel weir"), stems(text))
        assert found == pytest.approx(score, abs=1e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "US"), ("eels", "eel"), ("“Dredging”", "dredged"), ("ﬁle", "files"),
        ("China’s", "China"), ("co\u00adoperate", "cooperate"), ("**mud**", "mud"),
    ],
)  # fmt: skip
def test_two_writings_of_a_word_are_one(one: str, other: str) -> None:
    assert stems(one) == stems(other) != []


def test_the_country_is_no_pronoun() -> None:
    assert [w for w, _ in words("The US told us")] == ["US", "told"]


RANKINGS = st.lists(st.lists(st.integers(0, 12), unique=True, max_size=10), max_size=3)


@given(RANKINGS, st.integers(1, 60))
def test_fusion_is_the_sum_of_reciprocal_ranks(rankings: list[list[int]], k: int) -> None:
    items = {i for ranking in rankings for i in ranking}
    scores = {i: round(sum(1 / (k + r.index(i) + 1) for r in rankings if i in r), 6) for i in items}
    found = reciprocal_rank_fusion(rankings, k)
    assert found == [(i, scores[i]) for i in in_order(scores)]


def hybrid() -> Hybrid:
    encoder = FakeEncoder()
    documents = [document(text, source) for source, text in sorted(WORLD.items())]
    return encode_documents(documents, encoder).retriever(encoder)


@pytest.mark.parametrize("question", ["eels in the Tarn", "harbour", "zzz", "the", "1987?"])
@pytest.mark.parametrize("k", [0, 1, 3, 1_000])
def test_hits_are_fused_ranks_with_their_evidence(question: str, k: int) -> None:
    retriever = hybrid()
    hits = retriever.search(Query(question), k)
    assert len(hits) == min(k, len(retriever.passages))
    for hit in hits:
        fused = sum(1 / (10 + rank) for rank in hit.ranks.values())
        assert hit.score == pytest.approx(fused, abs=1e-6)
        check_evidence(retriever, question, hit)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def check_evidence(retriever: Hybrid, question: str, hit: Hit) -> None:
    evidence = hit.evidence
    assert evidence is not None
    vector = retriever.encoder.encode_query(question)
    texts = [sentence_text(hit.passage.document, s) for s in hit.passage.sentences]
    similar = retriever.encoder.encode_passages(texts) @ vector
    assert evidence.similarity == pytest.approx(similar.tolist(), abs=5e-4)
    assert len(evidence.lexical) == len(evidence.coverage) == len(texts)
    asked = stems(question)
    for text, lexical, coverage in zip(texts, evidence.lexical, evidence.coverage, strict=True):
        held = [s for s in asked if s in stems(text)]
        assert (lexical > 0) == (coverage > 0) == bool(held)
        assert 0 <= coverage <= evidence.passage_coverage + 1e-6 <= 1 + 2e-6


PRINT_FILES = """
import hashlib, sys
from pathlib import Path
from index.storage.checked import Draft
from index.search.sparse import Sparse
from index.search.terms import Terms
from index.language.analysis import stems
from tests.doubles import WORLD
folder = Path(sys.argv[1])
folder.mkdir()
terms, draft = Terms.of([stems(t) for t in WORLD.values()]), Draft(folder)
terms.save(draft)
Sparse.build(terms).save(draft)
for file in sorted(p for p in folder.rglob("*") if p.is_file()):
    print(file.name, hashlib.sha256(file.read_bytes()).hexdigest())
"""


@pytest.mark.slow
def test_saved_bm25_files_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    printed = []
    for seed in ("0", "1", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", PRINT_FILES, str(tmp_path / seed)],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        printed.append(run.stdout)
    assert printed[0].count("\n") >= 5
    assert printed[0] == printed[1] == printed[2]


@pytest.mark.parametrize("question", ["harbour office", "tolls", "the office of 1987"])
def test_a_file_is_found_by_the_names_of_its_folders(question: str) -> None:
    made = [
        document("A rowing boat pays eight.\n", "Harbour-office/1987/tolls.txt"),
        document("A rowing boat pays nine.\n", "Weir/1987/rents.txt"),
        document("A rowing boat pays ten.\n", "rents.txt"),
    ]
    encoder = FakeEncoder()
    retriever = encode_documents(made, encoder).retriever(encoder)
    found = [retriever.passages[row] for row, _ in retriever.sparse.search(Query(question), 5)]
    assert found[0].document.source == "Harbour-office/1987/tolls.txt"
    assert "rents.txt" not in [passage.document.source for passage in found]
