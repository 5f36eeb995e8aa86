"""The order of the sentences that were read: references only when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.query import AskedQuestion
from rag.reader.rows import rank_rows
from rag.types import Reading

_REFERENCES = re.compile(
    r"(?i)[\W\d]*(?:(?:list of )?references|bibliography|works cited|literature(?: cited)?"
    r"|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|bibliographie)\W*"
)
_ASKED = re.compile(
    r"(?i)\b(?:references?|cit(?:e[sd]?|ations?|ing)|bibliograph\w+|literature|sources?|literatur|quellen?)\b"
)


def in_order(question: AskedQuestion, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, best first; ties stay in order.

    What stands under "References" is left out, unless the question asks for such or nothing else
    was read. Of rows those come first that hold what is asked for.
    """
    ranked = sorted(readings, key=lambda r: -r.score)
    if not _ASKED.search(question.text):
        ranked = [r for r in ranked if not _is_reference(r)] or ranked
    return rank_rows(question, ranked)


def _is_reference(reading: Reading) -> bool:
    return any(map(_REFERENCES.fullmatch, reading.hit.passage.headings))
