"""The passages that were read for an answer as a table: how each ranked, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.show.plain import one_line, shortened, visible, wrap

if TYPE_CHECKING:
    from rag.explanation import RankedPassage

HEAD = f"{'dense':>7}{'bm25':>7}{'fused':>7}{'log odds':>10}{'chance':>8}"
NARROWEST = 40  # columns
LONGEST = 120  # characters of a sentence


def candidates_text(candidates: Sequence[RankedPassage], *, width: int | None = None) -> str:
    """A row for each passage, the best first: its ranks, its best sentence, and its fate.

    `width` wraps to that many characters, None leaves each sentence on one line.
    """
    if not candidates:
        return "No passage was read."
    rows = [_row(candidate, width) for candidate in candidates]
    return "\n".join(["Passages read, by their best sentence", HEAD, *rows])


def _row(candidate: RankedPassage, width: int | None) -> str:
    ranks = [str(candidate.ranks.get(name, "-")) for name in ("dense", "bm25", "fused")]
    sentence = one_line(candidate.passage.document.cut(candidate.sentence))
    figures = f"{candidate.score:>10.2f}{candidate.probability:>8.2f}"
    return "\n".join(
        [
            f"{''.join(f'{rank:>7}' for rank in ranks)}{figures}  {candidate.fate}",
            f"    {visible(candidate.place)}",
            wrap(shortened(sentence, LONGEST), width, "    ", "    ", least=NARROWEST),
        ]
    )
