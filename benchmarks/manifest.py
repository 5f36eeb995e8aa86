"""What the benchmarks hold: python -m benchmarks.manifest --data ../shared/data

Writes benchmarks/manifest.json: of each set the fingerprints of its questions and paragraphs, so
that anybody can check that no training set holds one of them. A fingerprint is the first 16 hex
digits of the sha256 of the text's words: NFKC, lower case, letters and digits alone, joined by
single spaces. Of SciFact the corpus as a whole is searched, its training claims' abstracts among
the rest: that is how the set is made. Listed are the test claims and the abstracts that answer
them, which no training claim may cite.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import seeds
from benchmarks import broad
from benchmarks.field import ASKED, FieldQuestion, corpora
from benchmarks.kit.sets import beir, squad
from index import Index
from index.load import load_text
from index.types import Document

MANIFEST = Path(__file__).with_name("manifest.json")
GOLDEN = Path(__file__).parents[1] / "tests/golden/questions.jsonl"
SQUAD2_BENCHMARK = slice(8, 10)
_WORD = re.compile(r"[^\W_]+")
_LEAST_WORDS = 5  # of a paragraph of a whole document: a heading is nobody's property


class Texts(NamedTuple):
    """The questions and paragraphs of one set."""

    questions: list[str]
    paragraphs: list[str]


class Listing(NamedTuple):
    """Their fingerprints, sorted, each once."""

    questions: list[str]
    paragraphs: list[str]


def main() -> None:
    """Write the file, print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    args = parser.parse_args()
    write(MANIFEST, benchmark_texts(args.data))


def normalised(text: str) -> str:
    """The words of a text and nothing else: what two copies of it share."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def fingerprint(text: str) -> str:
    """16 hex digits that texts of the same words share; "" for a text without a word."""
    words = normalised(text)
    return hashlib.sha256(words.encode()).hexdigest()[:16] if words else ""


def write(path: Path, sets: Iterable[tuple[str, Texts]]) -> None:
    """Write the manifest of sets, one fingerprint a line, and print how many there are."""
    rows = {}
    for name, texts in sets:
        one = Listing(_fingerprints(texts.questions), _fingerprints(texts.paragraphs))
        print(f"{name}: {len(one.questions)} questions, {len(one.paragraphs)} paragraphs")
        rows[name] = one._asdict()
    path.write_text(json.dumps(rows, indent=0) + "\n", "utf-8")


def read(path: Path) -> dict[str, Listing]:
    """What `write` wrote, by name."""
    return {name: Listing(**one) for name, one in json.loads(path.read_text("utf-8")).items()}


def benchmark_texts(data: Path) -> Iterator[tuple[str, Texts]]:
    """Each benchmark set by name."""
    yield "wiki_even", _squad(data / "squadshifts/new_wiki_even_articles.json")
    yield "chroma", _chroma(data / "chroma_chunking")
    scifact = beir(data / "scifact")
    gold = set().union(*scifact.relevant.values())
    claims = [scifact.queries[query] for query in scifact.relevant]
    yield "scifact test", Texts(claims, [d.text for d in scifact.documents if d.source in gold])
    pool = beir(data / "hotpotqa/beir_pooled500")
    yield "hotpot pool", Texts(list(pool.queries.values()), [d.text for d in pool.documents])
    yield "squad2 articles 9-10", _squad(data / "squad2/dev_10_articles.json", SQUAD2_BENCHMARK)
    golden = [json.loads(line)["question"] for line in GOLDEN.read_text("utf-8").splitlines()]
    yield "golden", Texts(golden, _paragraphs(_texts(seeds.FOLDER, "*.txt")))
    given = {c: q for c, q in corpora(data).items() if c.parent != ASKED}
    yield "field", _typed(given)
    yield "asked", _typed(corpora(None), corpora(None, closed=True))
    yield "broad", _broad(data)


def _typed(*halves: Mapping[Path, Sequence[FieldQuestion]]) -> Texts:
    """Questions as people type them, and the documents that they are asked of."""
    questions = [q.text for half in halves for asked in half.values() for q in asked]
    loaded = [Index.load(corpus / "docs") for corpus in halves[0]]
    return Texts(questions, _paragraphs([d for one in loaded for d in one.documents]))


def _broad(data: Path) -> Texts:
    """The broad questions, and the documents that are asked by no other set."""
    halves = [broad.corpora(data, closed=closed) for closed in (False, True)]
    questions = [q.text for half in halves for asked in half.values() for q in asked]
    own = [folder for folder in halves[0] if folder.is_relative_to(broad.BROAD)]
    documents = [d for folder in own for d in Index.load(folder).documents]
    return Texts(questions, _paragraphs(documents))


def _squad(path: Path, articles: slice = slice(None)) -> Texts:
    documents, questions = squad(path, articles)
    return Texts([q.text for q in questions], [d.text for d in documents])


def _chroma(folder: Path) -> Texts:
    """Its questions, gold excerpts and documents."""
    with (folder / "questions_df.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    excerpts = [part["content"] for row in rows for part in json.loads(row["references"])]
    return Texts(
        [row["question"] for row in rows], [*excerpts, *_paragraphs(_texts(folder, "*.md"))]
    )


def _texts(folder: Path, pattern: str) -> list[Document]:
    return [load_text(p.read_bytes(), p.name) for p in sorted(folder.glob(pattern))]


def _paragraphs(documents: Sequence[Document]) -> list[str]:
    """The paragraphs of documents, and these themselves."""
    texts = [t for d in documents for t in _blocks(d)]
    texts = [t for t in texts if len(normalised(t).split()) >= _LEAST_WORDS]
    return [*(d.text for d in documents), *texts]


def _blocks(document: Document) -> Iterator[str]:
    """What an empty line divides, where the file was read in a process that keeps no blocks."""
    if not document.blocks:
        yield from document.text.split("\n\n")
    yield from (document.text[b.start : b.end] for b in document.blocks)


def _fingerprints(texts: Iterable[str]) -> list[str]:
    return sorted({f for t in texts if (f := fingerprint(t))})


if __name__ == "__main__":
    main()
