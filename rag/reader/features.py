"""What the retrievers know of a sentence, as named numbers."""

from __future__ import annotations

from index import Hit
from rag.query import KINDS, AskedQuestion


def sentence_features(hit: Hit, i: int, question: AskedQuestion) -> dict[str, float]:
    """The features of sentence `i` of a hit, by name."""
    expected = question.expectation
    e = hit.evidence
    assert e is not None, "the retriever gives evidence"
    sentence = hit.passage.sentences[i]
    words = hit.passage.document.cut(sentence.span)
    before = _sentence_before(hit, i)
    found = expected is not None and expected.met_by(words)
    return {
        "similarity": e.similarity[i],
        "lexical": e.lexical[i],
        "fused": hit.score,
        "cosine": e.cosine,
        "coverage": e.coverage[i],
        "passage_coverage": e.passage_coverage,
        "relation": e.relation[i],
        "similarity_lead": e.similarity[i] - max(e.similarity),
        "lexical_lead": e.lexical[i] - max(e.lexical),
        "stub": max(0.0, 1 - len(words) / 60),
        "asks": float(_asks(words)),
        # "Can it be done? The answer is no.": what follows a question like ours answers it
        "follows": max(0.0, e.similarity[i - 1]) if before and _asks(before) else 0.0,
        **{
            f"{k}_found": float(found and expected is not None and expected.kind == k)
            for k in KINDS
        },
        **{
            f"{k}_missing": float(not found and expected is not None and expected.kind == k)
            for k in KINDS
        },
    }


def _sentence_before(hit: Hit, i: int) -> str:
    """The words of the sentence before sentence `i` of the passage; "" for the first."""
    return hit.passage.document.cut(hit.passage.sentences[i - 1].span) if i else ""


def _asks(sentence: str) -> bool:
    return sentence.rstrip("\"'”’)").endswith("?")
