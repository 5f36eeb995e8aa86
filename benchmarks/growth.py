"""How the time to ask grows with the documents, up to 100,000 passages.

The larger corpora are made: copies of the bundled articles' passages in which half of the words
gave way to others of the articles, as often as they stand there, and vectors of the originals
moved at random to a cosine of about 0.7. Asking costs what the number and length of texts make
it cost, not what they say, with one exception, which is to our disadvantage: the vocabulary does
not grow, so that BM25 finds a question's words in more passages than it would in life.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import cycle, islice

import numpy as np

import seeds
from benchmarks.timing import golden_questions
from index.build import encode_documents, open_encoder
from index.contents import Contents
from index.digests import sentence_digests
from index.encode import OnnxEncoder
from index.folder import load_folder
from index.passages import PassageTable
from index.terms import Terms
from index.texts import passage_stems, sentence_stems
from index.types import Document, Passage, Sentence, Stored, text_id
from rag.engine import Engine
from rag.read import open_reader

SIZES = (1_000, 10_000, 100_000)
KEPT = 0.5  # of the words
QUESTIONS = 20


def figures(sizes: Sequence[int] = SIZES, *, questions: int = QUESTIONS) -> dict[str, float]:
    """Median time to ask over so many passages, over that of the bundled articles."""
    encoder, _ = open_encoder(None)
    articles = encode_documents(load_folder(seeds.FOLDER).documents, encoder)
    asked = golden_questions()[:questions]
    small = _engine(articles, encoder)
    return {
        f"ask over {size:,} passages": _ratio(small, _engine(grown(articles, size), encoder), asked)
        for size in sizes
    }


def _engine(contents: Contents, encoder: OnnxEncoder) -> Engine:
    return Engine(contents.retriever(encoder), open_reader(), contents.documents)


def _ratio(small: Engine, large: Engine, questions: Sequence[str]) -> float:
    """Median seconds of the large engine over the small one's, each question asked in turn."""
    times: list[tuple[float, float]] = []
    for question in (questions[0], *questions):
        start = time.perf_counter()
        small.ask(question)
        middle = time.perf_counter()
        large.ask(question)
        times.append((middle - start, time.perf_counter() - middle))
    medians = np.median(times[1:], axis=0)  # the first loads and warms
    return float(medians[1] / medians[0])


def grown(contents: Contents, size: int) -> Contents:
    """`size` passages made of those of `contents`; seeded."""
    random = np.random.default_rng(0)
    words = [w for p in contents.passages for s in p.sentences for w in _words(p, s)]
    passages = [
        _altered(passage, number, words, random)
        for number, passage in enumerate(islice(cycle(contents.passages), size))
    ]
    rows = np.arange(size) % len(contents.passages)
    ends = np.cumsum([len(p.sentences) for p in contents.passages])
    own = np.split(np.arange(ends[-1]), ends[:-1])  # the sentences of each original
    sentence_rows = np.concatenate([own[row] for row in rows])
    lengths = (len(sentence_stems(p.document, s)) for p in passages for s in p.sentences)
    table = PassageTable.from_passages([p.document for p in passages], passages)
    return Contents(
        table,
        _moved(contents.vectors, rows, random),
        _moved(contents.sentence_vectors, sentence_rows, random),
        sentence_digests(table),
        Terms.of([passage_stems(p) for p in passages], lengths),
    )


def _words(passage: Passage, sentence: Sentence) -> list[str]:
    return passage.document.cut(sentence.span).split()


def _altered(
    passage: Passage, number: int, words: Sequence[str], random: np.random.Generator
) -> Passage:
    """A passage of as many words, half of them others, in a document of its own."""
    texts, sentences, at = [], [], 0
    for sentence in passage.sentences:
        own = _words(passage, sentence)
        others = random.integers(0, len(words), len(own))
        kept = random.random(len(own)) < KEPT
        text = " ".join(
            w if keep else words[o] for w, o, keep in zip(own, others, kept, strict=True)
        )
        texts.append(text)
        sentences.append(Sentence(at, at + len(text)))
        at += len(text) + 1
    text = " ".join(texts)
    document = Document(text_id(text), text, passage.document.title, f"{number}.txt")
    return Passage(document, 0, len(text), tuple(sentences), passage.headings)


def _moved(vectors: Stored, rows: np.ndarray, random: np.random.Generator) -> Stored:
    """Unit vectors near those of `rows`."""
    noise = random.standard_normal((len(rows), vectors.shape[1]), np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    noise += vectors[rows]
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    return noise.astype(np.float16)
