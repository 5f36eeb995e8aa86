"""Under an answer: sources that may differ, and how each candidate fared."""

from __future__ import annotations

from itertools import groupby

from index import Span
from rag.answers import Answer
from rag.citations import Citation
from rag.differences import Difference, differing
from rag.explanation import RankedPassage, explain
from ui.show import cite_link, escape, one_line

_HEADS = ("Passage", "Dense", "BM25", "Fused", "Score", "Chance", "What became of it")


def differences(answer: Answer) -> str:
    """Quoted sentences that may disagree, side by side and without a verdict; "" without any."""
    # what differs in a comparison is told in it, and camps are there to differ
    found = () if answer.kind.has_sides else differing(answer)
    if not found:
        return ""
    # one pair of sentences says it: the same two quotations are not shown again
    pairs = [next(own) for _, own in groupby(found, lambda d: (d.a.number, d.b.number))]
    shown = "".join(map(_pair, pairs))
    return f'<section class="differ"><h3>Sources may differ</h3>{shown}</section>'


def _pair(difference: Difference) -> str:
    a = _side(difference.a, difference.in_a)
    b = _side(difference.b, difference.in_b)
    return f'<div class="pair"><p class="why">{escape(difference.kind.value)}</p>{a}{b}</div>'


def _side(citation: Citation, sentence: Span) -> str:
    document = citation.document
    link = cite_link(citation, ", which may differ,")
    return (
        f'<div><blockquote dir="auto">{escape(one_line(document.cut(sentence)))} {link}'
        f'</blockquote><p class="about">{escape(one_line(document.title))}</p></div>'
    )


def x_ray(answer: Answer) -> str:
    """How each passage that was read ranked, and why it is quoted or not; "" when not known."""
    rows = "".join(map(_row, explain(answer)))
    if not rows:
        return ""
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    return (
        '<details class="xray"><summary>How this was found</summary>'
        '<div class="table" tabindex="0" role="region" aria-label="How this was found">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def _row(candidate: RankedPassage) -> str:
    sentence = one_line(candidate.passage.document.cut(candidate.sentence))
    ranks = [str(candidate.ranks.get(name, "–")) for name in ("dense", "bm25", "fused")]
    figures = [*ranks, f"{candidate.score:.2f}", f"{candidate.probability:.0%}", candidate.fate]
    cells = "".join(f"<td>{escape(figure)}</td>" for figure in figures)
    return (
        f'<tr><td class="passage"><bdi>{escape(sentence)}</bdi><br>'
        f'<span class="about">{escape(candidate.place)}</span></td>{cells}</tr>'
    )
