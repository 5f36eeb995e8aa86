"""What overviews are measured by: public sets, other programs' summaries, ROUGE.

Nothing here downloads anything: sentences are ours, words are split by a pattern.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rouge_score.rouge_scorer import RougeScorer
from rouge_score.scoring import Score
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence as Told
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

from index.load import load_file
from index.types import Document

MEASURES = ("rouge1", "rouge2", "rougeL")
LICENSES = Path("/usr/share/common-licenses")  # Debian's
JUDGED = Path(__file__).parents[2] / "tests/judged/overviews.jsonl"
MATTERING = JUDGED.with_name("mattering.jsonl")


class Summarized(NamedTuple):
    """What a person wrote of a document; `topic` is what was asked, "" for all that it says."""

    document: str
    topic: str
    reference: str


class MarkedDocument(NamedTuple):
    """A document that a person read; each mark is a string of one sentence of it."""

    name: str
    document: Document
    thesis: tuple[str, ...]
    must: tuple[str, ...]
    may: tuple[str, ...]


class MatteringDocument(NamedTuple):
    """A document that a person read; each mark is of a sentence that tells why it matters."""

    document: Document
    matters: tuple[str, ...]


def meetings(data: Path) -> tuple[dict[str, Document], list[Summarized]]:
    """QMSum: its meetings by name, and what people wrote for each query."""
    documents = {
        row["doc"]: _read(row["text"], f"{row['doc']}.txt")
        for row in _rows(data / "qmsum/qmsum.docs.jsonl.gz")
    }
    queries = _rows(data / "qmsum/qmsum.jsonl.gz")
    return documents, [Summarized(q["doc"], q["question"], q["answer_text"]) for q in queries]


def whole_meetings(queries: Iterable[Summarized]) -> list[Summarized]:
    """Of each meeting its summaries of discussions, joined: the set has none of the whole."""
    joined: dict[str, list[str]] = {}
    for query in queries:
        if re.match(r"(?i)summari[sz]e", query.topic):
            joined.setdefault(query.document, []).append(query.reference)
    return [
        Summarized(name, "", " ".join(parts)) for name, parts in joined.items() if len(parts) > 1
    ]


def papers(data: Path) -> tuple[dict[str, Document], list[Summarized]]:
    """COVID-QA: the bodies of its papers by number, and their abstracts."""
    documents, wanted = {}, []
    for row in _rows(data / "qa/covidqa.docs.jsonl.gz"):
        _, _, rest = row["text"].partition("\nAbstract: ")
        abstract, _, body = rest.partition("\n\nText: ")
        if len(abstract) > 200 and len(body) > 3 * len(abstract):
            documents[row["doc"]] = _read(body, f"{row['doc']}.txt")
            wanted.append(Summarized(row["doc"], "", abstract))
    return documents, wanted


def marked(data: Path) -> list[MarkedDocument]:
    """The documents of tests/judged/overviews.jsonl, but for those that are not on this machine."""
    found = []
    for row in map(json.loads, JUDGED.read_text("utf-8").splitlines()):
        if document := _judged(row["document"], data):
            marks = (tuple(row[kind]) for kind in ("thesis", "must", "may"))
            found.append(MarkedDocument(row["document"], document, *marks))
    return found


def mattering(data: Path) -> list[MatteringDocument]:
    """The documents of tests/judged/mattering.jsonl; those of SciFact are abstracts."""
    rows = [json.loads(line) for line in MATTERING.read_text("utf-8").splitlines()]
    lines = (data / "scifact/corpus.jsonl").read_text("utf-8").splitlines()
    abstracts = {one["_id"]: one["text"] for one in map(json.loads, lines)}
    found = []
    for row in rows:
        path, _, part = row["document"].partition("#")
        if path.startswith("scifact/"):
            document: Document | None = _read(abstracts[part], f"{part}.txt")
        else:
            document = _judged(row["document"], data)
        assert document is not None
        found.append(MatteringDocument(document, tuple(row["matters"])))
    return found


def _judged(name: str, data: Path) -> Document | None:
    if name.startswith("common-licenses/"):
        file = LICENSES / Path(name).name
        return _read(file.read_text("utf-8"), f"{file.name}.txt") if file.is_file() else None
    path, _, part = name.partition("#")
    if part:
        row = next(row for row in _rows(data / path) if row["doc"] == part)
        return _read(row["text"], f"{part}.txt")
    file = (data if path.startswith("field/") else JUDGED.parents[2]) / path
    return load_file(file.read_bytes(), file.name).documents[0]


def _read(text: str, name: str) -> Document:
    return load_file(text.encode("utf-8", "surrogatepass"), name).documents[0]


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@cache
def _scorer() -> RougeScorer:
    return RougeScorer(list(MEASURES), use_stemmer=True)


def rouge(said: str, reference: str) -> dict[str, float]:
    """F1 of ROUGE-1, -2 and -L, 0-1, stemmed: Lin, WAS 2004, as `rouge-score` counts it."""
    scores: Mapping[str, Score] = _scorer().score(reference, said)
    return {name: float(scores[name].fmeasure) for name in MEASURES}


def oracle(sentences: Sequence[str], reference: str, count: int) -> list[int]:
    """Which sentences give the most ROUGE-2, then ROUGE-1, each chosen greedily."""
    chosen: list[int] = []
    best = (0.0, 0.0)
    near = _sharing(sentences, reference)
    for _ in range(count):
        tried = []
        for number in near:
            if number not in chosen:
                own = sorted([*chosen, number])
                found = rouge(" ".join(sentences[i] for i in own), reference)
                tried.append((found["rouge2"], found["rouge1"], -number))
        top = max(tried, default=(0.0, 0.0, 0))
        if top[:2] <= best:
            break
        best = top[:2]
        chosen.append(-top[2])
    return chosen


def _sharing(sentences: Sequence[str], reference: str, most: int = 40) -> list[int]:
    """The sentences that share most words with the reference, so that not all need be tried."""
    words = set(re.findall(r"\w+", reference.casefold()))
    shared = [len(words & set(re.findall(r"\w+", s.casefold()))) for s in sentences]
    return sorted(range(len(sentences)), key=lambda i: -shared[i])[:most]


def others(sentences: Sequence[str], count: int, seed: str) -> dict[str, list[int]]:
    """What lead, chance, and sumy's LexRank and TextRank choose of the same sentences."""
    numbers = range(len(sentences))
    chance = random.Random(seed).sample(numbers, min(count, len(sentences)))
    return {
        "lead": list(numbers[:count]),
        "random": chance,
        "sumy LexRank": _sumy(LexRankSummarizer, sentences, count),
        "sumy TextRank": _sumy(TextRankSummarizer, sentences, count),
    }


def _sumy(kind: Callable[..., Any], sentences: Sequence[str], count: int) -> list[int]:
    told = [Told(f"{i}\n{words}", _SentenceWords()) for i, words in enumerate(sentences)]
    summarizer = kind(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")
    chosen = summarizer(ObjectDocumentModel([Paragraph(told)]), count)
    return [int(str(one).partition("\n")[0]) for one in chosen]


class _SentenceWords:
    """How sumy is told to split words: its own tokenizer downloads a model.

    A sentence stands behind its number, which tells equal ones apart.
    """

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of letters alone."""
        return tuple(re.findall(r"[^\W\d_]+", sentence.partition("\n")[2]))
