"""chroma's chunking evaluation, five documents in one index: cited characters against gold ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from benchmarks.kit.asking import Readers, ask_all
from benchmarks.kit.corpora import encoded
from benchmarks.kit.metrics import Figure
from benchmarks.kit.sets import Question, chroma, chroma_documents
from index.encoder import OnnxEncoder
from index.types import Document, Span

Stretch = tuple[str, Span]  # of a source


def figures(data: Path, encoder: OnnxEncoder, readers: Readers) -> dict[str, Figure]:
    """Intersection over union and recall of cited characters, beside whole passages by cosine."""
    documents = chroma_documents(data / "chroma_chunking")
    contents, asking = encoded(documents, encoder)
    retriever = contents.retriever(asking)
    ids = {d.source: d.id for d in documents}
    rows = list(chroma(data / "chroma_chunking"))
    gold = [[(source, span) for span in spans] for _, source, spans in rows]
    questions = [Question(text, tuple((ids[s], x) for x in spans)) for text, s, spans in rows]
    cited: dict[str, list[list[Stretch]]] = {}
    for name, reader in readers.items():
        asked = ask_all(retriever, documents, reader, questions)
        cited[name] = [
            [(c.document.source, s) for c in a.answer.citations for s in c.sentences] for a in asked
        ]
    found = [retriever.dense.search(asking.encode_query(q.text), 5) for q in questions]
    passages = [[retriever.passages[row] for row, _ in rows] for rows in found]
    whole = [[_stretch(p.document, p.start, p.end) for p in five] for five in passages]
    results = {
        f"sentences.{name}": Figure(np.array([float(len(c)) for c in cited[name]]))
        for name in readers
    }
    cited |= {"one passage": [w[:1] for w in whole], "five passages": whole}
    for name, stretches in cited.items():
        pairs = [overlap(c, g) for c, g in zip(stretches, gold, strict=True)]
        table = np.array(pairs)
        results |= {f"iou.{name}": Figure(table[:, 0]), f"recall.{name}": Figure(table[:, 1])}
    return results


def _stretch(document: Document, start: int, end: int) -> Stretch:
    return document.source, Span(start, end)


def overlap(cited: Sequence[Stretch], gold: Collection[Stretch]) -> tuple[float, float]:
    """Intersection over union, and recall, of characters."""
    found = {(source, i) for source, span in cited for i in range(*span)}
    wanted = {(source, i) for source, span in gold for i in range(*span)}
    both = len(found & wanted)
    return both / len(found | wanted), both / len(wanted)
