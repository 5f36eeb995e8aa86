"""What the retrievers know of a sentence, as named numbers."""

from __future__ import annotations

from index import Hit
from rag.query import KINDS, AskedQuestion
from rag.statements import leans


def sentence_features(hit: Hit, i: int, question: AskedQuestion) -> dict[str, float]:
    """The features of sentence `i` of a hit, by name."""
    expected = question.expectation
    e = hit.evidence
    assert e is not None, "the retriever gives evidence"
    sentence = hit.passage.sentences[i]
    words = hit.passage.document.cut(sentence.span)
    before, after = _sentence(hit, i - 1), _sentence(hit, i + 1)
    found = expected is not None and expected.met_by(words)
    return {
        "similarity": e.similarity[i],
        "lexical": e.lexical[i],
        "fused": hit.score,
        "cosine": e.cosine,
        "coverage": e.coverage[i],
        "passage_coverage": e.passage_coverage,
        "relation": e.relation[i],
        "unheld_names": float(min(e.unheld_names, 2)),
        "rarest_unheld": e.rarest_unheld,
        "nowhere": float(min(e.nowhere, 2)),
        "similarity_lead": e.similarity[i] - max(e.similarity),
        "lexical_lead": e.lexical[i] - max(e.lexical),
        "stub": max(0.0, 1 - len(words) / 60),
        "asks": float(_asks(words)),
        # "Can it be done? The answer is no.": what follows a question like ours answers it
        "follows": max(0.0, e.similarity[i - 1]) if before and _asks(before) else 0.0,
        "before": e.similarity[i - 1] if before else 0.0,
        "leans": float(leans(words)),
        # "... a counter increases. It may do so 1,000 times.": the next one holds what is asked for
        "next_found": float(
            expected is not None and bool(after) and not found and expected.met_by(after)
        ),
        **{
            f"{k}_found": float(found and expected is not None and expected.kind == k)
            for k in KINDS
        },
        **{
            f"{k}_missing": float(not found and expected is not None and expected.kind == k)
            for k in KINDS
        },
    }


def _sentence(hit: Hit, i: int) -> str:
    """The words of sentence `i` of the passage; "" where it has none."""
    own = hit.passage.sentences
    return hit.passage.document.cut(own[i].span) if 0 <= i < len(own) else ""


def _asks(sentence: str) -> bool:
    return sentence.rstrip("\"'”’)").endswith("?")
